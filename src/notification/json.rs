//! JSON as people write it, read strictly: a key given twice and a number too large to carry are errors, not surprises.

use crate::failure::Kind;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;

/// Reads one JSON value.
pub(crate) fn parse(text: &str) -> Result<Value, serde_json::Error> {
    serde_json::from_str::<Strict>(text).map(|strict| strict.0)
}

/// Whether a text that should hold an object holds one that was escaped once more: `{\\"a\\":1}`, or the object as a JSON text.
pub(crate) fn is_escaped_twice(text: &str) -> bool {
    let text = text.trim();
    let inner = match serde_json::from_str(text) {
        Ok(Value::String(inner)) => Some(inner),
        Ok(_) => None,
        Err(_) => serde_json::from_str(&format!("\"{text}\"")).ok(),
    };
    inner.is_some_and(|inner| inner != text && matches!(parse(&inner), Ok(Value::Object(_))))
}

/// Reads one JSON object; else the kind of failure, and what is wrong with `what`, such as "the message file".
pub(super) fn object(
    text: &str,
    what: &str,
) -> Result<Map<String, Value>, (Kind, String, Option<serde_json::Error>)> {
    match parse(text.trim_start_matches('\u{feff}')) {
        Ok(Value::Object(map)) => Ok(map),
        Ok(other) => {
            Err((Kind::NotAnObject, format!("{what} holds {}, not an object", kind_of(&other)), None))
        }
        Err(error) => {
            if is_escaped_twice(text) {
                let message = format!("{what} is escaped twice: it holds backslashes before its quotes");
                return Err((Kind::NotJson, message, None));
            }
            let twice = error.to_string().contains(TWICE);
            let kind = if twice { Kind::DuplicateField } else { Kind::NotJson };
            Err((kind, format!("{what} is not usable JSON: {error}"), Some(error)))
        }
    }
}

/// What a value is, for messages: "text of 5 characters", "the number 7".
pub(super) fn kind_of(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => format!("the boolean {value}"),
        Value::Number(number) => format!("the number {number}"),
        Value::String(text) => format!("text of {} characters", text.chars().count()),
        Value::Array(items) => format!("an array of {}", items.len()),
        Value::Object(map) => format!("an object of {} keys", map.len()),
    }
}

/// A key given twice, as the error of [`parse`] says it.
const TWICE: &str = "is given twice";

struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StrictVisitor).map(Strict)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        // A whole number beyond 64 bits arrives here already rounded: sending it would change it silently.
        const CARRIED: f64 = 9_007_199_254_740_992.0;
        if value.fract() == 0.0 && value.abs() >= CARRIED {
            return Err(E::custom("a number is too large to be carried exactly; write it in quotes"));
        }
        Ok(Value::from(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Strict(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            if map.contains_key(&key) {
                return Err(A::Error::custom(format!("the key {} {TWICE}", crate::click::quoted(&key))));
            }
            let Strict(value) = entries.next_value()?;
            map.insert(key, value);
        }
        Ok(Value::Object(map))
    }
}
