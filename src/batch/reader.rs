//! Rows of a file, CSV or lines of JSON, one at a time: the values of a row by column, and their places.

use std::borrow::Cow;
use std::io::{BufRead, Read};

use serde_json::{Map, Value};

use super::columns::{Column, ColumnMap, Held, known};
use super::csv_record::{LONGEST, Record, Records};
use super::encoding::{Encoding, decoded, unreadable};
use super::headers::headers;
use crate::failure::{Failure, Kind, Problem};
use crate::push::bulk::Format;

/// A file that rows are read from.
pub(crate) struct Source {
    /// As problems name it.
    pub(crate) name: String,
    pub(crate) format: Format,
    pub(crate) encoding: Encoding,
    pub(crate) bytes: Box<dyn Read>,
}

/// Reads rows.
pub(crate) struct Reader {
    name: String,
    rows: Rows,
    /// What the file turned out to be written in.
    pub(crate) encoding: Encoding,
}

enum Rows {
    Csv {
        records: Box<Records<Box<dyn BufRead>>>,
        delimiter: u8,
        headers: Vec<String>,
        held: Held,
        record: Box<Record>,
    },
    Jsonl {
        input: Box<dyn BufRead>,
        map: ColumnMap,
        text: Vec<u8>,
        line: u64,
    },
}

/// One row.
pub(super) enum Row<'r> {
    Csv {
        record: &'r Record,
        headers: &'r [String],
        held: &'r Held,
        delimiter: u8,
    },
    Json {
        fields: Map<String, Value>,
        columns: Box<[Option<String>; Column::COUNT]>,
        text: &'r str,
        line: u64,
    },
}

/// Why a row can't be read, and where.
pub(super) struct Unusable {
    pub(super) line: u64,
    pub(super) column: u64,
    pub(super) problem: Box<Problem>,
    /// What follows can't be told apart from it.
    pub(super) is_last: bool,
}

impl Reader {
    /// Reads the first line of CSV; all that is wrong with it at once. `needed` are the names that templates use.
    pub(crate) fn open(source: Source, map: &ColumnMap, needed: &[String]) -> Result<Reader, Failure> {
        let Source { name, format, encoding, bytes } = source;
        let (mut input, encoding) = decoded(bytes, encoding).map_err(|problem| problem.at(&name))?;
        let rows = match format {
            Format::Jsonl => Rows::Jsonl { input, map: map.clone(), text: Vec::new(), line: 0 },
            Format::Csv => {
                let mut record = Record::default();
                let delimiter = delimiter(input.as_mut()).map_err(|error| unreadable(&error).at(&name))?;
                let mut records = Records::new(input, delimiter);
                let found = records.read(&mut record).map_err(|error| unreadable(&error).at(&name))?;
                let (headers, held) = headers(found.then_some(&record), &name, delimiter, map, needed)?;
                Rows::Csv { records: Box::new(records), delimiter, headers, held, record: Box::new(record) }
            }
        };
        Ok(Reader { name, rows, encoding })
    }

    /// The headers of CSV that nothing uses.
    pub(crate) fn unused(&self, needed: &[String], map: &ColumnMap) -> Vec<String> {
        let Rows::Csv { headers, held, .. } = &self.rows else { return Vec::new() };
        let is_used = |index: usize, header: &String| {
            held.contains(&Some(index))
                || needed.contains(header)
                || map.passes_over(header)
                || header.is_empty()
        };
        let unused = headers.iter().enumerate().filter(|(index, header)| !is_used(*index, header));
        unused.map(|(_, header)| header.clone()).collect()
    }

    /// The next row; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Result<Row<'_>, Unusable>>, Failure> {
        let name = &self.name;
        match &mut self.rows {
            Rows::Csv { records, delimiter, headers, held, record } => {
                if !records.read(record).map_err(|error| unreadable(&error).at(name))? {
                    return Ok(None);
                }
                Ok(Some(match wrong_record(record, headers.len(), *delimiter) {
                    Some(unusable) => Err(unusable),
                    None => Ok(Row::Csv { record, headers, held, delimiter: *delimiter }),
                }))
            }
            Rows::Jsonl { input, map, text, line } => loop {
                text.clear();
                let read = Read::take(&mut *input, LONGEST as u64 + 2).read_until(b'\n', text);
                if read.map_err(|error| unreadable(&error).at(name))? == 0 {
                    return Ok(None);
                }
                *line += 1;
                if !text.trim_ascii().is_empty() {
                    return Ok(Some(json_row(text, *line, map)));
                }
            },
        }
    }
}

/// The delimiter that the first line has most of: a comma, a semicolon or a tab.
fn delimiter(input: &mut dyn BufRead) -> std::io::Result<u8> {
    let head = input.fill_buf()?;
    let line =
        head.split(|byte| *byte == b'\n').find(|line| !line.trim_ascii().is_empty()).unwrap_or_default();
    let count = |delimiter: u8| line.iter().filter(|byte| **byte == delimiter).count();
    Ok([b',', b';', b'\t'].into_iter().rev().max_by_key(|one| count(*one)).unwrap_or(b','))
}

