//! The vendor's answers: one JSON envelope for success and refusal alike (OPPO reference, section 3).

use serde_json::{Value, json};

use crate::return_codes;

/// `{"code":0,"message":…,"data":…}`; no `data` key where the call returns none.
pub(crate) fn success(message: &str, data: Option<Value>) -> Value {
    match data {
        Some(data) => json!({ "code": 0, "message": message, "data": data }),
        None => json!({ "code": 0, "message": message }),
    }
}

/// OPPO's own words for the code and nothing else: what exactly was wrong is in the log of calls.
pub(crate) fn refusal(code: i32) -> Value {
    json!({ "code": code, "message": words(code) })
}

pub(crate) fn words(code: i32) -> &'static str {
    return_codes::find(code).map_or("", |row| row.name)
}
