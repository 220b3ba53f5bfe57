//! Where a value came from, so that `profile show` can say it and a problem can point at it.

use std::fmt;
use std::ops::{Deref, Range};

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// A position in the configuration file; line and column count from 1, columns in characters.
    File { path: String, line: usize, column: usize, span: Range<usize> },
    /// An environment variable.
    Variable(String),
    /// A command-line flag, such as `--profile`.
    Flag(String),
    /// The built-in profile `sandbox`.
    BuiltIn,
    /// Not given; this is what opush takes then.
    Default,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::File { path, line, column, .. } => write!(f, "{path}:{line}:{column}"),
            Source::Variable(name) | Source::Flag(name) => f.write_str(name),
            Source::BuiltIn => f.write_str("built in"),
            Source::Default => f.write_str("default"),
        }
    }
}

/// A value and where it came from. Reads like the value itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sourced<T> {
    pub(crate) value: T,
    pub(crate) source: Source,
}

impl<T> Sourced<T> {
    pub(crate) fn new(value: T, source: Source) -> Self {
        Sourced { value, source }
    }

    pub(crate) fn map<U>(self, change: impl FnOnce(T) -> U) -> Sourced<U> {
        Sourced { value: change(self.value), source: self.source }
    }
}

impl<T> Deref for Sourced<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: fmt::Display> fmt::Display for Sourced<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}
