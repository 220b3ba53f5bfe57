//! References of a manifest to its resource table, looked up all at once, and only where one is asked for.

use std::collections::{BTreeSet, HashMap};

use super::tree::Element;
use super::unreadable::Unreadable;

/// What each reference means.
pub(super) type Values = HashMap<u32, String>;

/// A manifest's values, read from the table when the first of them is needed.
pub(super) struct References<F> {
    table: Option<F>,
    values: Values,
    failed: Option<Unreadable>,
}

impl<F: FnOnce() -> Result<Values, Unreadable>> References<F> {
    pub(super) fn new(table: F) -> Self {
        References { table: Some(table), values: Values::new(), failed: None }
    }

    pub(super) fn resolve(&mut self, text: &str) -> Option<String> {
        let id = id(text)?;
        match self.table.take().map(|table| table()) {
            Some(Ok(values)) => self.values = values,
            Some(Err(error)) => self.failed = Some(error),
            None => {}
        }
        self.values.get(&id).cloned()
    }

    /// Whether the table could be read, where it was needed.
    pub(super) fn result(self) -> Result<(), Unreadable> {
        self.failed.map_or(Ok(()), Err)
    }
}

/// How a reader writes a reference that has a number.
pub(super) fn text(id: u32) -> String {
    format!("@0x{id:08x}")
}

pub(super) fn id(text: &str) -> Option<u32> {
    u32::from_str_radix(text.strip_prefix("@0x")?, 16).ok()
}

/// Every reference in the manifest.
pub(super) fn wanted(root: &Element) -> BTreeSet<u32> {
    let mut found = BTreeSet::new();
    let mut open = vec![root];
    while let Some(element) = open.pop() {
        found.extend(element.attributes.iter().filter_map(|attribute| id(&attribute.value)));
        open.extend(&element.children);
    }
    found
}
