//! Taking tables, keys and array elements out, without the comments that are about more than them.

use super::place::{self, prefix, set_off};
use super::values;
use toml_edit::{DocumentMut, Item, Table, Value};

/// Removes `[profile.NAME]` with all below it.
pub(super) fn profile(document: &mut DocumentMut, name: &str) {
    let first = document["profile"].get(name).and_then(Item::as_table).and_then(first_header);
    match document.get_mut("profile") {
        Some(Item::Table(profiles)) => {
            profiles.remove(name);
        }
        Some(Item::Value(Value::InlineTable(profiles))) => {
            values::remove_inline(profiles, name);
        }
        _ => {}
    }
    if let Some((position, kept)) = first {
        place::put_above_next(document, position, &kept);
    }
}

/// Removes one element of a profile's certificates.
pub(super) fn certificate(document: &mut DocumentMut, profile: &str, id: i64) {
    let mut gone = None;
    let certificates = document["profile"][profile].get_mut("certificate");
    match certificates {
        Some(Item::ArrayOfTables(tables)) => {
            let index =
                tables.iter().position(|table| table.get("id").and_then(Item::as_integer) == Some(id));
            if let Some(index) = index {
                gone = tables.get(index).and_then(first_header);
                tables.remove(index);
            }
        }
        Some(Item::Value(Value::Array(array))) => {
            let is_it = |value: &Value| {
                value.as_inline_table().and_then(|table| table.get("id")).and_then(Value::as_integer)
                    == Some(id)
            };
            let index = array.iter().position(is_it);
            if let Some(index) = index {
                let removed = array.remove(index);
                // The first element is closer to the bracket than the others to their comma.
                if let (0, Some(first)) = (index, array.get_mut(0)) {
                    let space = prefix(removed.decor());
                    if !prefix(first.decor()).contains('#') {
                        first.decor_mut().set_prefix(space);
                    }
                }
            }
        }
        _ => {}
    }
    if let Some((position, kept)) = gone {
        place::put_above_next(document, position, &kept);
    }
}

/// Removes a key of the document or of one of its tables.
pub(super) fn key(document: &mut DocumentMut, profile: Option<&str>, key: &str) {
    let table = match profile {
        None => Some(document.as_table_mut()),
        Some(name) => match document["profile"].get_mut(name) {
            Some(Item::Table(table)) => Some(table),
            Some(Item::Value(Value::InlineTable(table))) => {
                values::remove_inline(table, key);
                None
            }
            _ => None,
        },
    };
    if let Some(table) = table {
        let (position, kept) = key_of(table, key);
        place::put_above_next(document, position, &kept);
    }
}

/// Removes a key of a table. A comment that is not its own goes to the next key, or is given back for the next table.
pub(super) fn key_of(table: &mut Table, key: &str) -> (isize, String) {
    let above = table.key(key).map(|key| prefix(key.leaf_decor())).unwrap_or_default();
    let kept = set_off(&above);
    let next = table.iter().skip_while(|(name, _)| *name != key).skip(1).find(|(_, item)| item.is_value());
    let next = next.map(|(name, _)| name.to_owned());
    let position = table.position().unwrap_or(isize::MIN);
    table.remove(key);
    match next.and_then(|name| table.key_mut(&name)) {
        Some(mut next) => {
            let old = prefix(next.leaf_decor());
            if !kept.is_empty() {
                next.leaf_decor_mut().set_prefix(format!("{kept}\n{}", old.trim_start_matches('\n')));
            }
            (position, String::new())
        }
        None => (position, kept),
    }
}

/// Where the first header of a table or of those below it is, and the comments above it that are not its own.
fn first_header(table: &Table) -> Option<(isize, String)> {
    let mut first: Option<(isize, String)> = None;
    place::each(table, &mut |table| {
        if let Some(position) = table.position()
            && first.as_ref().is_none_or(|(other, _)| position < *other)
        {
            first = Some((position, set_off(&prefix(table.decor()))));
        }
    });
    first
}
