//! The control API's rest: which sandbox answers, the apps, the log of calls, the receipts, starting anew.

use std::collections::BTreeMap;

use rusqlite::Transaction;

use super::super::app::{self, App};
use super::super::changes::Change;
use super::super::moment::Moment;
use super::super::{clock, draw};
use super::super::{im, phone, receipts as posted};
use super::ask::Ask;
use super::openapi;
use super::refusal::{Answered, Refusal, done, items, ok};
use super::types::{AppShown, Info, Reset};

pub(super) fn info(ask: &Ask<'_>, at: Moment<'_>) -> Answered {
    let rule_values: BTreeMap<String, String> =
        at.rules.values().map(|(id, value)| (id.to_owned(), value)).collect();
    let rules = rule_values.iter().map(|(id, value)| format!("{id}={value}")).collect::<Vec<_>>();
    ok(Info {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        pid: std::process::id(),
        rules: rules.join(" "),
        rule_values,
        phones: phone::count(at.tx)?,
        forgotten: phone::forgotten(at.tx, None)?,
        clock: ask.state.time(),
        accept_any: at.rules.accept_any,
    })
}

pub(super) fn openapi(_: &Ask<'_>, _: Moment<'_>) -> Answered {
    ok(openapi::document())
}

pub(super) fn apps(_: &Ask<'_>, at: Moment<'_>) -> Answered {
    let shown = |app: App| AppShown {
        signature_checked: app.signature_checked(),
        app_id: app.app_id,
        app_key: app.app_key,
        package: app.package,
    };
    items(app::list(at.tx)?.into_iter().map(shown).collect())
}

pub(super) fn put_app(ask: &Ask<'_>, at: Moment<'_>) -> Answered {
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
    app::register(at.tx, &app)?;
    done()
}

pub(super) fn receipts(ask: &Ask<'_>, at: Moment<'_>) -> Answered {
    let (after, limit) = ask.part()?;
    // A phone is brought up to date when it is looked at, which may bring receipts about.
    phone::settle_due(at.tx, at.now)?;
    items(posted::list(at.tx, after, ask.text("message_id"), limit)?)
}

pub(super) fn reset(ask: &Ask<'_>, at: Moment<'_>) -> Answered {
    let Reset { apps } = ask.body()?;
    clear(at.tx, apps)?;
    draw::reset(at.tx)?;
    ask.state.clock_is_ahead(clock::reset(at.tx, ask.state.time().machine)?);
    ask.state.changes.note(Change::Reset);
    done()
}

/// What a developer set up, not what happened.
const APPS: &[&str] = &["app", "im_app", "im_certificate", "im_webhook"];

/// Empties every table, whichever room's; the registered apps only when asked for. Phones and regIds are gone as if
/// they had never been.
fn clear(tx: &Transaction<'_>, apps: bool) -> rusqlite::Result<()> {
    tx.pragma_update(None, "defer_foreign_keys", "ON")?;
    let tables: Vec<String> = tx
        .prepare(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'setting'
             AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for table in tables.iter().filter(|table| apps || !APPS.contains(&table.as_str())) {
        tx.execute(&format!("DELETE FROM \"{table}\""), [])?;
    }
    // The administrators' accounts are as old as their apps.
    im::apps(tx)?.iter().try_for_each(|app| im::register(tx, app))
}
