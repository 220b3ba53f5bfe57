//! Whether the app's notification switch is on: as a phone on a cable shows it, else as the IM server's trace saw it.
//! Without either only the phone can tell, which belongs to `phone_display`.

use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::Remedy;

pub(super) const TITLE: &str = "notifications are on for the app";
pub(super) const REMEDY: Remedy = Remedy::say(
    "ask the user to switch notifications on for the app: on OPPO phones they are off after an install",
);

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    if let Ok((on_phone, _)) = evidence.app_on_phone()
        && let Some(on) = on_phone.phone.notifications_on
    {
        return Ok(of_phone(on));
    }
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

fn of_phone(on: bool) -> Finding {
    if on {
        return Finding::pass("notifications are on for the app on the phone");
    }
    let cause = "OPPO phones switch an app's notifications off at its installation, and Android 13 asks the user first";
    let found = Finding::fail("notifications are off for the app on the phone", cause);
    found.plainly("notifications are switched off for the app")
}
