//! Whether OPPO lists the regId as invalid.
//! A receipt that says so belongs to `reg_id_gone`.

use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::Remedy;
use crate::store::receipts::Event;

pub(super) const TITLE: &str = "the regId is not on OPPO's list of invalid ones";
pub(super) const REMEDY: Remedy =
    Remedy::run("the app must register again on that phone and report the new regId", "snippet token");

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let reg_id = evidence.reg_id()?;
    if *evidence.on_invalid_list.answered()? {
        // How long an entry stays is not documented: a push that has just arrived speaks against it.
        if let Ok((Some(Event::Arrived), receipt)) = evidence.last_event()
            && evidence.now.duration_since(receipt.received_at).as_hours() < 1
        {
            return Ok(Finding::warn(
                format!(
                    "regId {reg_id} is on OPPO's list of invalid ones, though a push reached it at {:.0}",
                    receipt.received_at
                ),
                "the list may be older than the push, or the app went away after it",
            )
            .remedy("look again in an hour; a push that does not arrive then proves the list right"));
        }
        return Ok(Finding::fail(
            format!("regId {reg_id} is on OPPO's list of invalid ones"),
            "the app was uninstalled or unregistered, or the phone was flashed",
        )
        .plainly("the phone's registration at OPPO is no longer valid"));
    }
    Ok(Finding::pass(format!("regId {reg_id} is not on OPPO's list of invalid ones")))
}
