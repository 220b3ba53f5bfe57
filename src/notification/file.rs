//! Message files: the notification object with its wire names, as JSON or TOML, or inside of what is sent around it.

use super::payload::{self, Form, snake_case};
use super::{Draft, Origin, json, warning};
use crate::click::quoted;
use crate::failure::{Kind, Remedy};
use serde_json::{Map, Value};

const NOT_AN_OBJECT: &str =
    "put the notification's fields in an object: {\"title\": \"…\", \"content\": \"…\"}";

/// A file, and where in it the notification lies: "" or "notification.".
struct Place<'a> {
    path: &'a str,
    inside: &'a str,
}

impl Draft {
    /// Takes the fields of a message file of any form; `path` is for messages, and its ending says JSON or TOML.
    pub(crate) fn read_file(&mut self, text: &str, path: &str) -> &mut Self {
        let text = text.trim_start_matches('\u{feff}');
        if let Some(form) = payload::form_body(text) {
            return self.read_form(form, path);
        }
        let is_json = path.ends_with(".json") || text.trim_start().starts_with(['{', '[']);
        if is_json && !path.ends_with(".toml") {
            self.read_json(text, path)
        } else {
            self.read_toml(text, path)
        }
    }

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
            _ if error.0 == Kind::NotAnObject && text.trim_start().starts_with('[') => {
                match json::parse(text).ok().and_then(|list| list.as_array().cloned()) {
                    Some(list) if list.iter().any(Value::is_object) => return self.read_batch(list, path),
                    _ => (path.to_owned(), NOT_AN_OBJECT),
                }
            }
            _ => (path.to_owned(), NOT_AN_OBJECT),
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

    fn read_object(&mut self, mut map: Map<String, Value>, path: &str) -> &mut Self {
        let form = Form::of(&map);
        match (form, form.instead()) {
            (Form::Notification | Form::Unknown, _) => self.read_fields(map, &Place { path, inside: "" }),
            (Form::Message, _) => self.read_message(map, path),
            (Form::MessageBatch, _) => match map.remove("messages") {
                Some(Value::Array(list)) => self.read_batch(list, path),
                _ => self.other(Form::MessageBatch, path),
            },
            (_, Some(_)) => self.other(form, path),
            (_, None) => self,
        }
    }

    /// A form body: the whole message in one of its fields, or the notification's fields flat.
    fn read_form(&mut self, mut form: Map<String, Value>, path: &str) -> &mut Self {
        self.unwrapped("a form body", path);
        let mut text = |name: &str| form.remove(name).and_then(|value| value.as_str().map(str::to_owned));
        if let Some(message) = text("message").or_else(|| text("messages")) {
            return self.read_json(&message, path);
        }
        // Of the request around it: the token, and what the calls for broadcasts add.
        for name in ["auth_token", "message_id", "sdk_version"] {
            form.remove(name);
        }
        self.read_fields(form, &Place { path, inside: "" })
    }

    /// The notification of a whole message; its target is not used.
    fn read_message(&mut self, mut map: Map<String, Value>, path: &str) -> &mut Self {
        self.unwrapped(Form::Message.into(), path);
        let place = Place { path, inside: "notification." };
        match map.remove("notification") {
            Some(Value::Object(fields)) => self.read_fields(fields, &place),
            Some(Value::String(text)) => match json::object(&text, "notification") {
                Ok(fields) => self.read_fields(fields, &place),
                Err((kind, message, _)) => {
                    let hint = "write the notification as an object";
                    self.wrong(kind, message, hint, format!("{path}: notification")).nothing_of_file()
                }
            },
            other => {
                let message = format!("notification is {}", json::kind_of(&other.unwrap_or_default()));
                let hint = "write the notification as an object";
                self.wrong(Kind::NotAnObject, message, hint, format!("{path}: notification"))
                    .nothing_of_file()
            }
        }
    }

    /// A batch of one is that one.
    fn read_batch(&mut self, mut list: Vec<Value>, path: &str) -> &mut Self {
        match (list.pop(), list.is_empty()) {
            (Some(Value::Object(map)), true) => self.read_object(map, path),
            _ => self.other(Form::MessageBatch, path),
        }
    }

    /// A file for another call.
    fn other(&mut self, form: Form, path: &str) -> &mut Self {
        let message = format!("the message file is {}, not a notification", <&str>::from(form));
        let hint =
            form.instead().map_or_else(|| Remedy::say("give a notification"), |hint| hint.with("FILE", path));
        self.wrong(Kind::UnknownField, message, hint, path).nothing_of_file()
    }

    fn unwrapped(&mut self, what: &str, path: &str) {
        self.warnings.push(warning::UNWRAPPED.warning(format!("the message file is {what}"), path));
    }

    /// Takes a notification's fields out of something larger; `inside` is where in it they lie, such as `notification.`.
    pub(crate) fn read_part(&mut self, map: Map<String, Value>, path: &str, inside: &str) -> &mut Self {
        self.read_fields(map, &Place { path, inside })
    }

    /// The notification's fields, in snake_case or camelCase.
    fn read_fields(&mut self, map: Map<String, Value>, place: &Place<'_>) -> &mut Self {
        let mut camel = Vec::new();
        for (key, value) in &map {
            let origin = Origin::File { path: place.path.to_owned(), key: format!("{}{key}", place.inside) };
            let snake = snake_case(key);
            let is_camel = *key != snake && super::Field::named(key).is_none();
            match super::Field::named(&snake).filter(|_| is_camel && !key.contains('-')) {
                Some(field) if map.contains_key(&snake) => {
                    let message = format!("{} is given twice, also as {}", field.name(), quoted(key));
                    self.wrong(Kind::DuplicateField, message, "keep one of the two", &origin);
                }
                Some(field) => {
                    camel.push(key.as_str());
                    self.put(field, value.clone(), origin);
                }
                None => drop(self.field(key, value.clone(), origin)),
            }
        }
        if !camel.is_empty() {
            let message =
                format!("{} {} in camelCase", camel.join(", "), if camel.len() == 1 { "is" } else { "are" });
            self.warnings.push(warning::CAMEL_CASE.warning(message, place.path));
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
