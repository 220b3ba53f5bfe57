//! Rows as an export writes them, CSV or lines of JSON, from one table of fields.

use serde_json::{Map, Value};

use super::format::Format;

/// The names of a row's fields in their order, and how each is got.
pub(super) type Fields<T> = [(&'static str, fn(&T) -> Value)];

/// What is before the rows; `more` are columns of CSV alone.
pub(super) fn head<T>(format: Format, fields: &Fields<T>, more: &[&str]) -> String {
    let names: Vec<&str> = fields.iter().map(|(name, _)| *name).chain(more.iter().copied()).collect();
    if format == Format::Csv { format!("{}\n", names.join(",")) } else { String::new() }
}

pub(super) fn object<T>(fields: &Fields<T>, row: &T) -> Map<String, Value> {
    fields.iter().map(|(name, value)| ((*name).to_owned(), value(row))).collect()
}

pub(super) fn line(row: Map<String, Value>) -> String {
    format!("{}\n", Value::Object(row))
}

/// The cells of CSV; `text` is asked how each text is written.
pub(super) fn cells<T>(fields: &Fields<T>, row: &T, text: fn(String) -> String) -> Vec<String> {
    let cell = |value| match value {
        Value::Null => String::new(),
        Value::String(found) => text(found),
        other => other.to_string(),
    };
    fields.iter().map(|(_, value)| cell(value(row))).collect()
}

pub(super) fn csv(rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut writer = ::csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
    // Memory takes everything, and every row has as many fields.
    rows.for_each(|row| drop(writer.write_record(row)));
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}
