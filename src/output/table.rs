//! A table without a box, in the width of a terminal: ids are shortened in the middle, texts are wrapped at spaces, and
//! where that is not enough each row becomes a list of its fields. In a pipe nothing is changed.

use comfy_table::ColumnConstraint::Absolute;
use comfy_table::{Table, TableStyle, Width};
use unicode_width::UnicodeWidthChar;

/// Columns between two cells.
const GAP: usize = 2;
/// A word of so many columns can still be told from others.
const SHORT: usize = 16;

/// The number of the row whose last cell is the last piece here, and the pieces, padded.
pub(super) type Line = (Option<usize>, Vec<String>);

pub(super) fn laid_out(header: &[String], rows: &[Vec<String>], room: Option<usize>) -> Vec<Line> {
    let all = || std::iter::once(header).chain(rows.iter().map(Vec::as_slice));
    let measure = |of: fn(&str) -> usize| -> Vec<usize> {
        let widest =
            |column: usize| all().filter_map(|row: &[String]| row.get(column)).map(|cell| of(cell)).max();
        (0..header.len()).map(|column| widest(column).unwrap_or(0)).collect()
    };
    let mut widths = measure(width);
    if let Some(room) = room {
        for least in [measure(shortest_line), measure(shortest_word)] {
            shrink(&mut widths, &least, room);
        }
        if total(&widths) > room {
            return records(header, rows, room);
        }
    }
    let mut lines = row_lines(None, header, &widths);
    for (number, row) in rows.iter().enumerate() {
        lines.extend(row_lines(Some(number), row, &widths));
    }
    lines
}

fn total(widths: &[usize]) -> usize {
    widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1)
}

/// Takes room from the widest column until the table fits, or no column can give more.
fn shrink(widths: &mut [usize], least: &[usize], room: usize) {
    while total(widths) > room {
        let wide = (0..widths.len()).filter(|at| widths[*at] > least[*at]).max_by_key(|at| widths[*at]);
        let Some(wide) = wide else { return };
        widths[wide] -= 1;
    }
}

fn row_lines(number: Option<usize>, row: &[String], widths: &[usize]) -> Vec<Line> {
    let last_at = total(widths) - widths.last().unwrap_or(&0);
    drawn(row, widths)
        .into_iter()
        .map(|line| {
            let (before, last) = line.split_at(byte_at(&line, last_at));
            (number, vec![before.to_owned(), last.trim_end().to_owned()])
        })
        .collect()
}

/// The lines of one row, padded; each cell is wrapped at spaces, its long words are shortened before.
fn drawn(row: &[String], widths: &[usize]) -> Vec<String> {
    let mut table = Table::new();
    table.load_style(TableStyle::new());
    table.add_row(row.iter().zip(widths).map(|(cell, room)| shortened(cell, *room)));
    for (column, width) in table.column_iter_mut().zip(widths) {
        let columns = u16::try_from(width + GAP).unwrap_or(u16::MAX);
        column.set_padding((0, GAP as u16)).set_constraint(Absolute(Width::Fixed(columns)));
    }
    table.lines().collect()
}

/// Where the text goes on after so many columns.
fn byte_at(line: &str, columns: usize) -> usize {
    let mut before = 0;
    let at = line.char_indices().find(|(_, c)| {
        let here = before;
        before += c.width().unwrap_or(0);
        here >= columns
    });
    at.map_or(line.len(), |(at, _)| at)
}

/// Each row as lines of a field's name and its value; what is empty is left out.
fn records(header: &[String], rows: &[Vec<String>], room: usize) -> Vec<Line> {
    let names = header.iter().map(|name| width(name)).max().unwrap_or(0) + GAP;
    let room = room.saturating_sub(names).max(SHORT);
    let mut lines = Vec::new();
    for (number, row) in rows.iter().enumerate() {
        if number > 0 {
            lines.push((None, Vec::new()));
        }
        for (column, (name, cell)) in
            header.iter().zip(row).enumerate().filter(|(_, (_, cell))| !cell.is_empty())
        {
            let of_row = (column + 1 == row.len()).then_some(number);
            let name = [name.clone(), cell.clone()];
            lines.extend(row_lines(of_row, &name, &[names - GAP, room]));
        }
    }
    lines
}

