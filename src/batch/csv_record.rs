//! Records of a CSV file, one at a time, with the place of each field; the memory is that of one record.

use std::io::{self, BufRead};

/// More bytes are not a row.
pub(super) const LONGEST: usize = 1024 * 1024;

/// One record: its fields as text, and its raw bytes for places.
#[derive(Debug, Default)]
pub(super) struct Record {
    /// The line where it begins, from 1.
    pub(super) line: u64,
    raw: Vec<u8>,
    /// The fields without quotes, one after the other, where some have quotes.
    unquoted: Vec<u8>,
    has_quotes: bool,
    /// Begin and end of each field in the bytes.
    fields: Vec<(usize, usize)>,
    /// A quoted field was not closed before the file ended or the record grew too long.
    pub(super) open: bool,
}

impl Record {
    pub(super) fn len(&self) -> usize {
        self.fields.len()
    }

    pub(super) fn get(&self, index: usize) -> Option<&[u8]> {
        let bytes = if self.has_quotes { &self.unquoted } else { &self.raw };
        self.fields.get(index).map(|(from, to)| &bytes[*from..*to])
    }

    pub(super) fn is_too_long(&self) -> bool {
        self.raw.len() > LONGEST
    }

    /// Line and column of a field, from 1; the column counts characters.
    pub(super) fn place(&self, index: usize, delimiter: u8) -> (u64, u64) {
        let (mut line, mut column, mut field, mut quoted) = (self.line, 1, 0, false);
        for byte in &self.raw {
            if field == index {
                break;
            }
            match *byte {
                b'"' => quoted = !quoted,
                b'\n' => {
                    line += 1;
                    column = 0;
                }
                byte if byte == delimiter && !quoted => field += 1,
                _ => {}
            }
            column += u64::from(byte & 0xc0 != 0x80);
        }
        (line, column)
    }
}

/// How far a record with quotes is read.
#[derive(Default)]
struct Reading {
    /// Where the field begins among the unquoted bytes.
    from: usize,
    quoted: bool,
    /// Nothing of the field was read yet.
    fresh: bool,
    /// The next byte.
    at: usize,
}

/// Reads records; a quoted field may hold delimiters and line ends.
pub(super) struct Records<R> {
    input: R,
    delimiter: u8,
    line: u64,
}

impl<R: BufRead> Records<R> {
    pub(super) fn new(input: R, delimiter: u8) -> Self {
        Records { input, delimiter, line: 0 }
    }

    /// The next record that is not an empty line; `false` at the end.
    pub(super) fn read(&mut self, record: &mut Record) -> io::Result<bool> {
        loop {
            record.raw.clear();
            record.line = self.line + 1;
            if !self.line(&mut record.raw)? {
                return Ok(false);
            }
            if record.raw.iter().any(|byte| !matches!(byte, b'\r' | b'\n')) {
                break;
            }
        }
        record.has_quotes = record.raw.contains(&b'"');
        record.open = false;
        if !record.has_quotes {
            self.split(record);
            return Ok(true);
        }
        record.fields.clear();
        record.unquoted.clear();
        // Each line goes on where the one before has stopped: a field of many lines is read once.
        let mut reading = Reading { fresh: true, ..Reading::default() };
        while !self.unquote(record, &mut reading) {
            if record.is_too_long() || !self.line(&mut record.raw)? {
                record.open = true;
                break;
            }
        }
        Ok(true)
    }

    fn line(&mut self, into: &mut Vec<u8>) -> io::Result<bool> {
        let room = (LONGEST + 2).saturating_sub(into.len()) as u64;
        let read = io::Read::take(&mut self.input, room).read_until(b'\n', into)?;
        self.line += 1;
        Ok(read > 0)
    }

    fn split(&self, record: &mut Record) {
        record.fields.clear();
        let end = line_end(&record.raw);
        let mut from = 0;
        for at in 0..end {
            if record.raw[at] == self.delimiter {
                record.fields.push((from, at));
                from = at + 1;
            }
        }
        record.fields.push((from, end));
    }

    /// Takes quotes away; `false` if one is not closed yet.
    fn unquote(&self, record: &mut Record, reading: &mut Reading) -> bool {
        let end = line_end(&record.raw);
        let Reading { from, quoted, fresh, at } = reading;
        while *at < record.raw.len() {
            let byte = record.raw[*at];
            if *quoted {
                match (byte, record.raw.get(*at + 1)) {
                    (b'"', Some(b'"')) => {
                        record.unquoted.push(b'"');
                        *at += 1;
                    }
                    (b'"', _) => *quoted = false,
                    _ => record.unquoted.push(byte),
                }
            } else if *at >= end {
                break;
            } else if byte == b'"' && *fresh {
                *quoted = true;
            } else if byte == self.delimiter {
                record.fields.push((*from, record.unquoted.len()));
                *from = record.unquoted.len();
                *at += 1;
                *fresh = true;
                continue;
            } else {
                record.unquoted.push(byte);
            }
            *fresh = false;
            *at += 1;
        }
        if !*quoted {
            record.fields.push((*from, record.unquoted.len()));
        }
        !*quoted
    }
}

fn line_end(raw: &[u8]) -> usize {
    let end = raw.strip_suffix(b"\n").unwrap_or(raw);
    end.strip_suffix(b"\r").unwrap_or(end).len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(text: &[u8]) -> Vec<(u64, Vec<String>)> {
        let mut records = Records::new(text, b',');
        let mut record = Record::default();
        let mut all = Vec::new();
        while records.read(&mut record).unwrap() {
            let field = |index| String::from_utf8_lossy(record.get(index).unwrap()).into_owned();
            all.push((record.line, (0..record.len()).map(field).collect()));
        }
        all
    }

    #[test]
    fn quotes_hold_delimiters_quotes_and_lines() {
        let text = b"a,b\r\n\r\n\"x, \"\"y\"\"\nz\",2\n5\" screen,3";
        let texts = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            all(text),
            [(1, texts(&["a", "b"])), (3, texts(&["x, \"y\"\nz", "2"])), (5, texts(&["5\" screen", "3"]))]
        );
    }

    #[test]
    fn a_field_has_its_place() {
        let mut records = Records::new(&b"h\n\"a\nb\",\xe4\xbd\xa0,c\n"[..], b',');
        let mut record = Record::default();
        assert!(records.read(&mut record).unwrap() && records.read(&mut record).unwrap());
        let places: Vec<_> = (0..3).map(|index| record.place(index, b',')).collect();
        assert_eq!(places, [(2, 1), (3, 4), (3, 6)]);
    }

    #[test]
    fn a_quote_that_is_not_closed_is_told_and_does_not_grow_without_end() {
        let text = format!("a\n\"{}", "x\n".repeat(LONGEST));
        let mut records = Records::new(text.as_bytes(), b',');
        let mut record = Record::default();
        assert!(records.read(&mut record).unwrap() && records.read(&mut record).unwrap());
        assert!(record.open && record.is_too_long() && record.raw.len() < LONGEST + 8);
    }

    proptest! {
        #[test]
        fn every_table_is_read_as_the_csv_crate_reads_it(rows in proptest::collection::vec(
            proptest::collection::vec("[a,\"\\n\\r ;你]{0,6}", 2..5), 1..5)) {
            let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
            rows.iter().for_each(|row| writer.write_record(row).unwrap());
            let text = writer.into_inner().unwrap();
            let read: Vec<Vec<String>> = all(&text).into_iter().map(|(_, fields)| fields).collect();
            prop_assert_eq!(read, rows);
        }
    }
}
