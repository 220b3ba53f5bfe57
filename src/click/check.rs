//! `click check` for one target: is it usable, everything found about it, and what the app's manifest needs for it.

use super::finding::{Examined, Finding, quoted};
use super::in_app::{APP_OTHER_PACKAGE, judge};
use super::{Target, manifest, parse, rules};
use crate::app::AppFile;

/// The outcome of checking one target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Checked {
    /// No error was found.
    pub(crate) valid: bool,
    /// The target as it would be used: a URL in ASCII, an Activity expanded.
    pub(crate) target: Option<Target>,
    /// The app's package it was checked for.
    pub(crate) package: Option<String>,
    /// Errors, warnings and notes, in the order they were found.
    pub(crate) problems: Vec<Finding>,
    /// A URL's form that is sent.
    pub(crate) ascii: Option<String>,
    /// A URL's form for reading.
    pub(crate) unicode: Option<String>,
    /// XML that the app's manifest needs: a filter for an intent action, the element for an Activity.
    pub(crate) needed_filter: Option<String>,
    /// What it opens in the app that it was judged against.
    pub(crate) opens: Option<String>,
}

impl Checked {
    /// Judges a usable target against the app as well.
    pub(crate) fn in_app(mut self, app: &AppFile) -> Checked {
        self.problems.extend(other_package(app, self.package.as_deref()));
        let Some(target) = &self.target else { return self };
        let judged = judge(app, target);
        self.problems.extend(judged.findings().cloned());
        self.valid = !self.problems.iter().any(Finding::is_error);
        // What is missing has its own XML; the rest is there.
        self.needed_filter = None;
        self.opens = judged.opens;
        self
    }
}

/// What is wrong with a target in the app, or worth knowing. `package` is the profile's.
pub(crate) fn findings_in(app: &AppFile, package: Option<&str>, target: &Target) -> Vec<Finding> {
    let judged = judge(app, target);
    other_package(app, package).into_iter().chain(judged.findings().cloned()).collect()
}

fn other_package(app: &AppFile, package: Option<&str>) -> Option<Finding> {
    let (own, package) = (app.package.as_deref()?, package?);
    let evidence = format!("the profile's package is {package}, and {} is {own}", app.file);
    (own != package).then(|| Finding::new(&APP_OTHER_PACKAGE, evidence))
}

/// Checks a target in its flag form. `with_custom_content` says that extras shall reach the opened page.
pub(crate) fn check(text: &str, package: Option<&str>, with_custom_content: bool) -> Checked {
    checked(parse::from_text(text, package), package, with_custom_content)
}

/// Checks a target that need not say of which kind it is.
pub(crate) fn check_any(text: &str, package: Option<&str>) -> Checked {
    checked(parse::from_any(text, package), package, false)
}

fn checked(parsed: Examined<Target>, package: Option<&str>, with_custom_content: bool) -> Checked {
    let mut problems = parsed.findings;
    if let (Some(Target::Url(url)), true) = (&parsed.value, with_custom_content) {
        let evidence = format!("the tap opens {}, and the push has custom content", quoted(url));
        problems.push(Finding::new(&rules::CUSTOM_CONTENT_WITH_URL, evidence));
    }
    let ascii = match &parsed.value {
        Some(Target::Url(url)) => Some(url.clone()),
        _ => None,
    };
    Checked {
        valid: parsed.value.is_some(),
        needed_filter: parsed.value.as_ref().and_then(manifest::needed),
        target: parsed.value,
        package: package.map(str::to_owned),
        problems,
        ascii,
        unicode: parsed.unicode,
        opens: None,
    }
}
