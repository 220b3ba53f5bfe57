//! What a case takes from its file where it has no key of its own.

use crate::config::read::{Entry, Table};

/// The keys of a case. It takes all but the name from the file.
pub(super) const KEYS: [&str; 8] =
    ["profile", "certificate", "target", "notification", "expect", "retries", "matrix", "name"];

/// The case's own keys before the file's.
pub(super) struct Layers<'x, 'a, 'i> {
    pub(super) file: &'x Table<'a, 'i>,
    pub(super) case: Option<&'x Table<'a, 'i>>,
}

impl<'a, 'i> Layers<'_, 'a, 'i> {
    pub(super) fn get(&self, name: &str) -> Option<Entry<'a, 'i>> {
        self.case.and_then(|case| case.get(name)).or_else(|| self.file.get(name))
    }

    /// Where the case itself begins, for what is missing in it.
    pub(super) fn key(&self) -> std::ops::Range<usize> {
        self.case.map_or(0..0, |case| case.key.clone())
    }
}
