//! What a REST call is about, read out of it without checking anything: for faults that are put on an app or a user.

use serde_json::Value;

use super::super::faults::About;
use super::super::http::form::Form;
use super::super::http::request::Request;

/// As much as can be read.
pub(super) fn of(request: &Request) -> About {
    let mut users = Vec::new();
    if let Ok(body) = request.json() {
        for name in ["To_Account", "UserID", "Identifier", "Accounts", "CheckItem"] {
            body.get(name).into_iter().for_each(|value| named(value, &mut users));
        }
    }
    let query = Form::parse(request.query().unwrap_or_default().as_bytes());
    About {
        call: request.path().rsplit('/').next().unwrap_or_default().to_owned(),
        app: query.first("sdkappid").map(str::to_owned),
        reg_ids: Vec::new(),
        users,
        secret: query.first("usersig").map(str::to_owned),
    }
}

/// A user, a list of them, or objects that name one.
fn named(value: &Value, users: &mut Vec<String>) {
    match value {
        Value::String(user) => users.push(user.clone()),
        Value::Array(several) => several.iter().for_each(|value| named(value, users)),
        Value::Object(item) => item.get("UserID").into_iter().for_each(|value| named(value, users)),
        _ => {}
    }
}
