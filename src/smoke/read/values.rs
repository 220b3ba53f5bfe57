//! Single values of a scenario: texts with their variables replaced, numbers that may come from one, JSON for a notification.
//! Which key has which type belongs to the file of its table.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::config::read::{Context, Entry};
use crate::config::{Environment, Sourced};
use crate::failure::Kind;
use crate::smoke::scenario::Expanded;
use crate::smoke::variables::{self, Flaw};

/// The environment, what the matrix gives to the case that is read, and every text that was used.
pub(super) struct Values<'e> {
    environment: &'e Environment,
    pub(crate) matrix: BTreeMap<String, Value>,
    expanded: Vec<Expanded>,
}

impl<'e> Values<'e> {
    pub(crate) fn new(environment: &'e Environment) -> Self {
        Values { environment, matrix: BTreeMap::new(), expanded: Vec::new() }
    }

    pub(crate) fn into_expanded(self) -> Vec<Expanded> {
        self.expanded
    }

    /// The text of an entry, its variables replaced.
    pub(crate) fn text(&mut self, context: &mut Context, entry: &Entry) -> Option<Sourced<String>> {
        let raw = entry.text(context)?;
        let value = self.expand(context, &raw.value, entry.span())?;
        Some(Sourced::new(value, raw.source))
    }

    /// A whole number, or a text that is one variable with such a value.
    pub(crate) fn integer(&mut self, context: &mut Context, entry: &Entry) -> Option<Sourced<i64>> {
        let source = context.source(entry.span());
        let wrong =
            |context: &mut Context| entry.wrong_type(context, "an integer", "write it without quotes");
        match entry.value.get_ref() {
            DeValue::Integer(_) => match integer(entry.value.get_ref()) {
                Some(number) => Some(Sourced::new(number, source)),
                None => {
                    let message = format!("{} is too large", entry.name);
                    context.report(Kind::BadValue, entry.span(), message, "write a number below 2^63");
                    None
                }
            },
            DeValue::String(text) if variables::whole(text).is_some() => {
                let value = self.expand(context, text, entry.span())?;
                match value.trim().parse() {
                    Ok(number) => Some(Sourced::new(number, source)),
                    Err(_) => wrong(context),
                }
            }
            _ => wrong(context),
        }
    }

    pub(crate) fn boolean(&mut self, context: &mut Context, entry: &Entry) -> Option<bool> {
        match entry.value.get_ref() {
            DeValue::Boolean(value) => Some(*value),
            DeValue::String(text) if variables::whole(text).is_some() => {
                match self.expand(context, text, entry.span())?.as_str() {
                    "true" => Some(true),
                    "false" => Some(false),
                    _ => entry.wrong_type(context, "a boolean", "write true or false"),
                }
            }
            _ => entry.wrong_type(context, "a boolean", "write true or false, without quotes"),
        }
    }

    /// A field of a notification. A text that is one variable is a number where the field is, if it can be read as one.
    pub(crate) fn field(&mut self, context: &mut Context, entry: &Entry, numeric: bool) -> Option<Value> {
        let value = self.json(context, entry.value)?;
        match (&value, entry.value.get_ref()) {
            (Value::String(text), DeValue::String(raw)) if numeric && variables::whole(raw).is_some() => {
                Some(text.trim().parse::<i64>().map_or(value, Value::from))
            }
            _ => Some(value),
        }
    }

    /// The pairs of a table as JSON.
    pub(crate) fn object(
        &mut self,
        context: &mut Context,
        table: &DeTable,
    ) -> Option<serde_json::Map<String, Value>> {
        let mut pairs: Vec<_> = table.iter().collect();
        pairs.sort_by_key(|(key, _)| key.span().start);
        let pairs: Vec<Option<(String, Value)>> = pairs
            .into_iter()
            .map(|(key, value)| Some((key.get_ref().to_string(), self.json(context, value)?)))
            .collect();
        pairs.into_iter().collect()
    }

    fn json(&mut self, context: &mut Context, value: &Spanned<DeValue>) -> Option<Value> {
        Some(match value.get_ref() {
            DeValue::String(text) => {
                match variables::whole(text).and_then(|name| name.strip_prefix("matrix.")) {
                    // A matrix keeps the type of its values.
                    Some(key) if self.matrix.contains_key(key) => self.matrix[key].clone(),
                    _ => Value::String(self.expand(context, text, value.span())?),
                }
            }
            DeValue::Integer(number) => match integer(value.get_ref()) {
                Some(number) => Value::from(number),
                None => {
                    let message = format!("the number {} is too large", number.as_str());
                    context.report(
                        Kind::BadValue,
                        value.span(),
                        message,
                        "write it in quotes, if it is text",
                    );
                    return None;
                }
            },
            // NaN and infinity have no JSON form and become null.
            DeValue::Float(number) => Value::from(number.as_str().parse::<f64>().unwrap_or(f64::NAN)),
            DeValue::Boolean(value) => Value::Bool(*value),
            DeValue::Datetime(time) => Value::String(time.to_string()),
            DeValue::Array(items) => {
                let items: Vec<Option<Value>> = items.iter().map(|item| self.json(context, item)).collect();
                Value::Array(items.into_iter().collect::<Option<_>>()?)
            }
            DeValue::Table(table) => Value::Object(self.object(context, table)?),
        })
    }

    fn expand(&mut self, context: &mut Context, text: &str, span: Range<usize>) -> Option<String> {
        let value_of = |name: &str| match name.strip_prefix("matrix.") {
            Some(key) => match self.matrix.get(key) {
                Some(value) => Ok(value.as_str().map_or_else(|| value.to_string(), str::to_owned)),
                None => Err(Flaw::NoSuchKey(key.to_owned())),
            },
            None => match self.environment.get(name) {
                Some(value) => Ok(value.to_owned()),
                None if self.environment.is_not_utf8(name) => Err(Flaw::NotUtf8(name.to_owned())),
                None => Err(Flaw::NotSet(name.to_owned())),
            },
        };
        match variables::expand(text, value_of) {
            Ok(value) => {
                self.expanded.push(Expanded { span, value: value.clone() });
                Some(value)
            }
            Err(flaws) => {
                for flaw in flaws {
                    let (kind, message, hint) = self.words(flaw);
                    context.report(kind, span.clone(), message, hint);
                }
                None
            }
        }
    }

    fn words(&self, flaw: Flaw) -> (Kind, String, String) {
        match flaw {
            Flaw::NotSet(name) => (
                Kind::MissingVariable,
                format!("the environment variable {name} is not set"),
                format!("export {name}, or write $${{{name}}} if the text itself is meant"),
            ),
            Flaw::NotUtf8(name) => (
                Kind::NotUtf8,
                format!("the value of {name} is not UTF-8"),
                format!("set {name} again, with UTF-8 text"),
            ),
            Flaw::Malformed => (
                Kind::BadValue,
                "a reference to a variable is not closed, or its name is none".to_owned(),
                "write ${NAME}, or $${ for the two characters themselves".to_owned(),
            ),
            Flaw::NoSuchKey(key) => (
                Kind::BadValue,
                format!("this case has no matrix key {key:?}"),
                match self.matrix.len() {
                    0 => format!("add matrix = {{ {key} = [\"…\"] }}"),
                    _ => crate::config::suggest::hint(&key, self.matrix.keys().map(String::as_str)),
                },
            ),
        }
    }
}

/// The number, if it fits.
pub(super) fn integer(value: &DeValue) -> Option<i64> {
    let DeValue::Integer(number) = value else { return None };
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}
