//! A push that OPPO took: on its way to the phone, or what a receipt tells of.

use serde_json::{Map, Value};

#[derive(Clone, Copy)]
pub struct Push<'a> {
    pub app_id: &'a str,
    pub message_id: &'a str,
    /// Of a broadcast.
    pub task_id: Option<&'a str>,
    pub reg_id: &'a str,
    /// Canonical snake_case keys and types: numbers as numbers, `action_parameters` a JSON string.
    pub notification: &'a Map<String, Value>,
}
