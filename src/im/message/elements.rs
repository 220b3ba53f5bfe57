//! The elements of a message: each has a type and a content, and a text element a text.

use serde_json::{Map, Value};

use super::values::kind_of;
use crate::failure::{Kind, Problem};

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
            Value::Object(object) => one(object, &format!("{path}[{at}]"), &mut say),
            _ => {
                let message = format!("{path}[{at}] must be an object, not {}", kind_of(element));
                say(Kind::WrongFieldType, message, FORM);
            }
        }
    }
}

fn one(element: &Map<String, Value>, path: &str, say: &mut impl FnMut(Kind, String, &'static str)) {
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
