//! Whether a receipt says that the regId is no longer valid: uninstalled, unregistered, flashed, or away over 30 days.
//! A regId that OPPO refuses at once belongs to `reg_id_invalid`.

use crate::diagnose::{CheckStatus, Evidence, Finding, Skipped};
use crate::failure::Remedy;
use crate::store::receipts::Event;

pub(super) const TITLE: &str = "no receipt calls the regId invalid";
pub(super) const REMEDY: Remedy = Remedy::run(
    "the app must register again on that phone and report the new regId; drop the old report",
    "token remove --user <USER>",
);

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let finding = evidence.fails_on(
        Event::RegIdInvalid,
        "the app was uninstalled or unregistered, the phone was flashed, or it was offline for over 30 days",
    )?;
    Ok(match finding.status {
        CheckStatus::Fail => finding.remedy(again(evidence)),
        _ => finding,
    })
}

/// The remedy for a regId that is no more, with the user where one is known.
pub(crate) fn again(evidence: &Evidence) -> Remedy {
    match evidence.user() {
        Ok(user) => REMEDY.with("USER", user),
        Err(_) => REMEDY,
    }
}
