//! A push that OPPO took is on its way to the phone that has, or had, its regId.

use rusqlite::{OptionalExtension, Transaction, params};
use serde_json::Value;

use super::super::push::Push;
use super::super::words::Json;
use super::{accept, read, settle};

/// Older notifications of a phone are forgotten, whatever became of them.
pub(super) const KEPT: i64 = 1000;

/// Delivers: shows, holds or drops it by the phone's state. A regId without a phone swallows it.
pub(crate) fn arrive(tx: &Transaction<'_>, now: i64, push: &Push<'_>) -> rusqlite::Result<()> {
    let name: Option<String> = tx
        .prepare_cached(
            "SELECT p.name FROM registration r JOIN phone p ON p.id = r.phone WHERE r.reg_id = ?1 AND r.app_id = ?2",
        )?
        .query_row([push.reg_id, push.app_id], |row| row.get(0))
        .optional()?;
    let Some(name) = name else { return Ok(()) };
    let Some(mut phone) = read::stored(tx, &name)? else { return Ok(()) };
    if phone.learns {
        accept::learn(tx, &mut phone, push.notification)?;
    }
    let notify_id = push.notification.get("notify_id").filter(|id| !id.is_null()).map(Value::to_string);
    // Held and due at once: settling decides, together with whatever else is due.
    tx.prepare_cached(
        "INSERT INTO delivery (phone, message_id, task_id, reg_id, notification, notify_id, stage, arrived_at, due_at, at)
         VALUES (?1, ?2, ?7, ?3, ?4, ?5, 'held', ?6, ?6, ?6)",
    )?
    .execute(params![
        phone.id,
        push.message_id,
        push.reg_id,
        Json(push.notification),
        notify_id,
        now,
        push.task_id
    ])?;
    tx.prepare_cached(
        "DELETE FROM delivery WHERE phone = ?1
            AND seq <= (SELECT seq FROM delivery WHERE phone = ?1 ORDER BY seq DESC LIMIT 1 OFFSET ?2)",
    )?
    .execute(params![phone.id, KEPT])?;
    settle::settle(tx, now, &phone)?;
    Ok(())
}
