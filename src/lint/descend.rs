//! Finds the payload in a JSON value: the value itself, or what lies inside of it, in objects and in JSON texts.

use serde_json::{Map, Value};

use super::answers;
use super::item::{Fields, Found};
use super::kind::{Layer, PayloadKind};
use super::path::{at, below, json_in};
use super::payload::Payload;
use super::{im_names, receipt, wrappers};
use crate::failure::{Kind, Problem};
use crate::notification::{Field, Form, snake_case};
use crate::oppo::RegId;

/// Deeper, nothing is looked for.
const DEEPEST: usize = 12;

/// The payload in this value; `path` is where the value lies.
pub(super) fn find(value: &Value, path: &str, depth: usize) -> Option<Payload> {
    match value {
        _ if depth > DEEPEST => None,
        Value::Object(map) => in_object(map, path, depth),
        Value::Array(items) => in_array(items, path, depth),
        Value::String(text) => in_text(text, path, depth),
        _ => None,
    }
}

fn in_text(text: &str, path: &str, depth: usize) -> Option<Payload> {
    let value = json_in(text)?;
    let mut payload = find(&value, path, depth + 1)?;
    payload.layers.insert(0, Layer::JsonText);
    Some(payload)
}

fn of(kind: PayloadKind, items: Vec<Found>) -> Option<Payload> {
    Some(Payload { kind: Some(kind), items, ..Payload::default() })
}

fn in_object(map: &Map<String, Value>, path: &str, depth: usize) -> Option<Payload> {
    if let Some((kind, found)) = wrappers::find(map, path) {
        return of(kind, vec![found]);
    }
    if receipt::is_one(map) {
        return receipt::read(&Value::Object(map.clone()), path);
    }
    if let Some((kind, meanings)) = answers::find(map, path) {
        return Some(Payload { kind: Some(kind), meanings, ..Payload::default() });
    }
    if let Some((kind, found)) = im_names::find(map, path) {
        return of(kind, vec![found]);
    }
    match Form::of(map) {
        Form::Message => return of(PayloadKind::Message, vec![message(map, path)]),
        Form::MessageBatch => {
            let list = map.get("messages").and_then(|list| match list {
                Value::Array(list) => Some(list.clone()),
                Value::String(text) => json_in(text)?.as_array().cloned(),
                _ => None,
            });
            if let Some(list) = list {
                return batch(&list, &below(path, "messages"));
            }
        }
        Form::Notification if is_surely_one(map) => {
            return of(PayloadKind::Notification, vec![notification(map, path)]);
        }
        _ => {}
    }
    let inside = map.iter().find_map(|(name, value)| find(value, &below(path, name), depth + 1));
    inside.or_else(|| match Form::of(map) {
        Form::Notification => of(PayloadKind::Notification, vec![notification(map, path)]),
        _ => None,
    })
}

/// A record of a log may have a field called category.
fn is_surely_one(map: &Map<String, Value>) -> bool {
    let has = |field: Field| map.keys().any(|key| snake_case(key) == field.name());
    has(Field::PrivateMsgTemplateId)
        || has(Field::Title) && map.len() > 1
        || [Field::Content, Field::ClickActionType, Field::ActionParameters, Field::ChannelId]
            .into_iter()
            .filter(|field| has(*field))
            .count()
            > 1
}

fn in_array(items: &[Value], path: &str, depth: usize) -> Option<Payload> {
    let objects = || items.iter().filter_map(Value::as_object);
    if objects().next().is_some_and(receipt::is_one) {
        return receipt::read(&Value::Array(items.to_vec()), path);
    }
    if objects().any(|map| matches!(Form::of(map), Form::Message | Form::Notification)) {
        return batch(items, path);
    }
    items.iter().enumerate().find_map(|(index, item)| find(item, &at(path, index), depth + 1))
}

/// Each message of a list; what is none is reported as OPPO's server would see it.
fn batch(list: &[Value], path: &str) -> Option<Payload> {
    let items = list.iter().enumerate().map(|(index, item)| {
        let path = at(path, index);
        match item {
            Value::Object(map) if map.contains_key("notification") => message(map, &path),
            Value::Object(map) => notification(map, &path),
            _ => Found {
                fields: Fields::AsGiven(Map::new()),
                problems: vec![not_an_object(item, &path)],
                path,
                ..Found::default()
            },
        }
    });
    of(PayloadKind::MessageBatch, items.collect())
}

fn not_an_object(value: &Value, path: &str) -> Problem {
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text without an object",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    };
    let kind = format!("{path} is {kind}, not an object");
    Problem::new(Kind::NotAnObject, kind, "write the notification as an object").at(path)
}

fn notification(map: &Map<String, Value>, path: &str) -> Found {
    let mut map = map.clone();
    let mut found = Found { path: path.to_owned(), ..Found::default() };
    // The target beside flat fields is no field of them.
    target(&mut map, path, &mut found);
    found.fields = Fields::AsGiven(map);
    found
}

/// A whole message: its target is judged too.
fn message(map: &Map<String, Value>, path: &str) -> Found {
    let inside = below(path, "notification");
    let mut found = Found { path: inside.clone(), ..Found::default() };
    target(&mut map.clone(), path, &mut found);
    found.fields = Fields::AsGiven(match map.get("notification") {
        Some(Value::Object(fields)) => fields.clone(),
        Some(Value::String(text)) if json_in(text).is_some_and(|value| value.is_object()) => {
            match json_in(text) {
                Some(Value::Object(fields)) => fields,
                _ => Map::new(),
            }
        }
        other => {
            found.problems.push(not_an_object(other.unwrap_or(&Value::Null), &inside));
            Map::new()
        }
    });
    found
}

fn target(map: &mut Map<String, Value>, path: &str, found: &mut Found) {
    let mut take = |names: [&str; 2]| {
        let name = names.into_iter().find(|name| map.contains_key(*name))?;
        Some((below(path, name), map.remove(name)?))
    };
    let kind = take(["target_type", "targetType"]);
    let value = take(["target_value", "targetValue"]);
    take(["verify_registration_id", "verifyRegistrationId"]);
    let number = kind.as_ref().and_then(|(_, kind)| match kind {
        Value::String(text) => text.parse().ok(),
        other => other.as_i64(),
    });
    found.to_alias = matches!(number, Some(3 | 5));
    if let (Some((place, _)), Some(3)) = (&kind, number) {
        let message = "target_type is 3";
        found.warnings.push(super::warning::ALIAS_TYPE_OLD.warning(message, place));
    }
    if let (Some(2), Some((place, Value::String(text)))) = (number, &value)
        && let Err(problem) = RegId::parse(text)
    {
        found.problems.push(problem.at(place));
    }
}
