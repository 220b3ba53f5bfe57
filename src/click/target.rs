//! The click target as a type, and its flag form: `open-app | url:U | activity:C | intent:A | scheme:U`.

use std::fmt;
use strum::{IntoStaticStr, VariantNames};

/// What a tap opens (tencent-im-push reference, section 3; OPPO reference, section 5).
#[derive(Clone, Debug, PartialEq, Eq, Hash, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "kebab-case")]
pub(crate) enum Target {
    OpenApp,
    /// An absolute http or https URL, in its ASCII form.
    Url(String),
    /// A full Java class name.
    Activity(String),
    /// An intent action name.
    Intent(String),
    /// A URL of the app's own scheme, or an intent URL.
    Scheme(String),
}

impl Target {
    /// The word before the colon in the flag form; `action` in the configuration.
    pub(crate) fn action(&self) -> &'static str {
        self.into()
    }

    /// The URL, class name or action name; none for `open-app`.
    pub(crate) fn value(&self) -> Option<&str> {
        match self {
            Target::OpenApp => None,
            Target::Url(value) | Target::Activity(value) | Target::Intent(value) | Target::Scheme(value) => {
                Some(value)
            }
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
