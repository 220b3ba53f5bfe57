//! Rows of a CSV file: the first line names the columns, in any order.

use super::column::{Column, ColumnMap, HeaderMeaning, Values};
use super::format::Source;
use super::place::{Fault, FileRow, LONGEST, Position, raw_record, too_long};
use crate::failure::{Failure, Kind, Problem};

/// A table with known columns.
pub(super) struct Table<'a> {
    bytes: &'a [u8],
    /// What each column of the file holds.
    columns: Vec<Option<Column>>,
    headers: Vec<String>,
}

impl<'a> Table<'a> {
    /// Reads the first line.
    pub(super) fn open(source: &Source<'a>) -> Result<Self, Failure> {
        let mut record = ::csv::ByteRecord::new();
        let found = reader(source.bytes).read_byte_record(&mut record);
        if !matches!(found, Ok(true)) {
            let hint = "the first line must name the columns: user, reg_id, and at will device, certificate_id, brand";
            let message = format!("{} holds no line", source.name);
            return Err(Problem::new(Kind::Empty, message, hint).at(source.name).into());
        }
        if record.as_slice().len() > LONGEST {
            let (_, problem) = too_long("the first line must name the columns");
            return Err(problem.at(format!("{}:1:1", source.name)).into());
        }
        let headers: Vec<String> =
            record.iter().map(|header| String::from_utf8_lossy(header).into_owned()).collect();
        let places = raw_record(source.bytes, 1).fields;
        let place = |index: usize| {
            let (line, column) = places.get(index).copied().unwrap_or((1, 1));
            format!("{}:{line}:{column}", source.name)
        };
        let columns = meanings(&headers, source.map, &place)?;
        Ok(Table { bytes: source.bytes, columns, headers })
    }

    /// The names in the first line, each with its place.
    pub(super) fn headers(source: &Source<'_>) -> Vec<(String, String)> {
        let mut record = ::csv::ByteRecord::new();
        let _ = reader(source.bytes).read_byte_record(&mut record);
        let places = raw_record(source.bytes, 1).fields.into_iter();
        let places = places.map(|(line, column)| format!("{}:{line}:{column}", source.name));
        record.iter().map(|header| String::from_utf8_lossy(header).into_owned()).zip(places).collect()
    }

    pub(super) fn each(&self, visit: &mut dyn FnMut(FileRow<'_>) -> bool) {
        let mut reader = reader(self.bytes);
        let mut record = ::csv::ByteRecord::new();
        let mut is_header = true;
        loop {
            let from = reader.position().clone();
            // Bytes in memory can't fail to be read.
            if !matches!(reader.read_byte_record(&mut record), Ok(true)) {
                return;
            }
            if std::mem::take(&mut is_header) {
                continue;
            }
            let raw = &self.bytes[from.byte() as usize..];
            let is_last = reader.position().byte() as usize == self.bytes.len();
            let position = |column: Option<Column>| {
                let places = raw_record(raw, from.line()).fields;
                let index =
                    column.and_then(|column| self.columns.iter().position(|one| *one == Some(column)));
                let (line, at) = index.and_then(|index| places.get(index)).copied().unwrap_or(places[0]);
                Position { line, column: at, label: index.map(|index| self.headers[index].clone()) }
            };
            let length = (reader.position().byte() - from.byte()) as usize;
            let row = match length > LONGEST {
                true => Err(vec![too_long("a quote that is not closed makes one row of many lines")]),
                false => self.values(&record, is_last && raw_record(raw, 1).open),
            };
            if !visit(FileRow { row, position: &position }) {
                return;
            }
        }
    }

    fn values<'r>(&self, record: &'r ::csv::ByteRecord, open: bool) -> Result<Values<'r>, Vec<Fault>> {
        let cut = "if it is the last line, the file may have been cut off";
        let whole =
            |kind, message: String, hint: String| Err(vec![(None, Problem::new(kind, message, hint))]);
        if open {
            let message = "a quoted field is not closed".to_owned();
            return whole(Kind::MissingField, message, format!("close it with a quote; {cut}"));
        }
        let (found, wanted) = (record.len(), self.columns.len());
        let has = if found == 1 { "1 field".to_owned() } else { format!("{found} fields") };
        let message = format!("the row has {has}; the first line names {wanted} columns");
        if found < wanted {
            let hint = format!("give every column, empty where there is nothing; {cut}");
            return whole(Kind::MissingField, message, hint);
        }
        if found > wanted {
            let hint = "put a value that holds a comma in quotes".to_owned();
            return whole(Kind::UnknownField, message, hint);
        }
        let mut values = Values::default();
        let mut faults = Vec::new();
        for (field, column) in record.iter().zip(&self.columns) {
            let Some(column) = *column else { continue };
            match std::str::from_utf8(field) {
                Ok(text) => values.set(column, text),
                Err(_) => {
                    let message = format!("{}: the value is not UTF-8", column.name());
                    let hint = "save the file as UTF-8; in Excel: CSV UTF-8 (comma delimited)";
                    faults.push((Some(column), Problem::new(Kind::BadName, message, hint)));
                }
            }
        }
        if faults.is_empty() { Ok(values) } else { Err(faults) }
    }
}

fn reader(bytes: &[u8]) -> ::csv::Reader<&[u8]> {
    ::csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(bytes)
}

fn meanings(
    headers: &[String],
    map: &ColumnMap,
    place: &dyn Fn(usize) -> String,
) -> Result<Vec<Option<Column>>, Failure> {
    let mut problems = Vec::new();
    let mut columns: Vec<Option<Column>> = Vec::new();
    for (index, header) in headers.iter().enumerate() {
        let column = match map.meaning(header) {
            HeaderMeaning::Column(column) => Some(column),
            HeaderMeaning::PassedOver => None,
            // The import has named it before.
            HeaderMeaning::Unknown => None,
        };
        if let Some(column) = column.filter(|column| columns.contains(&Some(*column))) {
            let message = format!("a second column holds {}", column.name());
            let hint = format!("keep one; pass the other over: --map '{header}=-'");
            problems.push(Problem::new(Kind::DuplicateField, message, hint).at(place(index)));
        }
        columns.push(column);
    }
    for mapped in map.headers().filter(|mapped| !headers.iter().any(|header| header == mapped)) {
        let message = format!("the file has no column {mapped:?}");
        let hint = format!("its columns are {}", headers.join(", "));
        problems.push(Problem::new(Kind::MalformedFlag, message, hint).at("--map"));
    }
    for column in [Column::User, Column::RegId].into_iter().filter(|column| !columns.contains(&Some(*column)))
    {
        let separated = headers.len() == 1 && headers[0].contains([';', '\t']);
        let hint = if separated {
            "separate the columns by commas".to_owned()
        } else {
            format!("name it in the first line, or map another: --map HEADER={}", column.name())
        };
        let message = format!("no column holds {}", column.name());
        problems.push(Problem::new(Kind::MissingField, message, hint).at(place(0)));
    }
    if problems.is_empty() { Ok(columns) } else { Err(Failure::all(problems)) }
}
