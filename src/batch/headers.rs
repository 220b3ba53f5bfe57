//! The first line of CSV: which column holds what, and everything that is wrong with it at once.

use super::columns::{Column, ColumnMap, Held, known};
use super::csv_record::Record;
use crate::failure::{Failure, Kind, Problem};

pub(super) fn headers(
    record: Option<&Record>,
    file: &str,
    delimiter: u8,
    map: &ColumnMap,
    needed: &[String],
) -> Result<(Vec<String>, Held), Failure> {
    let Some(record) = record else {
        let hint =
            "the first line must name the columns: reg_id, alias or user, and at will title, content …";
        return Err(Problem::new(Kind::Empty, format!("{file} holds no line"), hint).at(file).into());
    };
    let place = |index: usize| {
        let (line, column) = record.place(index, delimiter);
        format!("{file}:{line}:{column}")
    };
    if record.open || record.is_too_long() {
        let message = "the first line does not end as a line of CSV does";
        let hint = "the first line must name the columns; close its quotes";
        return Err(Problem::new(Kind::BadRow, message, hint).at(place(0)).into());
    }
    let mut problems = Vec::new();
    let mut held: Held = Held::default();
    let mut headers = Vec::new();
    for index in 0..record.len() {
        let bytes = record.get(index).unwrap_or_default();
        let Ok(header) = std::str::from_utf8(bytes) else {
            let hint = "save the file as CSV UTF-8, or name its encoding: --encoding gbk";
            let message = "the name of a column is not UTF-8";
            problems.push(Problem::new(Kind::NotUtf8, message, hint).at(place(index)));
            headers.push(String::new());
            continue;
        };
        let header = header.trim().to_owned();
        let column = map.meaning(&header);
        if let Some(column) = column.filter(|column| held[*column as usize].is_some()) {
            let message = format!("a second column holds {}", column.name());
            let hint = format!("keep one; pass the other over: --map '{header}=-'");
            problems.push(Problem::new(Kind::DuplicateField, message, hint).at(place(index)));
        } else if let Some(column) = column {
            held[column as usize] = Some(index);
        }
        headers.push(header);
    }
    missing(&headers, &held, map, needed, &place(0), &mut problems);
    if problems.is_empty() { Ok((headers, held)) } else { Err(Failure::all(problems)) }
}

/// What a map, a template or a target needs, and no column holds.
fn missing(
    headers: &[String],
    held: &Held,
    map: &ColumnMap,
    needed: &[String],
    first: &str,
    problems: &mut Vec<Problem>,
) {
    let has = |name: &str| headers.iter().any(|header| header == name);
    for mapped in map.headers().filter(|mapped| !has(mapped)) {
        let message = format!("the file has no column {mapped:?}");
        let hint = format!("its columns are {}", headers.join(", "));
        problems.push(Problem::new(Kind::MalformedFlag, message, hint).at("--map"));
    }
    let is_there =
        |name: &str| has(name) || known(name).is_some_and(|column| held[column as usize].is_some());
    for name in needed.iter().filter(|name| !is_there(name)) {
        let message = format!("a template uses {{{{{name}}}}}, and the file has no such column");
        let hint = format!("its columns are {}", headers.join(", "));
        problems.push(Problem::new(Kind::UnknownField, message, hint).at(first));
    }
    let targets = [Column::RegId, Column::Alias, Column::User];
    if targets.iter().all(|column| held[*column as usize].is_none()) && problems.is_empty() {
        let message = "no column holds reg_id, alias or user";
        let hint = format!("name one: --map '{}=reg_id'", headers.first().map_or("HEADER", String::as_str));
        problems.push(Problem::new(Kind::MissingField, message, hint).at(first));
    }
}
