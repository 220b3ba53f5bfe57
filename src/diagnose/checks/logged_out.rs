//! Whether the user logged out on the device: the IM server then pushes nothing.
//! Being kicked, or away for seven days, are checks of their own.

use super::{Check, Evidence};
use crate::diagnose::finding::{Finding, Skipped};
use crate::diagnose::standing;
use crate::push::Answer;

pub(crate) const CHECK: Check<Evidence> = Check {
    id: "logged-out",
    link: "presence",
    title: "the user did not log out",
    remedy: "let the user log in again in the app",
    page: include_str!("../../../docs/checks/logged-out.md"),
    examine,
};

fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    standing::step(evidence, Answer::LoggedOut, "a logout ends offline push")
}
