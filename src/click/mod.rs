//! Click targets: what a tap on a notification opens. Parse and validate them, say what the app must declare for them.

mod activity;
mod check;
mod finding;
mod in_app;
mod intent;
mod manifest;
mod opening;
mod parse;
mod percent;
mod rules;
mod scheme;
mod target;
mod web;

pub(crate) use activity::examine as examine_activity;
pub(crate) use check::{Checked, check, check_any, findings_in};
pub(crate) use finding::{Examined, Finding, quoted};
pub(crate) use in_app::{RULES as IN_APP_RULES, Step, judge};
pub(crate) use intent::examine as examine_intent;
pub(crate) use opening::opening;
pub(crate) use rules::{CUSTOM_CONTENT_WITH_URL, RULES, Rule, Severity, rule_table};
#[cfg(test)]
pub(crate) use rules::{NAME_LIMIT, URL_LIMIT, URL_WARN};
pub(crate) use scheme::{Link, examine as examine_scheme};
pub(crate) use target::Target;
pub(crate) use web::examine as examine_url;

#[cfg(test)]
mod tests;
