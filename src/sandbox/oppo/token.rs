//! The auth tokens that were given out: their table, their age, where a request carries one (OPPO reference, 2 and 3).

use rusqlite::{OptionalExtension, Transaction, params};

use super::super::app::{self, App};
use super::super::draw;
use super::super::hex::hex;
use super::super::http::context::Context;
use super::super::http::notes::{Notes, Stop};
use super::super::http::request::Request;
use super::super::rules::{Rules, YesNo};

/// Makes a token, keeps it, and forgets those that are over.
pub(crate) fn issue(tx: &Transaction<'_>, rules: &Rules, now: i64, app_id: &str) -> rusqlite::Result<String> {
    tx.execute("DELETE FROM token WHERE created_ms <= ?1", [now - rules.token_lifetime.0])?;
    if rules.new_token_voids_old == YesNo::Yes {
        tx.execute("DELETE FROM token WHERE app_id = ?1", [app_id])?;
    }
    let token = hex(&draw::one::<[u8; 16]>(tx)?);
    tx.execute(
        "INSERT INTO token (token, app_id, created_ms) VALUES (?1, ?2, ?3)",
        params![token, app_id, now],
    )?;
    Ok(token)
}

/// The app of the request's token; `field` is the token in the body, if any. 29 and 11 otherwise.
pub(crate) fn app_of(context: &mut Context<'_>, request: &Request, field: Option<&str>) -> Result<App, Stop> {
    let Some(token) = find(context.notes, context.rules, request, field) else {
        return Err(context.notes.refuse("auth_token", 29, "there is no auth_token"));
    };
    let Some((app_id, created, app)) = issued(context.tx, &token)? else {
        return Err(context.notes.refuse(
            "auth_token",
            11,
            "this auth_token was never given out, or is over",
        ));
    };
    context.notes.app_id = Some(app_id);
    context.notes.secret(&token);
    if context.now - created >= context.rules.token_lifetime.0 {
        return Err(context.notes.refuse("auth_token", 11, "the auth_token's lifetime is over"));
    }
    let Some(app) = app else {
        return Err(context.notes.refuse("auth_token", 11, "the auth_token's app is gone"));
    };
    context.notes.secret(&app.master_secret);
    context.notes.pass("auth_token", "");
    Ok(app)
}

/// The AppID that a token was given out for, when that was, and the app, if it is still there.
fn issued(tx: &Transaction<'_>, token: &str) -> rusqlite::Result<Option<(String, i64, Option<App>)>> {
    tx.prepare_cached(
        "SELECT t.app_id, t.created_ms, a.app_key, a.master_secret, a.package
         FROM token t LEFT JOIN app a ON a.app_id = t.app_id WHERE t.token = ?1",
    )?
    .query_row([token], |row| {
        let app_id: String = row.get(0)?;
        let app = match row.get(2)? {
            None => None,
            Some(app_key) => Some(App {
                app_id: app_id.clone(),
                app_key,
                master_secret: row.get(3)?,
                package: row.get(4)?,
            }),
        };
        Ok((app_id, row.get(1)?, app))
    })
    .optional()
}

/// The app of an `Authorization: key=…` header, where a call has no token: one client sends its AppKey so.
pub(super) fn by_key(
    context: &mut Context<'_>,
    request: &Request,
    given: Option<&str>,
) -> Result<Option<String>, Stop> {
    let has_token = given.is_some() || request.header("auth_token").is_some_and(|token| !token.is_empty());
    let key = request.header("authorization").and_then(|value| value.strip_prefix("key=").map(str::to_owned));
    let Some(key) = key.filter(|_| !has_token && context.rules.permit_by_key.accepts()) else {
        return Ok(None);
    };
    let Some(app) = app::by_key(context.tx, key.trim())? else {
        return Err(context.notes.refuse("app_key", 14, "no app has this AppKey"));
    };
    context.notes.dialect("app-key-in-header");
    context.notes.app_id = Some(app.app_id.clone());
    context.notes.pass("app_key", format!("AppID {}", app.app_id));
    Ok(Some(app.app_id))
}

fn find(notes: &mut Notes, rules: &Rules, request: &Request, field: Option<&str>) -> Option<String> {
    if let Some(token) = field {
        return Some(token.to_owned());
    }
    let token = request.header("auth_token").filter(|token| !token.is_empty())?;
    if !rules.header_token.accepts() {
        return None;
    }
    notes.dialect("token-in-header");
    Some(token)
}
