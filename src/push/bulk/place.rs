//! A row as a file gives it, and the places of it and its values in the file.
//! What is wrong with a value belongs to the rules of a report.

use super::column::{Column, Values};
use crate::failure::{Kind, Problem};

/// One row, and how to find its place.
pub(super) struct Given<'r> {
    pub(crate) row: Row<'r>,
    /// The place of a column's value, or of the row itself.
    pub(crate) spot: &'r dyn Fn(Option<Column>) -> Spot,
}

pub(super) enum Row<'r> {
    Values(Values<'r>),
    Bad(Vec<Fault>),
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    /// From 1, both; the column counts characters.
    pub(crate) line: u64,
    pub(crate) column: u64,
    /// What the file calls the value.
    pub(crate) label: Option<String>,
}

impl Spot {
    /// `tokens.csv:17:9`
    pub(super) fn place(&self, name: &str) -> String {
        format!("{name}:{}:{}", self.line, self.column)
    }
}

/// What keeps a row from being read at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(crate) kind: Kind,
    pub(crate) column: Option<Column>,
    pub(crate) message: String,
    pub(crate) hint: String,
}

impl Fault {
    pub(super) fn new(kind: Kind, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Fault { kind, column: None, message: message.into(), hint: hint.into() }
    }

    pub(super) fn problem(self, place: String) -> Problem {
        Problem::new(self.kind, self.message, self.hint).at(place)
    }
}

/// Where the fields of a CSV record begin.
pub(super) struct Walk {
    /// Line and column of each field, from 1.
    pub(crate) fields: Vec<(u64, u64)>,
    /// A quoted field was not closed.
    pub(crate) open: bool,
}

/// Walks a record's raw text from where the one before ended. `line` is the number of the line there.
pub(super) fn walk(raw: &[u8], mut line: u64) -> Walk {
    let blank = raw.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
    line += raw[..blank].iter().filter(|byte| **byte == b'\n').count() as u64;
    let mut walk = Walk { fields: vec![(line, 1)], open: false };
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
                walk.fields.push((line, column));
                fresh = true;
                continue;
            }
            b'\n' => {
                if !quoted {
                    return walk;
                }
                line += 1;
                column = 1;
            }
            b'\r' if !quoted => return walk,
            _ => {}
        }
        fresh = false;
    }
    walk.open = quoted;
    walk
}
