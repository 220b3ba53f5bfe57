//! Whether the battery saver holds the app back. The push itself is shown by the system; what the app does on a tap or in
//! its callbacks is not.

use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::Remedy;

pub(super) const TITLE: &str = "the phone lets the app run in the background";
pub(super) const REMEDY: Remedy = Remedy::say(
    "ask the user to allow background activity and auto-start for the app, in the phone's battery settings",
);

/// The maker keeps it to itself.
const AUTO_START: &str = "whether it may start by itself can't be read by adb";

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let (on_phone, _) = evidence.app_on_phone()?;
    let phone = &on_phone.phone;
    if phone.background_allowed == Some(false) {
        let cause = "a push is shown all the same, but the app can't renew its regId while nobody opens it";
        return Ok(Finding::warn(format!("the app may not run in the background; {AUTO_START}"), cause));
    }
    let seen = match phone.battery_exempt {
        Some(true) => "the battery saver leaves the app alone",
        Some(false) => "the battery saver treats the app as any other",
        None if phone.background_allowed.is_none() => {
            return Err(Skipped::because("the phone does not say how it saves battery with the app"));
        }
        None => "the app may run in the background",
    };
    Ok(Finding::pass(format!("{seen}; {AUTO_START}")))
}
