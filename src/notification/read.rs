//! Which JSON value each type of field takes, and the explanation of any other. `check` knows limits and rules between fields.

use super::fields::{Applies, Choice, Field, Range, Type};
use super::json::{self, kind_of};
use crate::failure::{Kind, Problem};
use serde_json::Value;

/// A value as a draft keeps it, and whether it came in another form than the documented one.
#[derive(Debug, PartialEq)]
pub(super) enum Read {
    AsDocumented(Value),
    Converted(Value),
    /// What many senders write for "not set": null, empty text, a 0 that says nothing.
    Unset,
}

/// Reads a field's value; an object that came as text is an object.
pub(super) fn read(field: Field, value: Value, broadcast: bool) -> Result<Read, Problem> {
    if is_unset(field, &value) {
        return Ok(Read::Unset);
    }
    let expected = match (field.row().kind, &value) {
        (Type::Any, _) => return Ok(Read::AsDocumented(value)),
        (Type::Identifier(_), Value::Number(number)) if field == Field::AppMessageId => {
            return Ok(Read::Converted(Value::from(number.to_string())));
        }
        (
            Type::Shown(_) | Type::Identifier(_) | Type::Text(_) | Type::Url(_) | Type::Click,
            Value::String(_),
        )
        | (Type::TextOrJson, Value::String(_) | Value::Object(_) | Value::Array(_))
        | (Type::Boolean, Value::Bool(_)) => return Ok(Read::AsDocumented(value)),
        (Type::Boolean, other) => match boolean(other) {
            Some(value) => return Ok(Read::Converted(Value::Bool(value))),
            None => "true or false",
        },
        (Type::Parameters | Type::CustomContent(_), Value::Object(_)) => {
            return Ok(Read::AsDocumented(value));
        }
        (Type::Parameters | Type::CustomContent(_), Value::String(text)) => return object(field, text),
        (Type::Parameters | Type::CustomContent(_), _) => "an object, or text that holds a JSON object",
        (Type::Shown(_) | Type::Identifier(_) | Type::Text(_) | Type::Url(_) | Type::Click, _) => {
            "text in quotes"
        }
        (Type::TextOrJson, _) => "text, an object or an array",
        (kind @ (Type::Whole(_) | Type::Seconds(_) | Type::Milliseconds(_) | Type::Choice(_)), _) => {
            match number(&value) {
                Some((number, read)) => match explain_number(kind, number, broadcast) {
                    None => return Ok(read),
                    Some((kind, what, hint)) => return refused(field, kind, what, hint),
                },
                None => "a whole number",
            }
        }
    };
    let what = format!("is {}; it must be {expected}", kind_of(&value));
    refused(field, Kind::WrongFieldType, what, format!("give {expected}"))
}

fn refused(field: Field, kind: Kind, what: String, hint: String) -> Result<Read, Problem> {
    Err(Problem::new(kind, format!("{} {what}", field.name()), hint))
}

/// What says "not set" (OPPO reference, section 5). An empty title or content is left for the rules to name.
fn is_unset(field: Field, value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) if text.is_empty() => !field.row().required,
        // What PHP senders make of no parameters.
        Value::Array(items) => field == Field::ActionParameters && items.is_empty(),
        Value::String(text) if field == Field::ActionParameters => matches!(text.trim(), "[]" | "null"),
        _ => field.zero_is_unset() && number(value).is_some_and(|(number, _)| number == 0),
    }
}

/// A number, written as one or as text.
fn number(value: &Value) -> Option<(i64, Read)> {
    match value {
        Value::String(text) => {
            let number = text.parse().ok().filter(|_| !text.starts_with('+'))?;
            Some((number, Read::Converted(Value::from(number))))
        }
        other => other.as_i64().map(|number| (number, Read::AsDocumented(other.clone()))),
    }
}

fn boolean(value: &Value) -> Option<bool> {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match text.as_str() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

/// The object that a text holds.
fn object(field: Field, text: &str) -> Result<Read, Problem> {
    let hint = "give an object of keys and texts, such as {\"extKey\": \"value\"}".to_owned();
    if json::is_escaped_twice(text) {
        let what = "is escaped twice: the text holds backslashes before its quotes".to_owned();
        return refused(
            field,
            Kind::NotJson,
            what,
            "escape the object once, or write it as an object".to_owned(),
        );
    }
    match json::parse(text) {
        Ok(Value::Object(map)) => Ok(Read::AsDocumented(Value::Object(map))),
        Ok(other) => {
            let what = format!("holds {}; it must hold a JSON object", kind_of(&other));
            refused(field, Kind::NotAnObject, what, hint)
        }
        Err(error) => refused(field, Kind::NotJson, format!("does not hold JSON: {error}"), hint),
    }
}

/// Why a number cannot be meant at all: kind, what is wrong after the field's name, what to do.
fn explain_number(kind: Type, number: i64, broadcast: bool) -> Option<(Kind, String, String)> {
    match kind {
        Type::Seconds(_) if number < 0 => {
            let what = format!("is {number} seconds; it must not be negative");
            Some((Kind::OutOfRange, what, "give a number of seconds".to_owned()))
        }
        Type::Milliseconds(Range { min, max, .. }) if !(min..=max).contains(&number) => {
            let what = format!("is {number}; it must be 13 digits of milliseconds since 1970");
            let hint = if (1_000_000_000..=9_999_999_999).contains(&number) {
                format!("these look like seconds; did you mean {number}000?")
            } else {
                "give milliseconds, such as `date +%s000` prints".to_owned()
            };
            Some((Kind::BadTime, what, hint))
        }
        Type::Choice(choices) => explain_choice(choices, number, broadcast),
        _ => None,
    }
}

fn explain_choice(choices: &[Choice], number: i64, broadcast: bool) -> Option<(Kind, String, String)> {
    let list = list(choices, broadcast);
    let Some(choice) = choices.iter().find(|choice| choice.number == number) else {
        return Some((
            Kind::OutOfRange,
            format!("is {number}; OPPO knows {list}"),
            format!("give one of {list}"),
        ));
    };
    let elsewhere = match choice.applies {
        Applies::Unicast => return None,
        Applies::BroadcastOnly(_) if broadcast => return None,
        Applies::BroadcastOnly(_) => "is for broadcasts only",
        Applies::PaidOnly => "belongs to OPPO's paid value-added API",
    };
    let what = format!("is {number} ({}), which {elsewhere}", choice.meaning);
    let hint = if broadcast { format!("give {list}") } else { format!("for one phone give {list}") };
    Some((Kind::NotForUnicast, what, hint))
}

/// The choices of such a push with their meanings: `1 (standard), 2 (long text)`.
fn list(choices: &[Choice], broadcast: bool) -> String {
    let possible = choices.iter().filter(|choice| match choice.applies {
        Applies::Unicast => true,
        Applies::BroadcastOnly(_) => broadcast,
        Applies::PaidOnly => false,
    });
    possible.map(|choice| format!("{} ({})", choice.number, choice.meaning)).collect::<Vec<_>>().join(", ")
}
