//! The IM server's answers: three fields that each has, and the command's own (IM reference, sections 5 and 8).

use serde_json::json;

use super::super::http::context::Reply;
use super::super::http::request::Object;
use super::codes;

pub(super) fn ok(fields: Object) -> Reply {
    envelope("OK", 0, fields)
}

/// Some users failed: ErrorCode 0 with another ActionStatus.
pub(super) fn some_error(fields: Object) -> Reply {
    envelope("SomeError", 0, fields)
}

pub(super) fn fail(code: i32, fields: Object) -> Reply {
    envelope("FAIL", code, fields)
}

fn envelope(status: &str, code: i32, fields: Object) -> Reply {
    let mut body = json!({ "ActionStatus": status, "ErrorInfo": codes::words(code), "ErrorCode": code });
    if let Some(object) = body.as_object_mut() {
        object.extend(fields);
    }
    Reply { code, body }
}
