//! Reads single values of a scenario: texts with their variables replaced, numbers that may come from one, JSON for a notification.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::{Map, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::config::read::{Context, Entry, Table};
use crate::config::{Environment, Sourced, suggest};
use crate::failure::{Kind, Remedy};
use crate::smoke::model::Expanded;
use crate::smoke::variables::{self, Flaw};

/// The file's problems, the environment, what the matrix gives to the case that is read, and every text that was used.
pub(super) struct Reader<'t> {
    pub(super) context: Context<'t>,
    pub(super) environment: &'t Environment,
    pub(super) matrix: BTreeMap<String, Value>,
    pub(super) expanded: Vec<Expanded>,
}

impl Reader<'_> {
    /// Reports what is wrong at this place.
    pub(super) fn report(
        &mut self,
        kind: Kind,
        span: Range<usize>,
        message: impl Into<String>,
        hint: impl Into<Remedy>,
    ) {
        self.context.report(kind, span, message, hint);
    }

    pub(super) fn wrong_type<T>(&mut self, entry: &Entry, wanted: &str, hint: &str) -> Option<T> {
        entry.wrong_type(&mut self.context, wanted, hint.to_owned())
    }

    /// The line where something begins.
    pub(super) fn line(&self, span: &Range<usize>) -> usize {
        self.context.text.position(span.start).0
    }

    /// A table that has only these keys.
    pub(super) fn table<'a, 'i>(
        &mut self,
        entry: &Entry<'a, 'i>,
        what: &'static str,
        keys: &[&str],
    ) -> Option<Table<'a, 'i>> {
        let table = entry.table(&mut self.context, what)?;
        table.only(&mut self.context, keys);
        Some(table)
    }

    /// The value of a key, if it is there: `None` outside where it is there and could not be read.
    pub(super) fn optional<T>(
        &mut self,
        table: &Table,
        name: &str,
        read: impl FnOnce(&mut Self, &Entry) -> Option<T>,
    ) -> Option<Option<T>> {
        match table.get(name) {
            None => Some(None),
            Some(entry) => read(self, &entry).map(Some),
        }
    }

    /// The same with the place of the value.
    pub(super) fn sourced<T>(
        &mut self,
        table: &Table,
        name: &str,
        read: impl FnOnce(&mut Self, &Entry) -> Option<T>,
    ) -> Option<Option<Sourced<T>>> {
        self.optional(table, name, |reader, entry| {
            let source = reader.context.source(entry.span());
            Some(Sourced::new(read(reader, entry)?, source))
        })
    }

    /// The text of an entry, its variables replaced.
    pub(super) fn text(&mut self, entry: &Entry) -> Option<Sourced<String>> {
        let raw = entry.text(&mut self.context)?;
        let value = self.expand(&raw.value, entry.span())?;
        Some(Sourced::new(value, raw.source))
    }

    /// A whole number, or a text that is one variable with such a value.
    pub(super) fn integer(&mut self, entry: &Entry) -> Option<Sourced<i64>> {
        let number = match entry.value.get_ref() {
            value @ DeValue::Integer(_) => {
                let number = integer(value);
                if number.is_none() {
                    let message = format!("{} is too large", entry.name);
                    self.report(Kind::BadValue, entry.span(), message, "write a number below 2^63");
                    return None;
                }
                number
            }
            DeValue::String(text) if variables::whole(text).is_some() => {
                self.expand(text, entry.span())?.trim().parse().ok()
            }
            _ => None,
        };
        match number {
            Some(number) => Some(Sourced::new(number, self.context.source(entry.span()))),
            None => self.wrong_type(entry, "an integer", "write it without quotes"),
        }
    }

    pub(super) fn boolean(&mut self, entry: &Entry) -> Option<bool> {
        match entry.value.get_ref() {
            DeValue::Boolean(value) => Some(*value),
            DeValue::String(text) if variables::whole(text).is_some() => {
                match self.expand(text, entry.span())?.parse() {
                    Ok(value) => Some(value),
                    Err(_) => self.wrong_type(entry, "a boolean", "write true or false"),
                }
            }
            _ => self.wrong_type(entry, "a boolean", "write true or false, without quotes"),
        }
    }

    /// A field of a notification. A text that is one variable is a number where the field is, if it can be read as one.
    pub(super) fn field(&mut self, entry: &Entry, numeric: bool) -> Option<Value> {
        let value = self.json(entry.value)?;
        match (&value, entry.value.get_ref()) {
            (Value::String(text), DeValue::String(raw)) if numeric && variables::whole(raw).is_some() => {
                Some(text.trim().parse::<i64>().map_or(value, Value::from))
            }
            _ => Some(value),
        }
    }

    /// The pairs of a table as JSON.
    pub(super) fn object(&mut self, table: &DeTable) -> Option<Map<String, Value>> {
        let mut pairs: Vec<_> = table.iter().collect();
        pairs.sort_by_key(|(key, _)| key.span().start);
        // All are read before one that can't be ends it.
        let pairs: Vec<Option<(String, Value)>> = pairs
            .into_iter()
            .map(|(key, value)| Some((key.get_ref().to_string(), self.json(value)?)))
            .collect();
        pairs.into_iter().collect()
    }

    fn json(&mut self, value: &Spanned<DeValue>) -> Option<Value> {
        Some(match value.get_ref() {
            DeValue::String(text) => {
                match variables::whole(text).and_then(|name| name.strip_prefix("matrix.")) {
                    // A matrix keeps the type of its values.
                    Some(key) if self.matrix.contains_key(key) => self.matrix[key].clone(),
                    _ => Value::String(self.expand(text, value.span())?),
                }
            }
            DeValue::Integer(number) => match integer(value.get_ref()) {
                Some(number) => Value::from(number),
                None => {
                    let message = format!("the number {} is too large", number.as_str());
                    self.report(Kind::BadValue, value.span(), message, "write it in quotes, if it is text");
                    return None;
                }
            },
            // NaN and infinity have no JSON form and become null.
            DeValue::Float(number) => Value::from(number.as_str().parse::<f64>().unwrap_or(f64::NAN)),
            DeValue::Boolean(value) => Value::Bool(*value),
            DeValue::Datetime(time) => Value::String(time.to_string()),
            DeValue::Array(items) => {
                let items: Vec<Option<Value>> = items.iter().map(|item| self.json(item)).collect();
                Value::Array(items.into_iter().collect::<Option<_>>()?)
            }
            DeValue::Table(table) => Value::Object(self.object(table)?),
        })
    }

    fn expand(&mut self, text: &str, span: Range<usize>) -> Option<String> {
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
                    self.report(kind, span.clone(), message, hint);
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
                    _ => suggest::hint(&key, self.matrix.keys().map(String::as_str)),
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
