//! One thing that is wrong: its kind, what is wrong, where, and what to do.

use std::fmt;

use super::{Kind, Remedy};

/// One thing that is wrong, said for the person who has to fix it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub kind: Kind,
    /// The vendor's or IM server's code, where one was answered.
    pub code: Option<i64>,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to do next; its sentence is never empty.
    pub hint: Box<Remedy>,
    /// The flag (`--title`), key, field, or file position (`opush.toml:9:1`) it is about; empty if there is none.
    pub(crate) place: String,
    /// Lines shown to a person below the message, such as the line of the file with carets; may be empty.
    pub(crate) excerpt: String,
}

impl Problem {
    pub(crate) fn new(kind: Kind, message: impl Into<String>, hint: impl Into<Remedy>) -> Self {
        let hint = Box::new(hint.into());
        debug_assert!(!hint.is_empty(), "a problem without a hint does not help");
        Problem {
            kind,
            code: None,
            message: message.into(),
            hint,
            place: String::new(),
            excerpt: String::new(),
        }
    }

    pub(crate) fn at(mut self, place: impl Into<String>) -> Self {
        self.place = place.into();
        self
    }

    pub(crate) fn with_code(mut self, code: i64) -> Self {
        self.code = Some(code);
        self
    }

    pub(crate) fn with_excerpt(mut self, excerpt: impl Into<String>) -> Self {
        self.excerpt = excerpt.into();
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Many messages begin with their place; saying it twice would be noise.
        if self.place.is_empty() || self.message.starts_with(&self.place) {
            f.write_str(&self.message)
        } else {
            write!(f, "{}: {}", self.place, self.message)
        }
    }
}
