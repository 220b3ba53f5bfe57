//! A call in short, as a line of the log: what it was, how it ended, and what it sent.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::super::http::calls::{Check, LoggedCall};
use super::super::im;
use crate::return_codes;

/// Message ids that are named; a batch may have a thousand.
const NAMED: usize = 20;

/// A call without its request and answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Brief {
    pub(crate) id: i64,
    pub(crate) at_ms: i64,
    pub(crate) app_id: Option<String>,
    pub(crate) method: String,
    /// Without the query.
    pub(crate) path: String,
    pub(crate) code: i32,
    /// What the code is called; empty where it has no name.
    pub(crate) code_name: String,
    pub(crate) dialects: Vec<String>,
    /// The checks that failed.
    pub(crate) failed: Vec<Check>,
    /// The first messages that the call made.
    pub(crate) message_ids: Vec<String>,
    /// How many it made.
    pub(crate) messages: usize,
}

impl Brief {
    pub(crate) fn of(call: LoggedCall) -> Brief {
        let ids = message_ids(&call.answer);
        let path = call.path.split('?').next().unwrap_or_default();
        Brief {
            path: path.to_owned(),
            code_name: code_name(path, call.code).to_owned(),
            messages: ids.len(),
            message_ids: ids.into_iter().take(NAMED).collect(),
            id: call.id,
            at_ms: call.at_ms,
            app_id: call.app_id,
            method: call.method,
            code: call.code,
            dialects: call.dialects,
            failed: call.checks.into_iter().filter(|check| !check.ok).collect(),
        }
    }
}

/// The name of OPPO's code, or of the IM server's.
pub(crate) fn code_name(path: &str, code: i32) -> &'static str {
    if path.starts_with(im::PREFIX) {
        return im::CODES.iter().find(|(known, _)| *known == code).map_or("", |(_, words)| words);
    }
    return_codes::find(code).map_or("", |known| known.name)
}

/// Every message id in an answer, in its order.
pub(crate) fn message_ids(answer: &str) -> Vec<String> {
    // Answers that can hold one are looked into.
    if !answer.contains("essage") {
        return Vec::new();
    }
    let mut found = Vec::new();
    if let Ok(answer) = serde_json::from_str::<Value>(answer) {
        collect(&answer, &mut found);
    }
    found
}

fn collect(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(id) if matches!(name.as_str(), "messageId" | "message_id") => {
                        if !id.is_empty() && !found.contains(id) {
                            found.push(id.clone());
                        }
                    }
                    other => collect(other, found),
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn message_ids_are_found_wherever_an_answer_has_them() {
        let batch =
            r#"{"code":0,"data":[{"messageId":"a"},{"messageId":""},{"errorCode":10000},{"messageId":"a"}]}"#;
        assert_eq!(message_ids(batch), ["a"]);
        assert_eq!(message_ids(r#"{"code":0,"data":{"message_id":"b","10000":["r"]}}"#), ["b"]);
        assert_eq!(message_ids(r#"{"code":11,"message":"Invalid AuthToken"}"#), [""; 0]);
        assert_eq!(message_ids("the sandbox failed: message"), [""; 0]);
    }
}
