//! A notification that passed every rule, in OPPO's wire form, and what it was checked for.

use crate::failure::Warning;
use serde_json::{Map, Value};

/// What a unicast is addressed to, as far as a notification's rules depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TargetKind {
    RegId,
    Alias,
}

/// A notification that passed every rule: snake_case keys, in a stable order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Checked {
    pub(crate) wire: Map<String, Value>,
    pub(crate) warnings: Vec<Warning>,
}

impl Checked {
    /// The object under `notification` in a unicast's `message`.
    pub(crate) fn wire(&self) -> &Map<String, Value> {
        &self.wire
    }

    /// What a person should know about it although it is sent.
    pub(crate) fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// The id by which OPPO drops repeats, if it has one.
    pub(crate) fn app_message_id(&self) -> Option<&str> {
        self.wire.get("app_message_id").and_then(Value::as_str)
    }

    /// The same notification with receipts posted here, unless it has a URL for them already.
    pub(crate) fn with_call_back(mut self, url: &str, parameter: String) -> Self {
        if !self.wire.contains_key("call_back_url") {
            self.wire.insert("call_back_url".to_owned(), Value::String(url.to_owned()));
            self.wire.insert("call_back_parameter".to_owned(), Value::String(parameter));
        }
        self
    }

    /// The same notification with this id, in place of any it had.
    pub(crate) fn with_app_message_id(mut self, id: String) -> Self {
        self.wire.shift_remove("app_message_id");
        self.wire.shift_insert(0, "app_message_id".to_owned(), Value::String(id));
        self
    }
}
