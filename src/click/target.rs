//! The click target as a type, and its flag form: `open-app | url:U | activity:C | intent:A`.
//! Reading that form is in `parse`; what makes a value good, in `web`, `activity` and `intent`.

use super::parse;
use crate::failure::{Explain, Problem};
use std::fmt;

/// What a tap opens (tencent-im-push reference, section 3; OPPO reference, section 5).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Target {
    OpenApp,
    /// An absolute http or https URL, in its ASCII form.
    Url(String),
    /// A full Java class name.
    Activity(String),
    /// An intent action name.
    Intent(String),
}

impl Target {
    /// The words of the flag form and of the configuration's `action`.
    pub(crate) const ACTIONS: [&'static str; 4] = ["open-app", "url", "activity", "intent"];

    /// Reads the flag form. `package` is the app's, for expanding `.Name`. All errors at once; their place is empty.
    pub(crate) fn parse(text: &str, package: Option<&str>) -> Result<Target, Vec<Problem>> {
        parse::from_text(text, package).into_result()
    }

    /// From the two parts of the configuration's table: `action = "url"`, `url = "https://…"`.
    pub(crate) fn from_parts(
        action: &str,
        value: Option<&str>,
        package: Option<&str>,
    ) -> Result<Target, Vec<Problem>> {
        parse::from_parts(action, value, package).into_result()
    }

    /// The word before the colon in the flag form; `action` in the configuration.
    pub(crate) fn action(&self) -> &'static str {
        match self {
            Target::OpenApp => "open-app",
            Target::Url(_) => "url",
            Target::Activity(_) => "activity",
            Target::Intent(_) => "intent",
        }
    }

    /// The URL, class name or action name; none for `open-app`.
    pub(crate) fn value(&self) -> Option<&str> {
        match self {
            Target::OpenApp => None,
            Target::Url(value) | Target::Activity(value) | Target::Intent(value) => Some(value),
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.value() {
            None => f.write_str(self.action()),
            Some(value) => write!(f, "{}:{value}", self.action()),
        }
    }
}

impl parse::Parsed {
    fn into_result(self) -> Result<Target, Vec<Problem>> {
        match self.target {
            Some(target) => Ok(target),
            None => Err(self
                .findings
                .into_iter()
                .filter(|finding| finding.is_error())
                .map(Explain::explain)
                .collect()),
        }
    }
}
