//! One message of a payload: OPPO's fields as they were given, and where each was found.

use serde_json::{Map, Value};

use crate::failure::{Problem, Warning};

/// One message, not judged yet.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Found {
    /// Where in the payload it lies; empty where it is the whole.
    pub(super) path: String,
    pub(super) fields: Fields,
    /// Judged beside the notification: the target, and the IM server's own rules.
    pub(super) problems: Vec<Problem>,
    pub(super) warnings: Vec<Warning>,
    pub(super) to_alias: bool,
}

/// The fields of OPPO's notification.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Fields {
    /// An object that OPPO gets as it is.
    AsGiven(Map<String, Value>),
    /// Taken from names of others.
    Mapped(Vec<Mapped>),
}

/// A name of another interface, and the field of OPPO's notification that gets its value.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mapped {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) value: Value,
}

impl Default for Fields {
    fn default() -> Self {
        Fields::Mapped(Vec::new())
    }
}

/// One message, judged.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) path: String,
    /// Names of another interface, and the field that each becomes.
    pub(crate) names: Vec<(String, String)>,
    /// What OPPO gets, secrets masked; none where there are problems.
    pub(crate) notification: Option<Map<String, Value>>,
    pub(crate) problems: Vec<Problem>,
    pub(crate) warnings: Vec<Warning>,
    pub(super) found: Found,
}

impl Item {
    /// It has fields that OPPO could get.
    pub(crate) fn is_message(&self) -> bool {
        match &self.found.fields {
            Fields::AsGiven(map) => !map.is_empty(),
            Fields::Mapped(names) => !names.is_empty(),
        }
    }

    pub(crate) fn is_message_or_wrong(&self) -> bool {
        self.is_message() || !self.problems.is_empty() || !self.warnings.is_empty()
    }

    /// Its path and title, for a list.
    pub(crate) fn title(&self) -> String {
        let title = self.notification.as_ref().and_then(|map| map.get("title")).and_then(Value::as_str);
        let title = title.map(|title| format!(" {}", crate::click::quoted(title)));
        format!("{}{}", self.path, title.unwrap_or_default())
    }
}
