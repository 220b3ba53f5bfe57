//! Click targets: what a tap on a notification opens. Parse and validate them, say what the app must declare for them.

mod activity;
mod check;
mod finding;
mod intent;
mod manifest;
mod parse;
mod rules;
mod target;
mod web;

pub(crate) use activity::examine as examine_activity;
pub(crate) use check::{Checked, check};
pub(crate) use finding::{Examined, quoted};
pub(crate) use intent::examine as examine_intent;
#[cfg(test)]
pub(crate) use rules::RULES;
pub(crate) use rules::{CUSTOM_CONTENT_WITH_URL, NAME_LIMIT, Severity, URL_LIMIT, URL_WARN};
pub(crate) use target::Target;
pub(crate) use web::examine as examine_url;

#[cfg(test)]
mod tests;
