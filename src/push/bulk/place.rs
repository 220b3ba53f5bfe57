//! A row as a file gives it, and the places of it and its values in the file.

use super::column::{Column, Values};
use crate::failure::{Kind, Problem};

/// One row, or what keeps it from being read, and how to find its place.
pub(super) struct FileRow<'r> {
    pub(super) row: Result<Values<'r>, Vec<Fault>>,
    /// The place of a column's value, or of the row itself.
    pub(super) position: &'r dyn Fn(Option<Column>) -> Position,
}

/// What is wrong, and with which column if with one alone; its place is not known yet.
pub(super) type Fault = (Option<Column>, Problem);

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Position {
    /// From 1, both; the column counts characters.
    pub(super) line: u64,
    pub(super) column: u64,
    /// What the file calls the value.
    pub(super) label: Option<String>,
}

impl Position {
    /// `tokens.csv:17:9`
    pub(super) fn place(&self, name: &str) -> String {
        format!("{name}:{}:{}", self.line, self.column)
    }
}

/// A row of more bytes is not a report.
pub(super) const LONGEST: usize = 1024 * 1024;

pub(super) fn too_long(hint: &'static str) -> Fault {
    (None, Problem::new(Kind::TooLong, "the row is longer than 1 MiB", hint))
}

/// Where the fields of a CSV record begin.
pub(super) struct RawRecord {
    /// Line and column of each field, from 1.
    pub(super) fields: Vec<(u64, u64)>,
    /// A quoted field was not closed.
    pub(super) open: bool,
}

/// Reads a record's raw text from where the one before ended. `line` is the number of the line there.
pub(super) fn raw_record(raw: &[u8], mut line: u64) -> RawRecord {
    let blank = raw.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
    line += raw[..blank].iter().filter(|byte| **byte == b'\n').count() as u64;
    let mut record = RawRecord { fields: vec![(line, 1)], open: false };
    let (mut column, mut quoted, mut fresh) = (1_u64, false, true);
    for (at, byte) in raw[blank..].iter().enumerate() {
        // Only the first byte of a character counts.
        column += u64::from(byte & 0xc0 != 0x80);
        match byte {
            b'"' if fresh => quoted = true,
            b'"' if quoted => quoted = false,
            // A second quote right after the closing one is one in the text.
            b'"' if at > 0 && raw[blank + at - 1] == b'"' && !fresh => quoted = true,
            b',' if !quoted => {
                record.fields.push((line, column));
                fresh = true;
                continue;
            }
            b'\n' => {
                if !quoted {
                    return record;
                }
                line += 1;
                column = 1;
            }
            b'\r' if !quoted => return record,
            _ => {}
        }
        fresh = false;
    }
    record.open = quoted;
    record
}
