//! What single commands of the phone say: properties, Do Not Disturb, the battery's exceptions, an app's permitted operations.

use schemars::JsonSchema;
use serde::Serialize;
use strum::IntoStaticStr;

/// The value of a property, from `getprop`: `[ro.product.brand]: [OPPO]`.
pub(super) fn property(text: &str, name: &str) -> Option<String> {
    let begins = format!("[{name}]: [");
    let value = text.lines().find_map(|line| line.strip_prefix(&begins)?.strip_suffix(']'))?;
    Some(value.to_owned()).filter(|value| !value.is_empty())
}

/// The name and version of the maker's system: realme calls its own realme UI, OnePlus OxygenOS, OPPO ColorOS.
pub(super) fn rom(properties: &str) -> Option<String> {
    let first = |names: &[&str]| names.iter().find_map(|name| property(properties, name));
    if let Some(version) = first(&["ro.build.version.realmeui"]) {
        return Some(format!("realme UI {}", version.trim_start_matches(['V', 'v'])));
    }
    let version = first(&["ro.build.version.oplusrom", "ro.build.version.opporom"]);
    let oxygen = first(&["ro.oxygen.version"]);
    match (version, oxygen) {
        (Some(version), _) => Some(format!("ColorOS {}", version.trim_start_matches(['V', 'v']))),
        (None, oxygen) => oxygen.map(|version| format!("OxygenOS {version}")),
    }
}

/// Whether Do Not Disturb is on, and what it lets through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema, IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub(crate) enum DoNotDisturb {
    /// Each channel disturbs as it is set.
    Off,
    /// Only what the user calls important disturbs.
    PriorityOnly,
    /// Nothing disturbs.
    TotalSilence,
    /// Only alarms disturb.
    AlarmsOnly,
}

/// `settings get global zen_mode`.
pub(super) fn do_not_disturb(text: &str) -> Option<DoNotDisturb> {
    match text.trim() {
        "0" => Some(DoNotDisturb::Off),
        "1" => Some(DoNotDisturb::PriorityOnly),
        "2" => Some(DoNotDisturb::TotalSilence),
        "3" => Some(DoNotDisturb::AlarmsOnly),
        _ => None,
    }
}

/// Whether the battery saver leaves the app alone: `dumpsys deviceidle whitelist`, with lines such as `user,com.example,10123`.
pub(super) fn is_exempt(text: &str, package: &str) -> bool {
    text.lines().any(|line| line.trim().split(',').nth(1) == Some(package))
}

/// Whether an operation is allowed, from `cmd appops get PACKAGE OPERATION`; `None` where nobody decided it.
pub(super) fn operation(text: &str, name: &str) -> Option<bool> {
    let begins = format!("{name}: ");
    let mode = text.lines().find_map(|line| {
        // Newer phones say for whom: `Uid mode: POST_NOTIFICATION: ignore`.
        line.trim().trim_start_matches("Uid mode: ").strip_prefix(&begins)
    })?;
    match mode.split([';', ' ']).next()? {
        "allow" | "foreground" => Some(true),
        "ignore" | "deny" => Some(false),
        _ => None,
    }
}
