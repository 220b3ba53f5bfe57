//! What is kept of saved messages and of broadcasts, to look at. How they are made belongs to their calls.

use rusqlite::{OptionalExtension, Params, Transaction, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::super::receipts;
use super::super::words::from_row;

/// A message that was saved for broadcasts. Times are milliseconds since 1970-01-01 UTC.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Saved {
    /// Ascending.
    pub(crate) id: i64,
    pub(crate) message_id: String,
    pub(crate) app_id: String,
    pub(crate) app_message_id: Option<String>,
    pub(crate) at_ms: i64,
    /// The whole notification as OPPO took it.
    pub(crate) notification: Map<String, Value>,
}

/// One broadcast of a saved message, with what the call for statistics counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Broadcast {
    /// Ascending.
    pub(crate) id: i64,
    pub(crate) task_id: String,
    pub(crate) message_id: String,
    pub(crate) app_id: String,
    /// 1 all, 2 regIds, 5 aliases, 6 tags; older senders: 3 aliases, 4 tags.
    pub(crate) target_type: i64,
    pub(crate) target_value: String,
    pub(crate) at_ms: i64,
    /// When it goes, or goes on; null once it is done.
    pub(crate) due_at: Option<i64>,
    pub(crate) targets: i64,
    pub(crate) valid: i64,
    pub(crate) sent: i64,
    pub(crate) arrived: i64,
    pub(crate) shown: i64,
    pub(crate) opened: i64,
    /// The notification as it was when it was sent.
    pub(crate) notification: Map<String, Value>,
}

from_row! { Saved: id, message_id, app_id, app_message_id, at_ms, notification as Json }

from_row! {
    Broadcast: id, task_id, message_id, app_id, target_type, target_value, at_ms, due_at, targets, valid, sent,
    arrived = "arrived_in_all", shown = "shown_in_all", opened = "opened_in_all", notification as Json
}

/// What a broadcast counted itself, and what became of the pushes that are still remembered.
const BROADCAST: &str = "SELECT b.*, b.arrived + coalesce(d.arrived, 0) AS arrived_in_all,
        b.shown + coalesce(d.shown, 0) AS shown_in_all, b.opened + coalesce(d.opened, 0) AS opened_in_all
    FROM broadcast b LEFT JOIN (
        SELECT task_id, count(reached_at) AS arrived, count(shown_at) AS shown,
            count(CASE stage WHEN 'opened' THEN 1 END) AS opened
        FROM delivery WHERE task_id IS NOT NULL GROUP BY task_id
    ) d ON d.task_id = b.task_id";

/// The saved messages after the one with that id, oldest first.
pub(crate) fn saved(tx: &Transaction<'_>, after: Option<i64>, limit: usize) -> rusqlite::Result<Vec<Saved>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut found: Vec<Saved> = tx
        .prepare_cached("SELECT * FROM saved WHERE id > ?1 ORDER BY id LIMIT ?2")?
        .query_map(params![after.unwrap_or(0), limit], Saved::read)?
        .collect::<rusqlite::Result<_>>()?;
    found.iter_mut().for_each(|saved| mask(&mut saved.notification));
    Ok(found)
}

/// The message that was saved under this id.
pub(crate) fn find_saved(tx: &Transaction<'_>, message_id: &str) -> rusqlite::Result<Option<Saved>> {
    let mut query = tx.prepare_cached("SELECT * FROM saved WHERE message_id = ?1")?;
    let found = query.query_row([message_id], Saved::read).optional()?;
    Ok(found.map(|mut saved| {
        mask(&mut saved.notification);
        saved
    }))
}

/// The broadcasts after the one with that id, oldest first.
pub(crate) fn broadcasts(
    tx: &Transaction<'_>,
    after: Option<i64>,
    limit: usize,
) -> rusqlite::Result<Vec<Broadcast>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    of_query(tx, "b.id > ?1 ORDER BY b.id LIMIT ?2", params![after.unwrap_or(0), limit])
}

/// The broadcast with this task_id.
pub(crate) fn find_broadcast(tx: &Transaction<'_>, task_id: &str) -> rusqlite::Result<Option<Broadcast>> {
    Ok(of_query(tx, "b.task_id = ?1", [task_id])?.pop())
}

fn of_query(tx: &Transaction<'_>, which: &str, given: impl Params) -> rusqlite::Result<Vec<Broadcast>> {
    let mut found: Vec<Broadcast> = tx
        .prepare_cached(&format!("{BROADCAST} WHERE {which}"))?
        .query_map(given, Broadcast::read)?
        .collect::<rusqlite::Result<_>>()?;
    found.iter_mut().for_each(|broadcast| mask(&mut broadcast.notification));
    Ok(found)
}

/// Hides the secret in the path of its callback URL.
fn mask(notification: &mut Map<String, Value>) {
    if let Some(Value::String(url)) = notification.get_mut("call_back_url") {
        *url = receipts::masking::mask(url);
    }
}
