//! Whether the IM server's trace saw the app's notification switch on.
//! Without a trace only the phone can tell, which belongs to `phone_display`.

use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::Remedy;

pub(super) const TITLE: &str = "notifications are on for the app";
pub(super) const REMEDY: Remedy = Remedy::say(
    "ask the user to switch notifications on for the app: on OPPO phones they are off after an install",
);

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    evidence.subject()?;
    let instances = evidence.trace.answered()?;
    let status = instances.iter().find_map(|instance| Some((instance, instance.notification_status?)));
    let Some((instance, status)) = status else {
        return Err(Skipped::because("the trace says nothing of the notification switch"));
    };
    let device = if instance.device.is_empty() { "the phone" } else { &instance.device };
    // 1 is good; what other numbers mean is unconfirmed (IM reference, section 10).
    if status == 1 {
        return Ok(Finding::pass(format!("notifications were on at {device}")));
    }
    Ok(Finding::fail(
        format!("the IM server's trace saw notifications off at {device} (NotificationStatus {status})"),
        "OPPO phones switch an app's notifications off at its installation",
    )
    .plainly(format!("notifications are switched off for the app at {device}")))
}
