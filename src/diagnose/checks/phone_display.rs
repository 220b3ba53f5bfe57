//! Whether the phone showed what reached it: channel, notification switch and Do Not Disturb are the phone's alone.
//! What opush can see ends with the receipt; a click, or a trace of the IM server's, says more.

use super::{Check, Evidence};
use crate::diagnose::finding::{Finding, Skipped};

pub const CHECK: Check<Evidence> = Check {
    id: "phone-display",
    link: "phone",
    title: "the phone shows the notification",
    remedy: "on the phone: the app's notification switch, the channel, Do Not Disturb",
    page: include_str!("../../../docs/checks/phone-display.md"),
    examine,
};

fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    evidence.subject()?;
    if evidence.asked.seen {
        return Ok(Finding::pass("somebody saw the last notification on the phone"));
    }
    Ok(Finding::unknown(
        "nothing tells whether the phone shows it",
        "look at the phone: the app's notification switch, the channel and Do Not Disturb; then run this again with --seen if it was shown",
    ))
}
