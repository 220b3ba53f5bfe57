//! A `matrix` table: for each combination of its values the case is made once.

use std::collections::BTreeMap;

use serde_json::Value;
use toml::Spanned;
use toml::de::DeValue;

use super::reader::{Reader, integer};
use crate::config::read::Entry;
use crate::failure::Kind;

/// More cases than this in one file are a mistake in a matrix.
pub(super) const MOST_CASES: usize = 1000;

/// One choice of values, by key.
type Combination = BTreeMap<String, Value>;

/// Every combination, the last key changing fastest; a single empty one where there is no matrix.
pub(super) fn read(reader: &mut Reader, entry: Option<&Entry>) -> Vec<Combination> {
    let mut combinations = vec![Combination::new()];
    let table = entry.and_then(|entry| entry.table(&mut reader.context, "a matrix"));
    let mut keys: Vec<Entry> = table.iter().flat_map(|table| table.entries()).collect();
    keys.sort_by_key(|entry| entry.key.start);
    for key in keys {
        let Some(values) = values(reader, &key) else { continue };
        if combinations.len().saturating_mul(values.len()) > MOST_CASES {
            let message = format!("the matrix makes more than {MOST_CASES} cases");
            reader.report(Kind::BadValue, key.key, message, "leave values out");
            return combinations;
        }
        let with = |done: &Combination, value: &Value| {
            let mut next = done.clone();
            next.insert(key.name.to_owned(), value.clone());
            next
        };
        let next = combinations.iter().flat_map(|done| values.iter().map(move |value| with(done, value)));
        combinations = next.collect();
    }
    combinations
}

fn values(reader: &mut Reader, key: &Entry) -> Option<Vec<Value>> {
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if !key.name.chars().all(fits) || !key.name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
        let message = format!("{:?} can't be the name of a matrix key", key.name);
        reader.report(Kind::BadValue, key.key.clone(), message, "use letters, digits and _");
        return None;
    }
    let DeValue::Array(array) = key.value.get_ref() else {
        return reader.wrong_type(key, "an array", &format!("write {} = [\"…\", \"…\"]", key.name));
    };
    if array.is_empty() {
        let message = format!("{} has no value, so that no case would be run", key.name);
        reader.report(Kind::BadValue, key.span(), message, "give at least one value, or leave the key out");
        return None;
    }
    let values: Vec<Option<Value>> = array.iter().map(|value| one(reader, key, value)).collect();
    values.into_iter().collect()
}

fn one(reader: &mut Reader, key: &Entry, value: &Spanned<DeValue>) -> Option<Value> {
    match value.get_ref() {
        DeValue::String(text) => Some(Value::String(text.to_string())),
        DeValue::Boolean(value) => Some(Value::Bool(*value)),
        number if integer(number).is_some() => integer(number).map(Value::from),
        _ => {
            let message = format!("a value of {} is not a text, whole number, true or false", key.name);
            reader.report(Kind::WrongType, value.span(), message, "put it in quotes");
            None
        }
    }
}

/// ` (click=open-app, style=2)`, or nothing without a matrix.
pub(super) fn words(combination: &Combination) -> String {
    let pair = |(key, value): (&String, &Value)| {
        format!("{key}={}", value.as_str().map_or_else(|| value.to_string(), str::to_owned))
    };
    let pairs = combination.iter().map(pair).collect::<Vec<_>>().join(", ");
    if pairs.is_empty() { pairs } else { format!(" ({pairs})") }
}
