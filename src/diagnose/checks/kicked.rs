//! Whether another login, or the REST API, kicked the user on this device: that ends offline push as a logout does.
//! A logout by the user is `logged_out`.

use super::{Check, Evidence};
use crate::diagnose::finding::{Finding, Skipped};
use crate::diagnose::standing;
use crate::push::Answer;

pub(crate) const CHECK: Check<Evidence> = Check {
    id: "kicked",
    link: "presence",
    title: "no other login kicked the user",
    remedy: "let the user log in again in the app; the profile's multi_device says how many devices may be logged in",
    page: include_str!("../../../docs/checks/kicked.md"),
    examine,
};

fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    standing::step(evidence, Answer::Kicked, "a kick ends offline push on that device")
}
