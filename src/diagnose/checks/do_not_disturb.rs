//! Whether Do Not Disturb keeps the notification quiet. It is not lost by that, only easily missed.

use crate::device::DoNotDisturb;
use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::Remedy;

pub(super) const TITLE: &str = "Do Not Disturb is off";
pub(super) const REMEDY: Remedy = Remedy::say("switch Do Not Disturb off on the phone for the test");

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let state = evidence.on_phone()?.phone.do_not_disturb;
    let state =
        state.ok_or_else(|| Skipped::because("the phone does not say whether Do Not Disturb is on"))?;
    let lets_through = match state {
        DoNotDisturb::Off => return Ok(Finding::pass("Do Not Disturb is off")),
        DoNotDisturb::PriorityOnly => "only what the user calls important disturbs",
        DoNotDisturb::TotalSilence => "nothing disturbs",
        DoNotDisturb::AlarmsOnly => "only alarms disturb",
    };
    let cause = "a notification then makes no sound and no banner, and may be hidden from the shade";
    Ok(Finding::warn(format!("Do Not Disturb is on: {lets_through}"), cause))
}
