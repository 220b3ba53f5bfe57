//! Whether the app was away for seven days: the IM server then counts the user as logged out.
//! A logout or a kick before that is a check of its own.

use super::{Check, Evidence};
use crate::diagnose::finding::{Finding, Skipped};
use crate::diagnose::standing;
use crate::push::Answer;

pub(crate) const CHECK: Check<Evidence> = Check {
    id: "expired-7-days",
    link: "presence",
    title: "the app was connected in the last seven days",
    remedy: "let the user open the app once",
    page: include_str!("../../../docs/checks/expired-7-days.md"),
    examine,
};

fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    standing::step(
        evidence,
        Answer::Expired,
        "seven days without a connection end the login, and offline push with it",
    )
}
