//! Rows of JSON: one object a line; blank lines are ignored.
//! What a value may be belongs to the rules of a report.

use serde_json::{Map, Value};

use super::column::{Column, ColumnMap, HeaderMeaning, Values};
use super::place::{Fault, Given, Row, Spot};
use crate::failure::Kind;

pub(super) struct Lines<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) map: &'a ColumnMap,
}

impl Lines<'_> {
    pub(super) fn each(&self, visit: &mut dyn FnMut(Given<'_>) -> bool) {
        for (number, line) in self.bytes.split(|byte| *byte == b'\n').enumerate() {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let text = String::from_utf8_lossy(line);
            let mut column_of_fault = 1;
            let row = match std::str::from_utf8(line) {
                Err(_) => Row::Bad(vec![Fault::new(
                    Kind::BadName,
                    "the line is not UTF-8",
                    "save the file as UTF-8",
                )]),
                Ok(text) => match object(text, self.map) {
                    Ok(values) => Row::Values(values),
                    Err(faults) => {
                        if let Err(error) = serde_json::from_str::<Value>(text) {
                            column_of_fault = error.column().max(1) as u64;
                        }
                        Row::Bad(faults)
                    }
                },
            };
            let spot = |column: Option<Column>| {
                let line = number as u64 + 1;
                let key = column.and_then(|column| key_of(&text, column, self.map));
                match key {
                    Some((key, at)) => Spot { line, column: at, label: Some(key) },
                    None => Spot {
                        line,
                        column: column_of_fault,
                        label: column.map(|column| column.name().into()),
                    },
                }
            };
            if !visit(Given { row, spot: &spot }) {
                return;
            }
        }
    }
}

/// The values of an object.
pub(super) fn object(text: &str, map: &ColumnMap) -> Result<Values<'static>, Vec<Fault>> {
    let object: Map<String, Value> = match serde_json::from_str(text) {
        Ok(Value::Object(object)) => object,
        Ok(_) => {
            let hint = "write one such as {\"user\":\"alice\",\"reg_id\":\"CN_…\"}";
            return Err(vec![Fault::new(Kind::NotAnObject, "it is not a JSON object", hint)]);
        }
        Err(error) => {
            let hint = if error.is_eof() {
                "it ends in the middle: the file may have been cut off"
            } else {
                "write one JSON object on each line"
            };
            let text = error.to_string();
            let message = text.split(" at line ").next().unwrap_or(&text).to_owned();
            return Err(vec![Fault::new(Kind::NotJson, format!("it is not JSON: {message}"), hint)]);
        }
    };
    let mut values = Values::default();
    let mut faults = Vec::new();
    for (key, value) in object {
        let column = match map.meaning(&key) {
            HeaderMeaning::Column(column) => column,
            HeaderMeaning::PassedOver => continue,
            HeaderMeaning::Unknown => {
                let hint = format!("say what it holds, or pass it over: --map '{key}=user', --map '{key}=-'");
                faults.push(Fault::new(Kind::UnknownField, format!("the key {key:?} is not known"), hint));
                continue;
            }
        };
        if values.has(column) {
            let message = format!("a second key holds {}", column.name());
            faults.push(Fault::new(Kind::DuplicateField, message, "keep one"));
            continue;
        }
        match value {
            Value::Null => {}
            Value::String(text) => values.set(column, text),
            Value::Number(number) if column == Column::Certificate => values.set(column, number.to_string()),
            _ => faults.push(Fault {
                column: Some(column),
                ..Fault::new(Kind::WrongFieldType, format!("{key}: it must be a string"), "put it in quotes")
            }),
        }
    }
    if faults.is_empty() { Ok(values) } else { Err(faults) }
}

/// The key that holds a column, and its character position in the line.
fn key_of(text: &str, column: Column, map: &ColumnMap) -> Option<(String, u64)> {
    let object: Map<String, Value> = serde_json::from_str(text).ok()?;
    let (key, _) = object.iter().find(|(key, _)| map.meaning(key) == HeaderMeaning::Column(column))?;
    let at = text.find(&format!("\"{key}\""))?;
    Some((key.clone(), text[..at].chars().count() as u64 + 1))
}
