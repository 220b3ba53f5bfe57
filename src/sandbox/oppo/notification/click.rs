//! What a tap opens, and the parameters it carries.
//! Whether the app has such a page is found out on the phone.

use serde_json::Value;

use super::super::fields::{Fields, kind};

const ACTIVITY_LIMIT: usize = 500;
const PARAMETERS_LIMIT: usize = 4000;

pub(super) fn check(fields: &mut Fields<'_>) {
    let action = fields.choice("click_action_type", &[0, 1, 2, 4, 5]).unwrap_or(0);
    if matches!(action, 1 | 4) {
        fields.require("click_action_activity");
    }
    fields.text("click_action_activity", Some(ACTIVITY_LIMIT));
    if matches!(action, 2 | 5) {
        fields.require("click_action_url");
    }
    fields.text("click_action_url", Some(fields.rules.click_url_limit.0 as usize));
    fields.keep("click_action_type", action);
    action_parameters(fields);
}

/// A JSON object encoded as a string. The Java client of 2018 sends the object itself.
fn action_parameters(fields: &mut Fields<'_>) {
    const NAME: &str = "action_parameters";
    let text = match fields.take(NAME) {
        None => return,
        Some(Value::String(text)) => match serde_json::from_str(&text) {
            Ok(Value::Object(_)) => text,
            _ => return fields.findings.wrong(NAME, "a string that does not hold a JSON object"),
        },
        Some(object @ Value::Object(_)) if fields.rules.action_parameters_object.accepts() => {
            fields.notes.dialect("action-parameters-object");
            object.to_string()
        }
        Some(other) => {
            return fields.findings.wrong(NAME, format!("{} where a string belongs", kind(&other)));
        }
    };
    fields.within(NAME, &text, Some(PARAMETERS_LIMIT));
    fields.keep(NAME, text);
}
