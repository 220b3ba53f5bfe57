//! Something to know about what was done all the same, as it is said on stderr.
//! What went wrong is a `failure`; the JSON form of a warning belongs to the command that prints it.

use crate::failure::Problem;

/// A warning. With an empty hint it is a single line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Warning {
    /// The flag, key or field it is about; may be empty.
    pub(crate) place: String,
    pub(crate) message: String,
    /// What to do about it; may be empty.
    pub(crate) hint: String,
}

impl Warning {
    pub(crate) fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Warning { place: String::new(), message: message.into(), hint: hint.into() }
    }

    pub(crate) fn at(mut self, place: impl Into<String>) -> Self {
        self.place = place.into();
        self
    }

    /// `warning` is the word, in its colour.
    pub(super) fn text(&self, warning: &str) -> String {
        let place = if self.place.is_empty() { String::new() } else { format!("{}: ", self.place) };
        let mut text = format!("{warning}: {place}{}\n", self.message);
        for line in self.hint.lines() {
            text.push_str(&format!("  {line}\n"));
        }
        text
    }
}

impl From<&Problem> for Warning {
    fn from(problem: &Problem) -> Self {
        Warning::new(&problem.message, &problem.hint).at(&problem.place)
    }
}
