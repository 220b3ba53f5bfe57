//! What a tap opens, and the parameters it carries.
//! Whether the app has such a page is found out on the phone.

use serde_json::Value;

use super::super::fields::{Fields, kind};
use super::form;

const ACTIVITY_LIMIT: usize = 500;
const PARAMETERS_LIMIT: usize = 4000;

pub(super) fn check(fields: &mut Fields<'_>) {
    let action = fields.choice("click_action_type", &[0, 1, 2, 4, 5]).unwrap_or(0);
    let (by_name, by_url) = (matches!(action, 1 | 4), matches!(action, 2 | 5));
    if by_name {
        fields.require("click_action_activity");
    }
    if by_url {
        fields.require("click_action_url");
    }
    // One that the action does not use is not looked into.
    let name = fields.text("click_action_activity", by_name.then_some(ACTIVITY_LIMIT)).unwrap_or_default();
    let limit = fields.rules.click_url_limit.0 as usize;
    let url = fields.text("click_action_url", by_url.then_some(limit)).unwrap_or_default();
    match action {
        1 => form::action(fields, &name),
        2 => form::web(fields, "click_action_url", &url),
        4 => form::class(fields, &name),
        5 => form::scheme_url(fields, &url),
        _ => {}
    }
    fields.keep("click_action_type", action);
    action_parameters(fields);
}

/// A JSON object encoded as a string. The Java client of 2018 sends the object itself.
fn action_parameters(fields: &mut Fields<'_>) {
    const NAME: &str = "action_parameters";
    let value = fields.take(NAME);
    let none = match &value {
        None => return,
        Some(Value::String(text)) => matches!(text.trim(), "[]" | "null"),
        Some(other) => other.as_array().is_some_and(Vec::is_empty),
    };
    if none && fields.rules.empty_action_parameters.accepts() {
        return fields.notes.dialect("empty-action-parameters");
    }
    let text = match value {
        Some(Value::String(text)) => match form::object(&text, fields.rules) {
            Some(object) => {
                form::extras(fields, &object);
                text
            }
            None => return fields.findings.wrong(NAME, "a string that does not hold a JSON object"),
        },
        Some(Value::Object(object)) if fields.rules.action_parameters_object.accepts() => {
            fields.notes.dialect("action-parameters-object");
            form::extras(fields, &object);
            Value::Object(object).to_string()
        }
        other => {
            let kind = kind(&other.unwrap_or_default());
            return fields.findings.wrong(NAME, format!("{kind} where a string belongs"));
        }
    };
    fields.within(NAME, &text, Some(PARAMETERS_LIMIT));
    fields.keep(NAME, text);
}
