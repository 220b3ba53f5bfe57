//! The wire form of a draft that passed every rule: snake_case keys in the order of the table.

use super::Draft;
use super::fields::{Field, Type};
use serde_json::{Map, Value};

/// The click action as OPPO numbers it, with the field that says what it opens and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Click {
    pub(super) number: i64,
    pub(super) companion: Option<(Field, String)>,
}

pub(super) fn build(draft: &Draft, click: Option<&Click>) -> Map<String, Value> {
    let mut wire = Map::new();
    let templated = draft.values.contains_key(&Field::PrivateMsgTemplateId);
    let fields: Vec<Field> =
        if draft.broadcast { Field::broadcast().collect() } else { Field::unicast().collect() };
    for field in fields {
        let value = match field {
            Field::ClickActionType => click.map(|click| Value::from(click.number)),
            Field::ClickActionActivity | Field::ClickActionUrl => click
                .and_then(|click| click.companion.as_ref())
                .filter(|(companion, _)| *companion == field)
                .map(|(_, value)| Value::from(value.as_str())),
            Field::ActionParameters => draft.action_parameters().map(Value::from),
            _ if templated && field.row().required => None,
            Field::PushStartTime if !draft.is_scheduled() => None,
            Field::FixSpeedRate if draft.is(Field::FixSpeed, true).is_none() => None,
            Field::BigPictureId if !draft.is_big_picture() => None,
            Field::ShowStartTime | Field::ShowEndTime if !draft.has_window() => None,
            _ => draft.values.get(&field).and_then(|given| on_wire(field, &given.value)),
        };
        wire.extend(value.map(|value| (field.name().to_owned(), value)));
    }
    wire.extend(draft.set_fields.iter().map(|(key, value)| (key.clone(), value.clone())));
    wire
}

/// Template parameters are disputed (section 5): one client sends text that holds JSON, another an object. opush sends
/// text, the form of the client that follows OPPO's document. It leaves an empty object out, because that fails for a
/// template without placeholders.
fn on_wire(field: Field, value: &Value) -> Option<Value> {
    match (field.row().kind, value) {
        (Type::Parameters, Value::Object(map)) if map.is_empty() => None,
        (Type::Parameters, value) => Some(Value::from(value.to_string())),
        (_, value) => Some(value.clone()),
    }
}
