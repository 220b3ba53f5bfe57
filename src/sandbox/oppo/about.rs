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
    let json = |name: &str| field(name).and_then(|text| serde_json::from_str::<Value>(&text).ok());
    let named: Vec<String> = if let Some(message) = json("message") {
        target_value(&message).into_iter().collect()
    } else if let Some(messages) = json("messages") {
        messages.as_array().into_iter().flatten().filter_map(target_value).collect()
    } else if let Some(list) = field("target_value") {
        list.split([';', ',']).map(|target| target.trim().to_owned()).collect()
    } else {
        field("registration_id").into_iter().collect()
    };
    let mut reg_ids = Vec::new();
    for target in named {
        reg_ids.push(reg_id_of(tx, app.as_deref(), target)?);
    }
    Ok(About { call, app, reg_ids, users: Vec::new(), secret: token })
}

fn app_of(tx: &Transaction<'_>, token: &str) -> rusqlite::Result<Option<String>> {
    tx.prepare_cached("SELECT app_id FROM token WHERE token = ?1")?
        .query_row([token], |row| row.get(0))
        .optional()
}

fn target_value(message: &Value) -> Option<String> {
    let value = message.get("target_value").or_else(|| message.get("targetValue"));
    value?.as_str().map(str::to_owned)
}

/// The regId that a message names, by an alias or itself.
fn reg_id_of(tx: &Transaction<'_>, app: Option<&str>, target: String) -> rusqlite::Result<String> {
    let by_alias = match app {
        Some(app) => phone::reg_id_of_alias(tx, app, &target)?,
        None => None,
    };
    Ok(by_alias.unwrap_or(target))
}
