//! Rows of JSON: one object a line; blank lines are ignored.

use serde_json::{Map, Value};

use super::column::{Column, ColumnMap, HeaderMeaning, Values};
use super::format::Source;
use super::place::{Fault, FileRow, LONGEST, Position, too_long};
use crate::failure::{Kind, Problem, Remedy};

pub(super) struct Lines<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) map: &'a ColumnMap,
}

impl Lines<'_> {
    pub(super) fn each(&self, visit: &mut dyn FnMut(FileRow<'_>) -> bool) {
        for (number, line) in self.bytes.split(|byte| *byte == b'\n').enumerate() {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let is_long = line.len() > LONGEST;
            // Of a row that is too long nothing is read, its keys neither.
            let line = if is_long { b"" } else { line };
            let text = String::from_utf8_lossy(line);
            let row = match std::str::from_utf8(line) {
                Ok(_) if is_long => Err(vec![too_long("write one JSON object on each line")]),
                Ok(text) => object(text, self.map),
                Err(_) => fault(Kind::BadName, "the line is not UTF-8", "save the file as UTF-8"),
            };
            let position = |column: Option<Column>| {
                let number = number as u64 + 1;
                match column.and_then(|column| key_of(&text, column, self.map)) {
                    Some((key, at)) => Position { line: number, column: at, label: Some(key) },
                    None => {
                        let broken = std::str::from_utf8(line)
                            .ok()
                            .filter(|_| !is_long)
                            .and_then(|text| serde_json::from_str::<Value>(text).err());
                        let at = broken.map_or(1, |error| error.column().max(1) as u64);
                        Position {
                            line: number,
                            column: at,
                            label: column.map(|column| column.name().into()),
                        }
                    }
                }
            };
            if !visit(FileRow { row, position: &position }) {
                return;
            }
        }
    }
}

/// A row that can't be read.
fn fault<T>(kind: Kind, message: impl Into<String>, hint: impl Into<Remedy>) -> Result<T, Vec<Fault>> {
    Err(vec![(None, Problem::new(kind, message, hint))])
}

/// The keys of the first lines, each with the place of the first line that has it.
pub(super) fn keys(source: &Source<'_>) -> Vec<(String, String)> {
    let mut keys: Vec<(String, String)> = Vec::new();
    for (number, line) in source.bytes.split(|byte| *byte == b'\n').take(LINES).enumerate() {
        let object: Map<String, Value> = serde_json::from_slice(line).unwrap_or_default();
        for key in object.into_iter().map(|(key, _)| key) {
            if !keys.iter().any(|(known, _)| *known == key) {
                keys.push((key, format!("{}:{}:1", source.name, number + 1)));
            }
        }
    }
    keys
}

/// So many lines show which keys a file has.
const LINES: usize = 1000;

/// The values of an object.
pub(super) fn object(text: &str, map: &ColumnMap) -> Result<Values<'static>, Vec<Fault>> {
    let object: Map<String, Value> = match serde_json::from_str(text) {
        Ok(Value::Object(object)) => object,
        Ok(_) => {
            let hint = "write one such as {\"user\":\"alice\",\"reg_id\":\"CN_…\"}";
            return fault(Kind::NotAnObject, "it is not a JSON object", hint);
        }
        Err(error) => {
            let hint = if error.is_eof() {
                "it ends in the middle: the file may have been cut off"
            } else {
                "write one JSON object on each line"
            };
            let text = error.to_string();
            let message = text.split(" at line ").next().unwrap_or(&text).to_owned();
            return fault(Kind::NotJson, format!("it is not JSON: {message}"), hint);
        }
    };
    let mut values = Values::default();
    let mut faults: Vec<Fault> = Vec::new();
    for (key, value) in object {
        let column = match map.meaning(&key) {
            HeaderMeaning::Column(column) => column,
            HeaderMeaning::PassedOver => continue,
            HeaderMeaning::Unknown => {
                let hint = format!("say what it holds, or pass it over: --map '{key}=user', --map '{key}=-'");
                let message = format!("the key {key:?} is not known");
                faults.push((None, Problem::new(Kind::UnknownField, message, hint)));
                continue;
            }
        };
        if values.has(column) {
            let message = format!("a second key holds {}", column.name());
            faults.push((None, Problem::new(Kind::DuplicateField, message, "keep one")));
            continue;
        }
        match value {
            Value::Null => {}
            Value::String(text) => values.set(column, text),
            Value::Number(number) if column == Column::Certificate => values.set(column, number.to_string()),
            _ => {
                let message = format!("{key}: it must be a string");
                faults.push((Some(column), Problem::new(Kind::WrongFieldType, message, "put it in quotes")));
            }
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
