//! Click targets: what a tap on a notification opens. Parse and validate them, say what the app must declare for them.

mod activity;
mod check;
mod finding;
mod intent;
mod manifest;
mod parse;
mod percent;
mod rules;
mod scheme;
mod target;
mod web;

pub(crate) use activity::examine as examine_activity;
pub(crate) use check::{Checked, check, check_any};
pub(crate) use finding::{Examined, quoted};
pub(crate) use intent::examine as examine_intent;
pub(crate) use rules::{CUSTOM_CONTENT_WITH_URL, RULES, Severity};
#[cfg(test)]
pub(crate) use rules::{NAME_LIMIT, URL_LIMIT, URL_WARN};
pub(crate) use scheme::{Link, examine as examine_scheme};
pub(crate) use target::Target;
pub(crate) use web::examine as examine_url;

#[cfg(test)]
mod tests;
