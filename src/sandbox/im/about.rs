//! Whom a REST call is about, read out of it without checking anything: for faults that are put on an app or a user.
//! Whether the call is in order belongs to `gate` and to the commands.

use serde_json::Value;

use super::super::faults::About;
use super::super::http::form;
use super::super::http::request::Request;
use super::call::Context;

/// What can be told.
pub(super) fn of(request: &Request) -> About {
    let body: Value =
        request.body.as_ref().ok().and_then(|body| serde_json::from_slice(body).ok()).unwrap_or_default();
    let mut users = Vec::new();
    for name in ["To_Account", "UserID", "Identifier", "Accounts", "CheckItem"] {
        body.get(name).into_iter().for_each(|value| named(value, &mut users));
    }
    About {
        call: request.path.rsplit('/').next().unwrap_or_default().to_owned(),
        app: parameter(request, "sdkappid"),
        reg_id: None,
        users,
    }
}

/// Notes the app of a call that is not carried out, and keeps its UserSig out of the log.
pub(super) fn note(context: &mut Context<'_, '_>, request: &Request) {
    if let Some(sig) = parameter(request, "usersig") {
        context.notes.secret(&sig);
    }
    context.notes.app_id = parameter(request, "sdkappid");
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

fn parameter(request: &Request, name: &str) -> Option<String> {
    let pairs = request.query.as_deref()?.split('&').filter_map(|pair| pair.split_once('='));
    let mut found = pairs.filter(|(key, _)| *key == name);
    found.next().and_then(|(_, value)| form::decode(value.as_bytes()).ok())
}
