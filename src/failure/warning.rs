//! Something to know about what was done all the same.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Problem, Remedy};

/// A warning. With an empty hint it is a single line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Warning {
    /// kebab-case and stable; null where the warning has none.
    pub(crate) id: Option<&'static str>,
    /// What was seen, in one sentence without a full stop.
    pub message: String,
    /// What to do about it; may be empty.
    pub(crate) hint: Remedy,
    /// The flag, key or field it is about; may be empty.
    pub(crate) place: String,
}

impl Warning {
    pub(crate) fn new(message: impl Into<String>, hint: impl Into<Remedy>) -> Self {
        Warning { id: None, message: message.into(), hint: hint.into(), place: String::new() }
    }

    pub(crate) fn with_id(mut self, id: &'static str) -> Self {
        self.id = Some(id);
        self
    }

    pub(crate) fn at(mut self, place: impl ToString) -> Self {
        self.place = place.to_string();
        self
    }
}

impl From<&Problem> for Warning {
    fn from(problem: &Problem) -> Self {
        Warning::new(&problem.message, &problem.hint).at(&problem.place)
    }
}

/// A kind of warning as a room keeps it: its id, and what to do about it.
#[derive(Clone, Debug)]
pub(crate) struct WarningKind {
    pub(crate) id: &'static str,
    /// What it is given for; empty where the message alone says so.
    pub(crate) when: &'static str,
    pub(crate) hint: Remedy,
}

impl WarningKind {
    pub(crate) fn warning(&self, message: impl Into<String>, place: impl ToString) -> Warning {
        Warning::new(message, &self.hint).with_id(self.id).at(place)
    }
}

/// A table of the kinds of warning of one room, and the list of all of them.
macro_rules! warning_kinds {
    ($($name:ident $id:literal $hint:tt $([$when:literal])?)*) => {
        $(pub(super) const $name: crate::failure::WarningKind =
            crate::failure::WarningKind {
                id: $id,
                when: concat!($($when)?),
                hint: crate::failure::Remedy::say($hint),
            };)*
        pub(crate) const WARNINGS: &[crate::failure::WarningKind] = &[$($name,)*];
    };
}
pub(crate) use warning_kinds;