fn unusable((line, column): (u64, u64), kind: Kind, message: String, hint: &'static str) -> Unusable {
    Unusable { line, column, problem: Box::new(Problem::new(kind, message, hint)), is_last: false }
}

fn wrong_record(record: &Record, wanted: usize, delimiter: u8) -> Option<Unusable> {
    let at = (record.line, 1);
    if record.is_too_long() {
        let hint = "a quote that is not closed makes one row of many lines";
        let wrong = unusable(at, Kind::TooLong, "the row is longer than 1 MiB".into(), hint);
        return Some(Unusable { is_last: true, ..wrong });
    }
    if record.open {
        let hint = "close it with a quote; if it is the last line, the file may have been cut off";
        return Some(unusable(at, Kind::MissingField, "a quoted field is not closed".into(), hint));
    }
    if record.len() != wanted {
        let has = if record.len() == 1 { "1 field".to_owned() } else { format!("{} fields", record.len()) };
        let message = format!("the row has {has}; the first line names {wanted} columns");
        let (kind, hint) = match record.len() < wanted {
            true => (Kind::MissingField, "give every column, empty where there is nothing"),
            false => (Kind::UnknownField, "put a value that holds the delimiter in quotes"),
        };
        return Some(unusable(at, kind, message, hint));
    }
    let wrong = |index: &usize| {
        record.get(*index).is_some_and(|field| {
            std::str::from_utf8(field).map_or(true, |text| text.contains(char::REPLACEMENT_CHARACTER))
        })
    };
    let index = (0..wanted).find(wrong)?;
    let hint = "save the file as CSV UTF-8, or name its encoding: --encoding gbk";
    Some(unusable(record.place(index, delimiter), Kind::NotUtf8, "the value is not UTF-8".into(), hint))
}

fn json_row<'r>(text: &'r [u8], line: u64, map: &ColumnMap) -> Result<Row<'r>, Unusable> {
    if text.len() > LONGEST {
        let wrong =
            unusable((line, 1), Kind::TooLong, "the row is longer than 1 MiB".into(), "a row is one line");
        return Err(Unusable { is_last: true, ..wrong });
    }
    let Ok(text) = std::str::from_utf8(text) else {
        return Err(unusable(
            (line, 1),
            Kind::NotUtf8,
            "the line is not UTF-8".into(),
            "save the file as UTF-8",
        ));
    };
    let text = text.trim_end();
    let fields: Map<String, Value> = serde_json::from_str(text).map_err(|error| {
        let column = error.column() as u64;
        let words = error.to_string();
        // The line that it names is always the first.
        let words = words.split(" at line ").next().unwrap_or_default();
        let message = format!("the line is not a JSON object: {words}");
        unusable((line, column.max(1)), Kind::NotJson, message, "write one object a line")
    })?;
    let mut columns: Box<[Option<String>; Column::COUNT]> = Box::default();
    for (key, value) in &fields {
        let Some(column) = map.meaning(key) else { continue };
        if columns[column as usize].is_some() {
            let message = format!("a second key holds {}", column.name());
            return Err(unusable((line, 1), Kind::DuplicateField, message, "keep one"));
        }
        columns[column as usize] = text_of(value).map(Cow::into_owned);
    }
    Ok(Row::Json { fields, columns, text, line })
}

fn text_of(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(Cow::Borrowed(text)),
        other => Some(Cow::Owned(other.to_string())),
    }
}

impl Row<'_> {
    /// The value of a column; an empty one counts as not given.
    pub(super) fn get(&self, column: Column) -> Option<&str> {
        let value = match self {
            Row::Csv { record, held, .. } => std::str::from_utf8(record.get(held[column as usize]?)?).ok()?,
            Row::Json { columns, .. } => columns[column as usize].as_deref()?,
        };
        (!value.is_empty()).then_some(value)
    }

    /// The value under a name that a template uses: the file's own, or that of a known column.
    pub(super) fn named(&self, name: &str) -> Option<Cow<'_, str>> {
        match self {
            Row::Csv { record, headers, held, .. } => {
                let own = headers.iter().position(|header| header == name);
                let index = own.or_else(|| held[known(name)? as usize])?;
                Some(Cow::Borrowed(std::str::from_utf8(record.get(index)?).ok()?))
            }
            Row::Json { fields, columns, .. } => match fields.get(name) {
                Some(value) => text_of(value),
                None => columns[known(name)? as usize].as_deref().map(Cow::Borrowed),
            },
        }
    }

    /// Line and column of a value, or of the row.
    pub(super) fn place(&self, column: Option<Column>) -> (u64, u64) {
        match self {
            Row::Csv { record, held, delimiter, .. } => match column.and_then(|column| held[column as usize])
            {
                Some(index) => record.place(index, *delimiter),
                None => (record.line, 1),
            },
            Row::Json { text, line, columns, .. } => {
                let value = column.and_then(|column| columns[column as usize].as_deref());
                let at = value.filter(|value| !value.is_empty()).and_then(|value| text.find(value));
                (*line, at.map_or(1, |at| text[..at].chars().count() as u64 + 1))
            }
        }
    }
}
