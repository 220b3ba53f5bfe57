//! What a request is about, read out of it without checking anything: for faults that are put on an app or a regId.

use rusqlite::{OptionalExtension, Transaction};
use serde_json::Value;

use super::super::app;
use super::super::faults::About;
use super::super::http::form::Form;
use super::super::http::request::Request;
use super::super::phone;

/// As much as can be read; nothing where the request is no such call's.
pub(super) fn of(tx: &Transaction<'_>, request: &Request) -> rusqlite::Result<About> {
    let call = request.path().rsplit('/').next().unwrap_or_default().to_owned();
    let field = |name: &str| {
        let in_json = || request.json().ok()?.get(name)?.as_str();
        request.form().first(name).or_else(in_json).map(str::to_owned)
    };
    let token = field("auth_token")
        .or_else(|| request.header("auth_token"))
        .or_else(|| Some(Form::parse(request.query()?.as_bytes()).first("auth_token")?.to_owned()))
        .filter(|token| !token.is_empty());
    let app = match (field("app_key"), &token) {
        (Some(key), _) if call == "auth" => app::by_key(tx, &key)?.map(|app| app.app_id),
        (_, Some(token)) => app_of(tx, token)?,
        _ => None,
    };
    let reg_id = match field("message").and_then(|text| serde_json::from_str::<Value>(&text).ok()) {
        Some(message) => target(tx, app.as_deref(), &message)?,
        None => field("registration_id"),
    };
    Ok(About { call, app, reg_id, users: Vec::new(), secret: token })
}

fn app_of(tx: &Transaction<'_>, token: &str) -> rusqlite::Result<Option<String>> {
    tx.prepare_cached("SELECT app_id FROM token WHERE token = ?1")?
        .query_row([token], |row| row.get(0))
        .optional()
}

/// The regId that a message names, by an alias or itself.
fn target(tx: &Transaction<'_>, app: Option<&str>, message: &Value) -> rusqlite::Result<Option<String>> {
    let value = message.get("target_value").or_else(|| message.get("targetValue"));
    let Some(value) = value.and_then(Value::as_str) else { return Ok(None) };
    let by_alias = match app {
        Some(app) => phone::reg_id_of_alias(tx, app, value)?,
        None => None,
    };
    Ok(Some(by_alias.unwrap_or_else(|| value.to_owned())))
}
