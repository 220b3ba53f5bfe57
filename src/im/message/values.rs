//! Reads and names JSON values; finds a key that is twice in an object, which a JSON reader would ignore.

use std::collections::BTreeSet;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value};

/// The array under a key, empty if there is none.
pub(super) fn array<'a>(map: &'a Map<String, Value>, key: &str) -> &'a [Value] {
    map.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

pub(super) fn text<'a>(map: &'a Map<String, Value>, key: &str) -> Option<&'a str> {
    map.get(key).and_then(Value::as_str)
}

pub(super) fn int(map: &Map<String, Value>, key: &str) -> Option<i64> {
    map.get(key).and_then(Value::as_i64)
}

/// "a string", "an object" ..., for messages.
pub(super) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// The first key that is there twice, if `text` is an object.
pub(super) fn key_twice_in(text: &str) -> Option<String> {
    serde_json::from_str::<Twice>(text).ok()?.0
}

struct Twice(Option<String>);

impl<'de> Deserialize<'de> for Twice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Keys)
    }
}

struct Keys;

impl<'de> Visitor<'de> for Keys {
    type Value = Twice;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Twice, A::Error> {
        let (mut seen, mut twice) = (BTreeSet::new(), None);
        while let Some((key, IgnoredAny)) = entries.next_entry::<String, IgnoredAny>()? {
            if !seen.insert(key.clone()) {
                twice.get_or_insert(key);
            }
        }
        Ok(Twice(twice))
    }
}

#[cfg(test)]
mod tests {
    use super::key_twice_in as key_in;

    #[test]
    fn only_keys_of_the_same_object_are_twice() {
        assert_eq!(key_in(r#"{"a":1,"b":{"a":2},"a":3,"b":4}"#).as_deref(), Some("a"));
        assert_eq!(key_in(r#"{"a":1,"\u0061":2}"#).as_deref(), Some("a"));
        for text in [r#"{"a":{"b":1},"b":{"a":1}}"#, "{}", "[]", "\"a\"", "not JSON", ""] {
            assert_eq!(key_in(text), None, "{text}");
        }
    }
}
