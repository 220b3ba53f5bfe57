//! A name with its value, as a file has them.

/// A value with its name, as the file has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) name: String,
    pub(crate) value: String,
    /// From 1 on; 0 where the form has no lines.
    pub(crate) line: usize,
}
