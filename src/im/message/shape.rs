//! Types of single fields, walked through by the table of fields: unknown names, wrong types, values out of range.
//! Rules between fields are in `check` and `push_rules`.

use serde_json::{Map, Value};
use url::Url;

use super::Draft;
use super::fields::{Field, Shape};
use super::names;
use super::values::kind_of;
use crate::config::{rules, suggest};
use crate::failure::{Kind, Problem};

/// Everything wrong with the types below `path`.
pub(super) fn check_fields(
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
                let hint = match names::meant(name) {
                    Some(meant) => format!("did you mean {meant:?}?"),
                    None => suggest::hint(name, fields.iter().map(|field| field.name)),
                };
                let message = format!("there is no field {:?}", super::super::envelope::cut(&full));
                problems.push(Problem::new(Kind::UnknownField, message, hint).at(place));
            }
        }
    }
}

fn one(draft: &Draft, path: &str, value: &Value, shape: Shape, place: &str, problems: &mut Vec<Problem>) {
    let mut say = |kind, message: String, hint: String| {
        problems.push(Problem::new(kind, message, hint).at(place));
    };
    let (wanted, fits) = wanted(shape, value);
    if !fits {
        let message = format!("{path} must be {wanted}, not {}", kind_of(value));
        return say(Kind::WrongFieldType, message, correct_type(shape, value).to_owned());
    }
    let text = value.as_str().unwrap_or_default();
    let is_one_of = |numbers: &[i64]| value.as_i64().is_some_and(|number| numbers.contains(&number));
    let items = || value.as_array().into_iter().flatten();
    match shape {
        Shape::User => {
            if let Err(flaw) = rules::user_id(text) {
                problems.push(Problem { message: format!("{path} {}", flaw.message), ..flaw.of_flag(place) });
            }
        }
        Shape::Int { min, max } if !value.as_i64().is_some_and(|number| (min..=max).contains(&number)) => {
            let message = format!("{path} is {value}; it is a whole number from {min} to {max}");
            say(Kind::OutOfRange, message, format!("use {min} to {max}"));
        }
        Shape::OneOf(allowed) if !is_one_of(allowed) => {
            let choices = allowed.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            let message = format!("{path} is {value}; it is one of {choices}");
            say(Kind::OutOfRange, message, format!("use {choices}"));
        }
        Shape::Word(allowed) if !allowed.contains(&text) => {
            let hint = suggest::hint(text, allowed.iter().copied());
            say(Kind::OutOfRange, format!("{path} has no value {text:?}"), hint);
        }
        Shape::Words(allowed) => {
            for word in items().filter(|word| !word.as_str().is_some_and(|word| allowed.contains(&word))) {
                let hint = format!("use some of {}", suggest::list(allowed.iter().copied()));
                say(Kind::OutOfRange, format!("{path} has no value {word}"), hint);
            }
        }
        Shape::Texts => {
            let texts = value.as_object().into_iter().flatten();
            for (key, text) in texts.filter(|(_, text)| !text.is_string()) {
                let message = format!("{path}.{key} must be a string, not {}", kind_of(text));
                say(Kind::WrongFieldType, message, "put it in quotes".to_owned());
            }
        }
        Shape::Https => {
            let fits = Url::parse(text).is_ok_and(|url| url.scheme() == "https" && url.has_host());
            if !fits && !text.is_empty() {
                say(Kind::BadUrl, format!("{path} is not an https address"), "use https://".to_owned());
            }
        }
        Shape::Object(fields) => {
            if let Value::Object(object) = value {
                check_fields(draft, object, fields, path, problems);
            }
        }
        Shape::Elements => elements(value, path, place, problems),
        Shape::Text | Shape::Int { .. } | Shape::OneOf(_) | Shape::Word(_) => {}
    }
}

fn correct_type(shape: Shape, value: &Value) -> &'static str {
    match (shape, value) {
        (Shape::Text, Value::Object(_) | Value::Array(_)) => {
            "write it as JSON text inside of a string, with its quotes escaped"
        }
        (Shape::Text | Shape::User | Shape::Https | Shape::Word(_), _) => "put it in quotes",
        (_, Value::String(_)) => "write it without quotes",
        _ => "correct its type",
    }
}

/// What a value of this shape is, for messages, and whether this one is that.
fn wanted(shape: Shape, value: &Value) -> (&'static str, bool) {
    match shape {
        Shape::Text | Shape::User | Shape::Https | Shape::Word(_) => ("a string", value.is_string()),
        Shape::Int { .. } | Shape::OneOf(_) => ("a number", value.is_number()),
        Shape::Words(_) => ("a list of words", value.is_array()),
        Shape::Texts => ("an object of strings", value.is_object()),
        Shape::Object(_) => ("an object", value.is_object()),
        Shape::Elements => ("an array of elements", value.is_array()),
    }
}

const GIVE_TEXT: &str = "give a text: --text T";
const FORM: &str = "write {\"MsgType\": …, \"MsgContent\": { … }}";

pub(super) fn elements(value: &Value, path: &str, place: &str, problems: &mut Vec<Problem>) {
    let elements = value.as_array().map_or(&[][..], Vec::as_slice);
    let mut say = |kind, message: String, hint: &'static str| {
        problems.push(Problem::new(kind, message, hint).at(place));
    };
    if elements.is_empty() {
        say(Kind::Empty, format!("{path} has no element"), GIVE_TEXT);
    }
    for (at, element) in elements.iter().enumerate() {
        match element {
            Value::Object(object) => element_of(object, &format!("{path}[{at}]"), &mut say),
            _ => {
                let message = format!("{path}[{at}] must be an object, not {}", kind_of(element));
                say(Kind::WrongFieldType, message, FORM);
            }
        }
    }
}

fn element_of(element: &Map<String, Value>, path: &str, say: &mut impl FnMut(Kind, String, &'static str)) {
    let kind = element.get("MsgType");
    let content = element.get("MsgContent");
    let named = kind.and_then(Value::as_str).is_some_and(|kind| !kind.is_empty());
    for (name, value, fits) in
        [("MsgType", kind, named), ("MsgContent", content, content.is_some_and(Value::is_object))]
    {
        match value {
            _ if fits => {}
            None => say(Kind::MissingField, format!("{path} has no {name}"), FORM),
            Some(value) => {
                let message = format!("{path}.{name} can not be {}", kind_of(value));
                say(Kind::WrongFieldType, message, "MsgType is a name, MsgContent an object");
            }
        }
    }
    if let (Some("TIMTextElem"), Some(Value::Object(content))) = (kind.and_then(Value::as_str), content) {
        match content.get("Text") {
            Some(Value::String(text)) if !text.is_empty() => {}
            Some(Value::String(_)) => say(Kind::Empty, format!("{path} has an empty Text"), GIVE_TEXT),
            Some(other) => {
                let message = format!("{path}.MsgContent.Text must be a string, not {}", kind_of(other));
                say(Kind::WrongFieldType, message, "put it in quotes");
            }
            None => say(Kind::MissingField, format!("{path} has no Text"), GIVE_TEXT),
        }
    }
}