/// A long word of ASCII is an id or a path: its ends tell it from others. Text without spaces may break anywhere.
fn shortened(cell: &str, room: usize) -> String {
    let word = |word: &str| {
        if word.len() <= room || !word.is_ascii() {
            return word.to_owned();
        }
        let kept = room.saturating_sub(1);
        format!("{}…{}", &word[..kept.div_ceil(2)], &word[word.len() - kept / 2..])
    };
    cell.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// With its long words shortened, and on one line.
fn shortest_line(cell: &str) -> usize {
    cell.split(' ').map(|word| width(word).min(SHORT) + 1).sum::<usize>().saturating_sub(1)
}

/// With its long words shortened, and broken at every space.
fn shortest_word(cell: &str) -> usize {
    cell.split(' ').map(|word| width(word).min(SHORT)).max().unwrap_or(0)
}

fn width(text: &str) -> usize {
    console::measure_text_width(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn drawn(room: Option<usize>) -> String {
        let header = ["ID", "AT", "TO", "STATUS"].map(str::to_owned);
        let row = |cells: [&str; 4]| cells.map(str::to_owned).to_vec();
        let rows = [
            row(["1", "2026-11-30 13:05:11", "OPPO_CN_00000000000000000000000000000001", "refused 67"]),
            row(["12", "2026-11-30 13:05:12", "演示", "accepted"]),
        ];
        let lines = laid_out(&header, &rows, room).into_iter();
        lines.map(|(_, cells)| format!("{}\n", cells.concat().trim_end())).collect()
    }

    #[test]
    fn an_id_is_shortened_before_a_text_is_wrapped_and_a_narrow_table_becomes_lists() {
        assert_eq!(drawn(None), drawn(Some(80)));
        insta::assert_snapshot!(format!("{}\n{}\n{}", drawn(Some(60)), drawn(Some(42)), drawn(Some(30))), @r"
        ID  AT                   TO                       STATUS
        1   2026-11-30 13:05:11  OPPO_CN_000…00000000001  refused 67
        12  2026-11-30 13:05:12  演示                     accepted

        ID  AT          TO                STATUS
        1   2026-11-30  OPPO_CN_…0000001  refused
            13:05:11                      67
        12  2026-11-30  演示              accepted
            13:05:12

        ID      1
        AT      2026-11-30 13:05:11
        TO      OPPO_CN_000…0000000001
        STATUS  refused 67

        ID      12
        AT      2026-11-30 13:05:12
        TO      演示
        STATUS  accepted
        ");
    }

    proptest! {
        #[test]
        fn it_fits_and_loses_no_short_word(
            cells in proptest::collection::vec("([a-z]{1,15} ){0,4}", 1..24),
            columns in 1_usize..6,
            room in 40_usize..140,
        ) {
            let header: Vec<String> = (0..columns).map(|at| format!("H{at}")).collect();
            let rows: Vec<Vec<String>> = cells.chunks_exact(columns).map(<[String]>::to_vec).collect();
            let lines = laid_out(&header, &rows, Some(room));
            let said: Vec<String> = lines.into_iter().map(|(_, cells)| cells.concat()).collect();
            prop_assert!(said.iter().all(|line| width(line.trim_end()) <= room), "{said:#?}");
            let words: Vec<&str> = said.iter().flat_map(|line| line.split_whitespace()).collect();
            for word in rows.iter().flatten().flat_map(|cell| cell.split_whitespace()) {
                prop_assert!(words.contains(&word), "{word} {said:#?}");
            }
        }
    }
}
