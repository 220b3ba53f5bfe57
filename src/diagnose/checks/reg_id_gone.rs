//! Whether a receipt says that the regId is no longer valid: uninstalled, unregistered, flashed, or away over 30 days.
//! A regId that OPPO refuses at once belongs to `reg_id_invalid`.

use crate::diagnose::{Check, CheckStatus, Evidence, Finding, Link, Skipped};
use crate::failure::Remedy;
use crate::store::receipts::Event;

pub(crate) const CHECK: Check<Evidence> = Check {
    id: "reg-id-gone",
    link: Link::Receipts,
    title: "no receipt calls the regId invalid",
    remedy: Remedy::run(
        "the app must register again on that phone and report the new regId; drop the old report",
        "token remove --user <USER>",
    ),
    page: include_str!("../../../docs/checks/reg-id-gone.md"),
    examine,
};

fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
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
        Ok(user) => CHECK.remedy.with("USER", user),
        Err(_) => CHECK.remedy,
    }
}
