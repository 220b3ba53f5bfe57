//! Click targets: what a tap on a notification opens. Parse and validate them, say what the app must declare for them.
//! Their wire form belongs to `notification`; where certificates keep them, to `config`.

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
pub(crate) use finding::{Examined, Severity, quoted};
pub(crate) use intent::examine as examine_intent;
pub(crate) use rules::RULES;
pub(crate) use target::Target;
pub(crate) use web::examine as examine_url;

/// Characters an Activity or intent action may have (OPPO reference, section 5).
pub(crate) const NAME_LIMIT: usize = 500;
/// Characters a URL may have in its ASCII form (OPPO reference, section 5).
pub(crate) const URL_LIMIT: usize = 2000;
/// The older limit of a URL: beyond it the client warns.
pub(crate) const URL_WARN: usize = 500;

#[cfg(test)]
mod tests;
