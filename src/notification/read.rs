//! Which JSON value each type of field takes, and the explanation of any other. `check` knows limits and rules between fields.

use super::fields::{Applies, Choice, Field, Range, Type};
use super::json::{self, kind_of};
use crate::failure::{Kind, Problem};
use serde_json::Value;

/// The value as a draft keeps it; an object that came as text is an object.
pub(super) fn read(field: Field, value: Value) -> Result<Value, Problem> {
    let refused =
        |kind, what: String, hint: String| Err(Problem::new(kind, format!("{} {what}", field.name()), hint));
    let expected = match field.row().kind {
        Type::Shown(_) | Type::Identifier(_) | Type::Text(_) | Type::Url(_) | Type::Click(_) => {
            if value.is_string() {
                return Ok(value);
            }
            "text in quotes"
        }
        Type::TextOrObject if value.is_string() || value.is_object() => return Ok(value),
        Type::TextOrObject => "text or an object",
        Type::Boolean if value.is_boolean() => return Ok(value),
        Type::Boolean => "true or false",
        Type::Parameters | Type::CustomContent(_) => match value {
            Value::Object(_) => return Ok(value),
            Value::String(text) => {
                let hint = "give an object of keys and texts, such as {\"extKey\": \"value\"}".to_owned();
                return match json::parse(&text) {
                    Ok(Value::Object(map)) => Ok(Value::Object(map)),
                    Ok(other) => {
                        let what = format!("holds {}; it must hold a JSON object", kind_of(&other));
                        refused(Kind::NotAnObject, what, hint)
                    }
                    Err(error) => refused(Kind::NotJson, format!("does not hold JSON: {error}"), hint),
                };
            }
            _ => "an object, or text that holds a JSON object",
        },
        kind @ (Type::Whole(_) | Type::Seconds(_) | Type::Milliseconds(_) | Type::Choice(_)) => {
            match value.as_i64().map(|number| explain_number(kind, number)) {
                Some(None) => return Ok(value),
                Some(Some((kind, what, hint))) => return refused(kind, what, hint),
                None => "a whole number without quotes",
            }
        }
    };
    let hint = if value.is_null() {
        "leave the key out instead of giving null".to_owned()
    } else {
        format!("give {expected}")
    };
    refused(Kind::WrongFieldType, format!("is {}; it must be {expected}", kind_of(&value)), hint)
}

/// Why a number cannot be meant at all: kind, what is wrong after the field's name, what to do.
fn explain_number(kind: Type, number: i64) -> Option<(Kind, String, String)> {
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
        Type::Choice(choices) => explain_choice(choices, number),
        _ => None,
    }
}

fn explain_choice(choices: &[Choice], number: i64) -> Option<(Kind, String, String)> {
    let list = list(choices);
    let Some(choice) = choices.iter().find(|choice| choice.number == number) else {
        return Some((
            Kind::OutOfRange,
            format!("is {number}; OPPO knows {list}"),
            format!("give one of {list}"),
        ));
    };
    let elsewhere = match choice.applies {
        Applies::Unicast => return None,
        Applies::BroadcastOnly(_) => "is for broadcasts only",
        Applies::PaidOnly => "belongs to OPPO's paid value-added API",
    };
    let what = format!("is {number} ({}), which {elsewhere}", choice.meaning);
    Some((Kind::NotForUnicast, what, format!("for one phone give {list}")))
}

/// The choices of a unicast with their meanings: `1 (standard), 2 (long text)`.
fn list(choices: &[Choice]) -> String {
    let unicast = choices.iter().filter(|choice| choice.applies == Applies::Unicast);
    unicast.map(|choice| format!("{} ({})", choice.number, choice.meaning)).collect::<Vec<_>>().join(", ")
}
