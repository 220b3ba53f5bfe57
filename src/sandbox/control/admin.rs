//! The control API's rest: who answers, the apps, the log of calls, starting anew.
//! What a call went through belongs to `calls` and `vendor`.

use std::sync::Arc;

use axum::extract::State as Shared;
use axum::response::IntoResponse;
use rusqlite::Transaction;

use super::extract::{Body, Query};
use super::refusal::{Refusal, done, ok};
use super::types::{AppEntry, AppShown, Info, Items, Reset};
use crate::sandbox::http::calls;
use crate::sandbox::state::State;
use crate::sandbox::{app, im, phone, receipts as posted};

const LISTED: usize = 100;
const LISTED_MOST: usize = 1000;

pub(super) async fn info(
    Shared(state): Shared<Arc<State>>,
    query: Query,
) -> Result<impl IntoResponse, Refusal> {
    query.end()?;
    Ok(ok(Info {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        pid: std::process::id(),
        rules: format!("{:?}", state.rules),
    }))
}

pub(super) async fn apps(
    Shared(state): Shared<Arc<State>>,
    query: Query,
) -> Result<impl IntoResponse, Refusal> {
    query.end()?;
    let items = state.with(|tx| {
        tx.prepare("SELECT app_id, app_key, package FROM app ORDER BY app_id")?
            .query_map([], |row| {
                Ok(AppShown { app_id: row.get(0)?, app_key: row.get(1)?, package: row.get(2)? })
            })?
            .collect::<rusqlite::Result<Vec<_>>>()
    })?;
    Ok(ok(Items { items }))
}

pub(super) async fn put_app(
    Shared(state): Shared<Arc<State>>,
    Body(entry): Body<AppEntry>,
) -> Result<impl IntoResponse, Refusal> {
    for (field, value) in [
        ("app_id", &entry.app_id),
        ("app_key", &entry.app_key),
        ("master_secret", &entry.master_secret),
        ("package", &entry.package),
    ] {
        if value.is_empty() || value.trim() != value || value.chars().any(char::is_control) {
            let message = format!("{field}: not empty, no control characters, no white space around it");
            return Err(Refusal::bad("bad-value", message));
        }
    }
    let AppEntry { app_id, app_key, master_secret, package } = entry;
    let app = app::App { app_id, app_key, master_secret, package };
    state.with(|tx| app::register(tx, &app))?;
    Ok(done())
}

pub(super) async fn calls(
    Shared(state): Shared<Arc<State>>,
    mut query: Query,
) -> Result<impl IntoResponse, Refusal> {
    let after = query.read("after", |text| text.parse().ok())?;
    let limit = query.read("limit", limit)?.unwrap_or(LISTED);
    query.end()?;
    let items = state.with(|tx| calls::list(tx, after, limit))?;
    Ok(ok(Items { items }))
}

pub(super) async fn receipts(
    Shared(state): Shared<Arc<State>>,
    mut query: Query,
) -> Result<impl IntoResponse, Refusal> {
    let after = query.read("after", |text| text.parse().ok())?;
    let message_id = query.text("message_id");
    let limit = query.read("limit", limit)?.unwrap_or(LISTED);
    query.end()?;
    // A phone is brought up to date when it is looked at, which may bring receipts about.
    let items = state.with(|tx| {
        phone::list(tx, state.now())?;
        posted::list(tx, after, message_id.as_deref(), limit)
    })?;
    Ok(ok(Items { items }))
}

fn limit(text: &str) -> Option<usize> {
    text.parse().ok().filter(|limit| (1..=LISTED_MOST).contains(limit))
}

pub(super) async fn reset(
    Shared(state): Shared<Arc<State>>,
    Body(Reset { apps }): Body<Reset>,
) -> Result<impl IntoResponse, Refusal> {
    state.with(|tx| clear(tx, apps))?;
    Ok(done())
}

/// What a developer set up, not what happened.
const KEPT: &[&str] = &["app", "im_app", "im_certificate"];

/// Empties every table, whichever room's; the registered apps only when asked for. Phones and regIds are gone as if
/// they had never been.
pub(super) fn clear(tx: &Transaction<'_>, apps: bool) -> rusqlite::Result<()> {
    tx.pragma_update(None, "defer_foreign_keys", "ON")?;
    let tables: Vec<String> = tx
        .prepare(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for table in tables.iter().filter(|table| apps || !KEPT.contains(&table.as_str())) {
        tx.execute(&format!("DELETE FROM \"{table}\""), [])?;
    }
    // The administrators' accounts are as old as their apps.
    im::apps(tx)?.iter().try_for_each(|app| im::register(tx, app))
}
