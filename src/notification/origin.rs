//! Where a value came from, so that a mistake is reported where it was made, and which of two values wins.

use std::fmt;

/// Where one value of a notification was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// What `--wait` puts in where nothing else says it.
    Wait,
    /// A default of the certificate; its key there.
    Certificate(&'static str),
    /// A key of the message file.
    File { path: String, key: String },
    /// A flag, such as `--title`.
    Flag(&'static str),
    /// The key of a `--set key=json`.
    Set(String),
    /// A column of a row, which says it for this row alone.
    Row(String),
}

/// The later one wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Layer {
    Default,
    MessageFile,
    CommandLine,
}

impl Origin {
    pub(super) fn layer(&self) -> Layer {
        match self {
            Origin::Wait | Origin::Certificate(_) => Layer::Default,
            Origin::File { .. } => Layer::MessageFile,
            Origin::Flag(_) | Origin::Set(_) | Origin::Row(_) => Layer::CommandLine,
        }
    }

    pub(super) fn is_row(&self) -> bool {
        matches!(self, Origin::Row(_))
    }

    pub(super) fn is_set(&self) -> bool {
        matches!(self, Origin::Set(_))
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Wait => f.write_str("--wait"),
            Origin::Certificate(key) => write!(f, "certificate: {key}"),
            Origin::File { path, key } => write!(f, "{path}: {key}"),
            Origin::Flag(flag) => f.write_str(flag),
            Origin::Set(key) => write!(f, "--set {key}"),
            Origin::Row(column) => f.write_str(column),
        }
    }
}

/// A value and where it came from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Given<T> {
    pub(crate) value: T,
    pub(crate) origin: Origin,
}
