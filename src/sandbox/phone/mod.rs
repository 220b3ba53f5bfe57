//! Simulated phones, as far as the vendor's side needs them: whether a regId is registered, aliases, arrival.
//! What the vendor accepts belongs to `vendor`.

use rusqlite::{OptionalExtension, Transaction, params};

pub const SCHEMA: &str = "
CREATE TABLE stub_reg_id (
    reg_id TEXT PRIMARY KEY, app_id TEXT NOT NULL, subscribed INTEGER NOT NULL, alias TEXT
) STRICT;
CREATE TABLE stub_push (message_id TEXT NOT NULL, reg_id TEXT NOT NULL, notification TEXT NOT NULL) STRICT;
";

/// What OPPO knows of a regId.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Unknown,
    Subscribed,
    /// Push switched off or unregistered: code 10001.
    Unsubscribed,
}

/// Whether `reg_id` belongs to a phone on which this app is registered.
pub fn standing(tx: &Transaction<'_>, app_id: &str, reg_id: &str) -> rusqlite::Result<Standing> {
    let subscribed: Option<bool> = tx
        .query_row(
            "SELECT subscribed FROM stub_reg_id WHERE app_id = ?1 AND reg_id = ?2",
            [app_id, reg_id],
            |row| row.get(0),
        )
        .optional()?;
    Ok(match subscribed {
        None => Standing::Unknown,
        Some(true) => Standing::Subscribed,
        Some(false) => Standing::Unsubscribed,
    })
}

pub fn reg_id_of_alias(tx: &Transaction<'_>, app_id: &str, alias: &str) -> rusqlite::Result<Option<String>> {
    tx.query_row("SELECT reg_id FROM stub_reg_id WHERE app_id = ?1 AND alias = ?2", [app_id, alias], |row| {
        row.get(0)
    })
    .optional()
}

/// Gives the alias to this regId; whoever had it loses it.
pub fn set_alias(tx: &Transaction<'_>, app_id: &str, reg_id: &str, alias: &str) -> rusqlite::Result<()> {
    delete_alias(tx, app_id, alias)?;
    tx.execute(
        "UPDATE stub_reg_id SET alias = ?3 WHERE app_id = ?1 AND reg_id = ?2",
        [app_id, reg_id, alias],
    )?;
    Ok(())
}

/// False when there was no such alias.
pub fn delete_alias(tx: &Transaction<'_>, app_id: &str, alias: &str) -> rusqlite::Result<bool> {
    let gone =
        tx.execute("UPDATE stub_reg_id SET alias = NULL WHERE app_id = ?1 AND alias = ?2", [app_id, alias])?;
    Ok(gone > 0)
}

/// A message OPPO accepted, on its way to one phone. `notification` has snake_case keys and canonical types.
pub struct Push<'a> {
    pub app_id: &'a str,
    pub message_id: &'a str,
    pub reg_id: &'a str,
    pub verify_registration_id: bool,
    pub notification: &'a serde_json::Map<String, serde_json::Value>,
}

/// Delivers at once, in the same transaction.
pub fn arrive(tx: &Transaction<'_>, _now: i64, push: &Push<'_>) -> rusqlite::Result<()> {
    let notification = serde_json::to_string(push.notification).unwrap_or_default();
    tx.execute(
        "INSERT INTO stub_push (message_id, reg_id, notification) VALUES (?1, ?2, ?3)",
        params![push.message_id, push.reg_id, notification],
    )?;
    Ok(())
}
