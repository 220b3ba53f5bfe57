//! What the tap on a notification opens, read from its wire form.

use crate::click::Target;
use serde_json::{Map, Value};

/// The click target (OPPO reference, section 5); none for the forms that opush has no word for.
pub(crate) fn click_target(notification: &Map<String, Value>) -> Option<Target> {
    let value = |field: &str| {
        let text = notification.get(field).and_then(Value::as_str).filter(|text| !text.is_empty());
        text.map(str::to_owned)
    };
    match notification.get("click_action_type").and_then(Value::as_i64).unwrap_or(0) {
        0 => Some(Target::OpenApp),
        1 => value("click_action_activity").map(Target::Intent),
        2 => value("click_action_url").map(Target::Url),
        4 => value("click_action_activity").map(Target::Activity),
        5 => value("click_action_url").map(Target::Scheme),
        _ => None,
    }
}
