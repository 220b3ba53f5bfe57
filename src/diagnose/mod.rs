//! Which link of the chain is broken: evidence gathered once, one pure check for each way to break, the first broken link named.

mod app_state;
pub(crate) mod bundle;
mod chain;
mod check;
pub mod checks;
pub(crate) mod evidence;
mod finding;
pub(crate) mod gather;
pub(crate) mod im_message;
mod inquiry;
pub mod machine;
pub(crate) mod sent;

pub(crate) use chain::{CheckResult, Diagnosis, Verdict, examine};
pub(crate) use check::{Check, Link, check};
pub(crate) use evidence::Evidence;
pub(crate) use finding::{CheckStatus, Finding, Skipped};
pub(crate) use inquiry::Inquiry;
