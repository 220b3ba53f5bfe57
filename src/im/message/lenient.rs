//! What senders write in OfflinePushInfo instead of the documented form: brought into that form, with a warning for each.
//! The sandbox's rules im-other-types and im-empty-values say the same of the server.

use serde_json::{Map, Value};

use super::Draft;
use super::fields::{Field, OFFLINE_PUSH, Shape};
use super::values::{kind_of, text};
use super::warning;
use crate::failure::{Warning, WarningKind};

const INFO: &str = "OfflinePushInfo";

/// A field in another form than the documented one.
enum Other {
    Converted(Value),
    NotSet,
}

/// Changes the draft's OfflinePushInfo where it is not in the documented form, and warns of each change.
pub(super) fn bring_into_form(draft: &mut Draft) {
    let Some(Value::Object(mut info)) = draft.body.get(INFO).cloned() else { return };
    let mut said = Vec::new();
    object(draft, &mut info, OFFLINE_PUSH, INFO, &mut said);
    draft.warnings.extend(said);
    draft.body.insert(INFO.to_owned(), Value::Object(info));
}

fn object(
    draft: &Draft,
    map: &mut Map<String, Value>,
    fields: &[Field],
    path: &str,
    said: &mut Vec<Warning>,
) {
    let mut say = |kind: WarningKind, path: &str, message: String| {
        said.push(kind.warning(message, draft.place(path)));
    };
    // Nothing fills in parameters without their template.
    let template = text(map, "OPPOPrivateMsgTemplateId").is_some_and(|id| !id.is_empty());
    for name in ["OPPOPrivateTitleParameters", "OPPOPrivateContentParameters"] {
        let texts = map.get(name).and_then(Value::as_object);
        if !template && texts.is_some_and(|texts| texts.values().all(Value::is_string)) {
            let message = format!("{name} is given without OPPOPrivateMsgTemplateId");
            say(warning::NOT_USED, &format!("{path}.{name}"), message);
            map.shift_remove(name);
        }
    }
    for field in fields {
        let Some(value) = map.get_mut(field.name) else { continue };
        let path = format!("{path}.{}", field.name);
        if let (Shape::Object(below), Value::Object(inner)) = (field.shape, &mut *value) {
            object(draft, inner, below, &path, said);
            continue;
        }
        // A flag says what it says.
        if draft.is_by_flag(&path) {
            continue;
        }
        let mut say = |kind: WarningKind, message: String| {
            said.push(kind.warning(message, draft.place(&path)));
        };
        match other_form(field, value) {
            None => {}
            Some(Other::Converted(documented)) => {
                say(warning::OTHER_TYPE, format!("{path} is {}", kind_of(value)));
                *value = documented;
            }
            Some(Other::NotSet) => {
                say(warning::NOT_SET, format!("{path} is {value}"));
                map.shift_remove(field.name);
            }
        }
    }
}

/// `None` for the documented form, and for what can't be meant, which the types refuse.
fn other_form(field: &Field, value: &Value) -> Option<Other> {
    match (field.shape, value) {
        (_, Value::Null) => Some(Other::NotSet),
        (Shape::OneOf(_) | Shape::Word(_) | Shape::Texts, Value::String(text)) if text.is_empty() => {
            Some(Other::NotSet)
        }
        (Shape::Text, Value::String(text)) if text.is_empty() && field.name == "Ext" => Some(Other::NotSet),
        (Shape::OneOf(allowed), _) => {
            let number = number(value, allowed == [0, 1])?;
            match number {
                0 if !allowed.contains(&0) => Some(Other::NotSet),
                _ if value.is_number() => None,
                _ => Some(Other::Converted(number.into())),
            }
        }
        (Shape::Texts, Value::String(text)) => match serde_json::from_str(text) {
            Ok(object @ Value::Object(_)) => Some(Other::Converted(object)),
            _ => None,
        },
        _ => None,
    }
}

fn number(value: &Value, is_switch: bool) -> Option<i64> {
    match value {
        Value::String(text) if is_switch && text == "true" => Some(1),
        Value::String(text) if is_switch && text == "false" => Some(0),
        Value::String(text) => text.parse().ok().filter(|_| !text.starts_with('+')),
        Value::Bool(on) if is_switch => Some(i64::from(*on)),
        other => other.as_i64(),
    }
}
