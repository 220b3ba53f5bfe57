//! Where new tables go, and that comments stay where they were when something comes or goes beside them.

use toml_edit::{Decor, DocumentMut, Item, RawString, Table};

/// Calls `see` with every table that has a header, in no particular order.
pub(super) fn each(table: &Table, see: &mut impl FnMut(&Table)) {
    if !table.is_dotted() && !table.is_implicit() {
        see(table);
    }
    for (_, item) in table.iter() {
        match item {
            Item::Table(table) => each(table, see),
            Item::ArrayOfTables(tables) => tables.iter().for_each(|table| each(table, see)),
            _ => {}
        }
    }
}

fn positions(table: &Table) -> Vec<isize> {
    let mut positions = Vec::new();
    each(table, &mut |table| positions.extend(table.position()));
    positions
}

/// The position of the document's last table.
pub(super) fn last_position(document: &DocumentMut) -> isize {
    positions(document).into_iter().max().unwrap_or(0)
}

/// The position of the last table of a profile.
pub(super) fn last_position_of(document: &DocumentMut, profile: &str) -> Option<isize> {
    let table = document.get("profile")?.get(profile)?.as_table()?;
    positions(table).into_iter().max()
}

/// The table with the lowest position above `position`.
fn next_table(document: &mut DocumentMut, position: isize) -> Option<&mut Table> {
    // The root has the lowest position of all and no header.
    let mut all = Vec::new();
    for (_, item) in document.iter() {
        match item {
            Item::Table(table) => all.extend(positions(table)),
            Item::ArrayOfTables(tables) => all.extend(tables.iter().flat_map(positions)),
            _ => {}
        }
    }
    let next = all.into_iter().filter(|other| *other > position).min()?;
    document.iter_mut().find_map(|(_, item)| at_position(item, next))
}

fn at_position(item: &mut Item, position: isize) -> Option<&mut Table> {
    match item {
        Item::Table(table) => in_table(table, position),
        Item::ArrayOfTables(tables) => tables.iter_mut().find_map(|table| in_table(table, position)),
        _ => None,
    }
}

fn in_table(table: &mut Table, position: isize) -> Option<&mut Table> {
    if table.position() == Some(position) && !table.is_dotted() && !table.is_implicit() {
        return Some(table);
    }
    table.iter_mut().find_map(|(_, item)| at_position(item, position))
}

/// What is above something, as text.
pub(super) fn prefix(decor: &Decor) -> String {
    decor.prefix().and_then(RawString::as_str).unwrap_or_default().to_owned()
}

/// Of the comments above something, those that are set off from it by an empty line: they are about more than it.
pub(super) fn set_off(prefix: &str) -> String {
    let lines: Vec<&str> = prefix.split_inclusive('\n').collect();
    let blank = lines.iter().rposition(|line| line.trim().is_empty() && line.ends_with('\n')).unwrap_or(0);
    let kept = lines[..blank].concat();
    if kept.trim().is_empty() { String::new() } else { kept }
}

fn above(kept: &str, prefix: &str) -> String {
    let gap = if prefix.starts_with('\n') || prefix.is_empty() && kept.is_empty() { "" } else { "\n" };
    format!("{kept}{gap}{prefix}")
}

/// Puts the comments of a removed table above the table that followed it, or at the end.
pub(super) fn put_above_next(document: &mut DocumentMut, position: isize, kept: &str) {
    if kept.is_empty() {
        return;
    }
    match next_table(document, position) {
        Some(table) => {
            let old = prefix(table.decor());
            table.decor_mut().set_prefix(above(kept, &old));
        }
        None => {
            let trailing = format!("{kept}{}", document.trailing().as_str().unwrap_or_default());
            document.set_trailing(trailing);
        }
    }
}

/// A new last table goes behind the comments at the end of the file, not before them.
pub(super) fn put_behind_end(
    document: &mut DocumentMut,
    get: impl FnOnce(&mut DocumentMut) -> Option<&mut Table>,
) {
    let end = document.trailing().as_str().unwrap_or_default().to_owned();
    if end.trim().is_empty() {
        return;
    }
    if let Some(table) = get(document) {
        let gap = if end.ends_with('\n') { "\n" } else { "\n\n" };
        table.decor_mut().set_prefix(format!("{end}{gap}"));
        document.set_trailing("");
    }
}

/// Below the first top-level key the first table needs an empty line; what heads the file stays above the key.
pub(super) fn make_room_below(document: &mut DocumentMut, key: &str) {
    let Some(table) = next_table(document, isize::MIN) else { return };
    let Some(old) = table.decor().prefix().and_then(RawString::as_str).map(str::to_owned) else { return };
    let head = set_off(&old);
    let rest = old[head.len()..].to_owned();
    table.decor_mut().set_prefix(above("", if rest.is_empty() { "\n" } else { &rest }));
    if let Some(mut key) = document.key_mut(key) {
        key.leaf_decor_mut().set_prefix(head);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_set_off_by_an_empty_line_are_about_more() {
        assert_eq!(set_off("# head\n\n# about\n"), "# head\n");
        assert_eq!(set_off("\n# section\n\n"), "\n# section\n");
        assert_eq!(set_off("\n# about\n"), "");
        assert_eq!(set_off("# about\n"), "");
        assert_eq!(set_off(""), "");
    }
}
