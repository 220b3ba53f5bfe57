//! A scenario file as it was read: its text, its cases, and every text that is used in them.

use std::ops::Range;

use super::model::Case;
use crate::config::Text;

/// A file of cases.
#[derive(Clone, Debug)]
pub(crate) struct Scenario {
    pub(crate) text: Text,
    /// In the order of the file; a matrix in the order of its keys.
    pub(crate) cases: Vec<Case>,
    /// Every text as written and, with variables replaced, as used, for the search for secrets.
    pub(crate) values: Vec<Expanded>,
}

/// A text as it is used, and its place. `Debug` does not show it: it may be a secret before it is refused.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Expanded {
    pub(crate) span: Range<usize>,
    pub(crate) value: String,
}

impl std::fmt::Debug for Expanded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Expanded").field("span", &self.span).finish_non_exhaustive()
    }
}
