//! Whether the newest delivery has an answer: a lost one says nothing of what became of the push.
//! It is never repeated blindly; a repeat could notify twice.

use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::Remedy;
use crate::store::deliveries::Status;

pub(super) const TITLE: &str = "the newest delivery was answered";
pub(super) const REMEDY: Remedy =
    Remedy::run("send a test notification and follow it", "diagnose --user <USER> --probe");

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let sent = evidence.last_sent()?;
    if sent.status != Status::Unknown {
        return Ok(Finding::pass(format!("the delivery of {:.0} was answered", sent.begun_at)));
    }
    Ok(Finding::unknown(
        format!(
            "what became of the delivery of {:.0} is not known: {}",
            sent.begun_at,
            sent.reason.as_deref().unwrap_or("no answer came")
        ),
        evidence.probe(),
    ))
}
