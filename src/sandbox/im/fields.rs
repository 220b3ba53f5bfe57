//! Members of a request's JSON object, read by type; the caller says which code a wrong one gets.

use serde_json::Value;
use url::Url;

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
    Word(&'static [&'static str]),
    /// The address of a picture.
    Https,
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
            FieldType::Word(words) => {
                let known = value.as_str().is_some_and(|word| words.contains(&word));
                (!known).then(|| format!("not one of {}", words.join(", ")))
            }
            FieldType::Https => {
                let fits = value.as_str().is_some_and(|text| {
                    text.is_empty() || Url::parse(text).is_ok_and(|url| url.scheme() == "https")
                });
                (!fits).then(|| "not an https address".into())
            }
            FieldType::Texts => {
                let texts = value.as_object().is_some_and(|object| object.values().all(Value::is_string));
                (!texts).then(|| "not an object of strings".into())
            }
            FieldType::Object => (!value.is_object()).then(|| "not an object".into()),
        }
    }

    /// Whether the value says "not set": null, an empty text or a 0 where neither can be meant.
    fn is_unset(self, value: &Value) -> bool {
        let empty = value.is_null() || value.as_str() == Some("");
        match self {
            FieldType::Text | FieldType::Object | FieldType::Https => value.is_null(),
            FieldType::OneOf(numbers) if !numbers.contains(&0) => empty || self.number(value) == Some(0),
            _ => empty,
        }
    }

    /// The value of this type that one of another type means.
    fn other_type(self, value: &Value) -> Option<Value> {
        match (self, value) {
            (FieldType::Texts, Value::String(text)) => {
                serde_json::from_str(text).ok().filter(Value::is_object)
            }
            (_, Value::Number(_)) => None,
            _ => self.number(value).map(Value::from),
        }
    }

    /// The whole number of a field of numbers: as one, as text, or as yes and no of a switch.
    fn number(self, value: &Value) -> Option<i64> {
        let is_switch = matches!(self, FieldType::OneOf([0, 1]));
        match (self, value) {
            (FieldType::Whole | FieldType::OneOf(_), Value::String(text)) => match text.as_str() {
                "true" if is_switch => Some(1),
                "false" if is_switch => Some(0),
                digits => digits.parse().ok().filter(|_| !digits.starts_with('+')),
            },
            (FieldType::OneOf(_), Value::Bool(on)) if is_switch => Some(i64::from(*on)),
            (FieldType::Whole | FieldType::OneOf(_), number) => number.as_i64(),
            _ => None,
        }
    }
}

/// The members with what senders write instead of the documented form put right, each noted as a dialect.
pub(super) fn documented(context: &mut Context<'_>, object: &mut Object, kinds: &[(&str, FieldType)]) {
    for (name, kind) in kinds {
        let Some(value) = object.get_mut(*name) else { continue };
        if context.rules.im_empty_values.accepts() && kind.is_unset(value) {
            context.notes.dialect("empty-values");
            object.shift_remove(*name);
        } else if context.rules.im_other_types.accepts()
            && let Some(documented) = kind.other_type(value)
        {
            context.notes.dialect("other-types");
            *value = documented;
        }
    }
}

/// Refuses with `code`, under the rule, members that are not in `known`; notes them otherwise.
pub(super) fn unknown(
    context: &mut Context<'_>,
    object: &Object,
    code: i32,
    known: &[&[(&str, FieldType)]],
) -> Result<(), Stop> {
    let is_known = |key: &str| known.iter().copied().flatten().any(|(name, _)| *name == key);
    let others: Vec<&str> = object.keys().map(String::as_str).filter(|key| !is_known(key)).collect();
    let Some(first) = others.first() else { return Ok(()) };
    context.notes.dialect(format!("unknown-fields: {}", others.join(", ")));
    match context.rules.im_unknown_fields.accepts() {
        true => Ok(()),
        false => Err(context.notes.refuse(first, code, "no such field")),
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
