//! The control API's rest: which sandbox answers, the apps, the log of calls, the receipts, starting anew.

use std::collections::BTreeMap;

use rusqlite::Transaction;

use super::super::app::{self, App};
use super::super::http::calls as log;
use super::super::{im, phone, receipts as posted};
use super::ask::Ask;
use super::refusal::{Answered, Refusal, done, ok};
use super::types::{AppShown, Info, Items, Reset};

pub(super) fn info(ask: &Ask<'_>) -> Answered {
    let rule_values: BTreeMap<String, String> =
        ask.state.rules.values().map(|(id, value)| (id.to_owned(), value)).collect();
    let rules = rule_values.iter().map(|(id, value)| format!("{id}={value}")).collect::<Vec<_>>();
    ok(Info {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        pid: std::process::id(),
        rules: rules.join(" "),
        rule_values,
    })
}

pub(super) fn apps(ask: &Ask<'_>) -> Answered {
    let items = ask.state.with(|tx| {
        tx.prepare("SELECT app_id, app_key, package FROM app ORDER BY app_id")?
            .query_map([], |row| {
                Ok(AppShown { app_id: row.get(0)?, app_key: row.get(1)?, package: row.get(2)? })
            })?
            .collect::<rusqlite::Result<Vec<_>>>()
    })?;
    ok(Items { items })
}

pub(super) fn put_app(ask: &Ask<'_>) -> Answered {
    let app: App = ask.body()?;
    for (field, value) in [
        ("app_id", &app.app_id),
        ("app_key", &app.app_key),
        ("master_secret", &app.master_secret),
        ("package", &app.package),
    ] {
        if value.is_empty() || value.trim() != value || value.chars().any(char::is_control) {
            let message = format!("{field}: not empty, no control characters, no white space around it");
            return Err(Refusal::bad("bad-value", message));
        }
    }
    ask.state.with(|tx| app::register(tx, &app))?;
    done()
}

pub(super) fn calls(ask: &Ask<'_>) -> Answered {
    let (after, limit) = ask.part()?;
    ok(Items { items: ask.state.with(|tx| log::list(tx, after, limit))? })
}

pub(super) fn receipts(ask: &Ask<'_>) -> Answered {
    let (after, limit) = ask.part()?;
    // A phone is brought up to date when it is looked at, which may bring receipts about.
    let items = ask.state.with(|tx| {
        phone::list(tx, ask.state.now())?;
        posted::list(tx, after, ask.text("message_id"), limit)
    })?;
    ok(Items { items })
}

pub(super) fn reset(ask: &Ask<'_>) -> Answered {
    let Reset { apps } = ask.body()?;
    ask.state.with(|tx| clear(tx, apps))?;
    done()
}

/// What a developer set up, not what happened.
const KEPT: &[&str] = &["app", "im_app", "im_certificate"];

/// Empties every table, whichever room's; the registered apps only when asked for. Phones and regIds are gone as if
/// they had never been.
fn clear(tx: &Transaction<'_>, apps: bool) -> rusqlite::Result<()> {
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
