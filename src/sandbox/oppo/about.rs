//! Whom a request is about, read out of it without checking anything: for faults that are put on an app or a regId.
//! Whether the request is in order belongs to the calls.

use rusqlite::{OptionalExtension, Transaction};
use serde_json::Value;

use super::super::app;
use super::super::faults::About;
use super::super::http::form;
use super::super::http::request::Request;
use super::super::phone;
use super::Context;

/// What can be told; nothing where the request is no such call's.
pub(crate) fn of(tx: &Transaction<'_>, request: &Request) -> rusqlite::Result<About> {
    let call = request.path.rsplit('/').next().unwrap_or_default().to_owned();
    let body = request.body.as_deref().unwrap_or_default();
    let json: Value = serde_json::from_slice(body).unwrap_or_default();
    let field = |name: &str| {
        let text = std::str::from_utf8(body).unwrap_or_default();
        find(text, name).or_else(|| json.get(name)?.as_str().map(str::to_owned))
    };
    let app = match (field("app_key"), token(request, &field)) {
        (Some(key), _) if call == "auth" => app::by_key(tx, &key)?.map(|app| app.app_id),
        (_, Some(token)) => app_of(tx, &token)?,
        _ => None,
    };
    let reg_id = match field("message").and_then(|text| serde_json::from_str::<Value>(&text).ok()) {
        Some(message) => target(tx, app.as_deref(), &message)?,
        None => field("registration_id"),
    };
    Ok(About { call, app, reg_id, users: Vec::new() })
}

/// Notes the app of a call that is not carried out, and keeps its secrets out of the log.
pub(crate) fn note(context: &mut Context<'_, '_>, request: &Request) -> rusqlite::Result<()> {
    let body = request.body.as_deref().unwrap_or_default();
    let text = std::str::from_utf8(body).unwrap_or_default().to_owned();
    if let Some(token) = token(request, &|name| find(&text, name)) {
        context.notes.secret(&token);
    }
    context.notes.app_id = of(context.tx, request)?.app;
    Ok(())
}

fn token(request: &Request, field: &impl Fn(&str) -> Option<String>) -> Option<String> {
    field("auth_token")
        .or_else(|| request.header("auth_token"))
        .or_else(|| find(request.query.as_deref()?, "auth_token"))
        .filter(|token| !token.is_empty())
}

fn app_of(tx: &Transaction<'_>, token: &str) -> rusqlite::Result<Option<String>> {
    tx.prepare_cached("SELECT app_id FROM token WHERE token = ?1")?
        .query_row([token], |row| row.get(0))
        .optional()
}

/// The regId that a message names, by an alias or itself.
fn target(tx: &Transaction<'_>, app: Option<&str>, message: &Value) -> rusqlite::Result<Option<String>> {
    let Some(value) = message.get("target_value").or_else(|| message.get("targetValue")) else {
        return Ok(None);
    };
    let Some(value) = value.as_str() else { return Ok(None) };
    if let Some(app) = app
        && let Some(reg_id) = phone::reg_id_of_alias(tx, app, value)?
    {
        return Ok(Some(reg_id));
    }
    Ok(Some(value.to_owned()))
}

/// The first field of this name in a form or a query.
pub(super) fn find(text: &str, name: &str) -> Option<String> {
    let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    let mut found = pairs.filter(|(key, _)| form::decode(key.as_bytes()).is_ok_and(|key| key == name));
    found.next().and_then(|(_, value)| form::decode(value.as_bytes()).ok())
}
