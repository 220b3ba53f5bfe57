//! Types of single fields, walked through by the table of fields: unknown names, wrong types, values out of range.
//! Rules between fields are in `check` and `push_rules`.

use serde_json::{Map, Value};
use url::Url;

use super::{Draft, Field, Shape};
use crate::config::{rules, suggest};
use crate::failure::{Kind, Problem};

/// Everything wrong with the types below `path`.
pub(super) fn walk(
    draft: &Draft,
    object: &Map<String, Value>,
    fields: &[Field],
    path: &str,
    problems: &mut Vec<Problem>,
) {
    for (name, value) in object {
        let full = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        let place = draft.place(&full);
        match fields.iter().find(|field| field.name == name) {
            Some(field) => one(draft, &full, value, field.shape, &place, problems),
            None => {
                let hint = suggest::hint(name, fields.iter().map(|field| field.name));
                let message = format!("there is no field {:?}", super::super::envelope::clean(&full));
                problems.push(Problem::new(Kind::UnknownField, message, hint).at(place));
            }
        }
    }
}

fn one(draft: &Draft, path: &str, value: &Value, shape: Shape, place: &str, problems: &mut Vec<Problem>) {
    let mut say = |kind, message: String, hint: String| {
        problems.push(Problem::new(kind, message, hint).at(place));
    };
    let mut mistyped = |wanted: &str| {
        let hint = match (shape, value) {
            (Shape::Text, Value::Object(_) | Value::Array(_)) => {
                "write it as JSON text inside of a string, with its quotes escaped".to_owned()
            }
            (Shape::Text | Shape::User | Shape::Https | Shape::Word(_), _) => "put it in quotes".to_owned(),
            (_, Value::String(_)) => "write it without quotes".to_owned(),
            _ => "correct its type".to_owned(),
        };
        say(Kind::WrongFieldType, format!("{path} must be {wanted}, not {}", kind_of(value)), hint);
    };
    match (shape, value) {
        (Shape::Text, Value::String(_)) => {}
        (Shape::Text, _) => mistyped("a string"),
        (Shape::User, Value::String(user)) => {
            if let Err(flaw) = rules::user_id(user) {
                problems.push(Problem { message: format!("{path} {}", flaw.message), ..flaw.of_flag(place) });
            }
        }
        (Shape::User, _) => mistyped("a string"),
        (Shape::Int { min, max }, Value::Number(number)) => {
            if !number.as_i64().is_some_and(|number| (min..=max).contains(&number)) {
                let message = format!("{path} is {number}; it is a whole number from {min} to {max}");
                say(Kind::OutOfRange, message, format!("use {min} to {max}"));
            }
        }
        (Shape::Int { .. } | Shape::OneOf(_), Value::String(_) | Value::Bool(_) | Value::Null) => {
            mistyped("a number")
        }
        (Shape::Int { .. }, _) => mistyped("a number"),
        (Shape::OneOf(allowed), Value::Number(number)) => {
            if !number.as_i64().is_some_and(|number| allowed.contains(&number)) {
                let choices = allowed.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
                say(
                    Kind::OutOfRange,
                    format!("{path} is {number}; it is one of {choices}"),
                    format!("use {choices}"),
                );
            }
        }
        (Shape::OneOf(_), _) => mistyped("a number"),
        (Shape::Word(allowed), Value::String(word)) => {
            if !allowed.contains(&word.as_str()) {
                let hint = suggest::hint(word, allowed.iter().copied());
                say(Kind::OutOfRange, format!("{path} has no value {word:?}"), hint);
            }
        }
        (Shape::Word(_), _) => mistyped("a string"),
        (Shape::Words(allowed), Value::Array(words)) => {
            for word in words {
                if !word.as_str().is_some_and(|word| allowed.contains(&word)) {
                    let hint = format!("use some of {}", suggest::list(allowed.iter().copied()));
                    say(Kind::OutOfRange, format!("{path} has no value {word}"), hint);
                }
            }
        }
        (Shape::Words(_), _) => mistyped("a list of words"),
        (Shape::Texts, Value::Object(texts)) => {
            for (key, text) in texts.iter().filter(|(_, text)| !text.is_string()) {
                let message = format!("{path}.{key} must be a string, not {}", kind_of(text));
                say(Kind::WrongFieldType, message, "put it in quotes".to_owned());
            }
        }
        (Shape::Texts, _) => mistyped("an object of strings"),
        (Shape::Https, Value::String(text)) => {
            let fits = Url::parse(text).is_ok_and(|url| url.scheme() == "https" && url.has_host());
            if !fits && !text.is_empty() {
                say(Kind::BadUrl, format!("{path} is not an https address"), "use https://".to_owned());
            }
        }
        (Shape::Https, _) => mistyped("a string"),
        (Shape::Object(fields), Value::Object(object)) => walk(draft, object, fields, path, problems),
        (Shape::Object(_), _) => mistyped("an object"),
        (Shape::Elements, Value::Array(elements)) => super::check::elements(elements, path, place, problems),
        (Shape::Elements, _) => mistyped("an array of elements"),
    }
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
