//! Message files: the notification object with its wire names, as JSON or TOML.

use super::unknown::WHOLE_MESSAGE;
use super::{Draft, Origin, json};
use crate::failure::Kind;
use serde_json::{Map, Value};

impl Draft {
    /// Takes the fields of a JSON message file; `path` is for messages.
    pub(crate) fn read_json(&mut self, text: &str, path: &str) -> &mut Self {
        let error = match json::object(text, "the message file") {
            Ok(map) => return self.read_object(map, path),
            Err(error) => error,
        };
        let (place, hint) = match &error {
            (_, _, Some(error)) => (
                format!("{path}:{}:{}", error.line(), error.column()),
                "correct the file at that place; `python3 -m json.tool FILE` checks it too",
            ),
            _ => (
                path.to_owned(),
                "put the notification's fields in an object: {\"title\": \"…\", \"content\": \"…\"}",
            ),
        };
        self.wrong(error.0, error.1, hint, place).nothing_of_file()
    }

    /// Takes the fields of a TOML message file; `path` is for messages.
    pub(crate) fn read_toml(&mut self, text: &str, path: &str) -> &mut Self {
        match text.trim_start_matches('\u{feff}').parse::<toml::Table>() {
            Ok(table) => {
                let map = table.into_iter().map(|(key, value)| (key, as_json(value))).collect();
                self.read_object(map, path)
            }
            Err(error) => {
                let place = match error.span() {
                    Some(span) => {
                        let before = text.get(..span.start).unwrap_or_default();
                        let line = before.matches('\n').count() + 1;
                        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
                        format!("{path}:{line}:{column}")
                    }
                    None => path.to_owned(),
                };
                let message = format!("the message file is not TOML: {}", error.message());
                let hint = "correct the file at that place; text needs quotes in TOML";
                self.wrong(Kind::NotToml, message, hint, place).nothing_of_file()
            }
        }
    }

    fn read_object(&mut self, map: Map<String, Value>, path: &str) -> &mut Self {
        if let Some(key) = WHOLE_MESSAGE.iter().find(|key| map.contains_key(**key)) {
            let message =
                format!("the message file has the key {key}: it is a whole push, not a notification");
            let hint = "keep only the object under \"notification\"; the target comes from --reg-id, --alias or --user";
            return self.wrong(Kind::UnknownField, message, hint, format!("{path}: {key}")).nothing_of_file();
        }
        for (key, value) in map {
            let origin = Origin::File { path: path.to_owned(), key: key.clone() };
            self.field(&key, value, origin);
        }
        self
    }
}

/// TOML's value as JSON. A date becomes its text, so that a field that wants a number says what it got.
fn as_json(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => Value::from(number),
        // NaN and infinity have no JSON form and become null.
        toml::Value::Float(number) => Value::from(number),
        toml::Value::Boolean(value) => Value::Bool(value),
        toml::Value::Datetime(time) => Value::String(time.to_string()),
        toml::Value::Array(items) => Value::Array(items.into_iter().map(as_json).collect()),
        toml::Value::Table(table) => {
            Value::Object(table.into_iter().map(|(key, value)| (key, as_json(value))).collect())
        }
    }
}
