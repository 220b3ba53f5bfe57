//! How other push services carry OPPO's fields: where the part lies, and what its names become. A table for each.

mod table;
mod wrapper;

use serde_json::{Map, Value};

use super::item::Found;
use super::kind::PayloadKind;
use super::path::has;

/// The message in an object that has the marks of a wrapper.
pub(super) fn find(map: &Map<String, Value>, path: &str) -> Option<(PayloadKind, Found)> {
    let wrapper = table::WRAPPERS.iter().find(|wrapper| wrapper.marks.iter().any(|mark| has(map, mark)))?;
    Some((wrapper.kind, wrapper.unwrap(map, path)))
}
