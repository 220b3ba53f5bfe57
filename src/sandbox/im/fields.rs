//! Members of a request's JSON object, read by type; the caller says which code a wrong one gets.

use serde_json::Value;

use super::super::http::context::Context;
use super::super::http::notes::Stop;
use super::super::http::request::Object;

/// The type of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FieldType {
    Text,
    Whole,
    /// One of these whole numbers.
    OneOf(&'static [i64]),
    /// An object with strings as values.
    Texts,
    Object,
}

impl FieldType {
    /// What is wrong with the value; `None` if nothing is.
    pub(crate) fn flaw(self, value: &Value) -> Option<String> {
        match self {
            FieldType::Text => (!value.is_string()).then(|| "not a string".into()),
            FieldType::Whole => value.as_i64().is_none().then(|| "not a whole number".into()),
            FieldType::OneOf(numbers) => {
                let known = value.as_i64().is_some_and(|number| numbers.contains(&number));
                (!known).then(|| format!("not one of {numbers:?}"))
            }
            FieldType::Texts => {
                let texts = value.as_object().is_some_and(|object| object.values().all(Value::is_string));
                (!texts).then(|| "not an object of strings".into())
            }
            FieldType::Object => (!value.is_object()).then(|| "not an object".into()),
        }
    }
}

/// Refuses with `code` unless every member that is there is of its kind.
pub(super) fn check(
    context: &mut Context<'_>,
    object: &Object,
    code: i32,
    kinds: &[(&str, FieldType)],
) -> Result<(), Stop> {
    for (name, kind) in kinds {
        if let Some(flaw) = object.get(*name).and_then(|value| kind.flaw(value)) {
            return Err(context.notes.refuse(name, code, flaw));
        }
    }
    Ok(())
}

/// A string member, if it is one and not empty.
pub(super) fn text(object: &Object, name: &str) -> Option<String> {
    object.get(name).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned)
}

pub(super) fn whole(object: &Object, name: &str) -> Option<i64> {
    object.get(name).and_then(Value::as_i64)
}

/// A non-empty array of strings, at most `most` of them.
pub(super) fn users(
    context: &mut Context<'_>,
    object: &Object,
    name: &str,
    codes: ListCodes,
) -> Result<Vec<String>, Stop> {
    let Some(value) = object.get(name) else {
        return Err(context.notes.refuse(name, codes.missing, "missing"));
    };
    let Value::Array(list) = value else {
        return Err(context.notes.refuse(name, codes.wrong, "not an array"));
    };
    if list.is_empty() {
        return Err(context.notes.refuse(name, codes.empty, "empty"));
    }
    if list.len() > codes.most {
        let detail = format!("{} users, at most {}", list.len(), codes.most);
        return Err(context.notes.refuse(name, codes.too_many, detail));
    }
    let texts: Option<Vec<String>> = list.iter().map(|user| user.as_str().map(str::to_owned)).collect();
    texts.ok_or_else(|| context.notes.refuse(name, codes.wrong, "an element is not a string"))
}

/// The codes of a list of users.
pub(super) struct ListCodes {
    pub(crate) missing: i32,
    pub(crate) wrong: i32,
    pub(crate) empty: i32,
    pub(crate) too_many: i32,
    pub(crate) most: usize,
}
