//! Whether a receipt says that the regId is no longer valid: uninstalled, unregistered, flashed, or away over 30 days.
//! A regId that OPPO refuses at once belongs to `reg_id_invalid`.

use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::Remedy;
use crate::store::receipts::Event;

pub(super) const TITLE: &str = "no receipt calls the regId invalid";
pub(super) const REMEDY: Remedy =
    Remedy::run("the app must register again on that phone and report the new regId", "snippet token");

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    evidence.fails_on(
        Event::RegIdInvalid,
        "the phone's registration at OPPO is no longer valid",
        "the app was uninstalled or unregistered, the phone was flashed, or it was offline for over 30 days",
    )
}
