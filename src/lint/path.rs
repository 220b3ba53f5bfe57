//! Paths of names in a payload, such as `messages[0].notification.title`, and values that may lie in JSON texts.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::notification::parse_json;

/// The name below this path.
pub(super) fn below(path: &str, name: &str) -> String {
    let short: Cow<'_, str> = match name.char_indices().nth(60) {
        Some((end, _)) => Cow::Owned(format!("{}…", &name[..end])),
        None => Cow::Borrowed(name),
    };
    if path.is_empty() { short.into_owned() } else { format!("{path}.{short}") }
}

pub(super) fn at(path: &str, index: usize) -> String {
    format!("{path}[{index}]")
}

/// The value, or the object or array that a text holds.
pub(super) fn unpacked(value: &Value) -> Option<Cow<'_, Value>> {
    match value {
        Value::Object(_) | Value::Array(_) => Some(Cow::Borrowed(value)),
        Value::String(text) => json_in(text).map(Cow::Owned),
        _ => None,
    }
}

/// The object or array that a text holds, be it escaped more than once.
pub(super) fn json_in(text: &str) -> Option<Value> {
    const LEVELS: usize = 4;
    let mut text = Cow::Borrowed(text.trim());
    for _ in 0..LEVELS {
        if !text.starts_with(['{', '[', '"']) {
            return None;
        }
        match parse_json(&text) {
            Ok(Value::String(inner)) => text = Cow::Owned(inner.trim().to_owned()),
            Ok(value @ (Value::Object(_) | Value::Array(_))) => return Some(value),
            Ok(_) => return None,
            Err(_) => match parse_json(&format!("\"{text}\"")) {
                Ok(Value::String(inner)) if inner != *text => text = Cow::Owned(inner),
                _ => return None,
            },
        }
    }
    None
}

/// The value of this path of names; texts on the way may hold JSON. A name may begin with a small letter instead.
pub(super) fn get(map: &Map<String, Value>, path: &str) -> Option<Value> {
    let (name, rest) = path.split_once('.').map_or((path, ""), |(name, rest)| (name, rest));
    let value = map.get(name).or_else(|| map.get(&small_first(name)))?;
    if rest.is_empty() {
        return Some(value.clone());
    }
    match unpacked(value)?.as_ref() {
        Value::Object(map) => get(map, rest),
        _ => None,
    }
}

pub(super) fn has(map: &Map<String, Value>, path: &str) -> bool {
    let (name, rest) = path.split_once('.').map_or((path, ""), |(name, rest)| (name, rest));
    let Some(value) = map.get(name).or_else(|| map.get(&small_first(name))) else { return false };
    rest.is_empty()
        || unpacked(value).is_some_and(|value| value.as_object().is_some_and(|map| has(map, rest)))
}

fn small_first(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}
