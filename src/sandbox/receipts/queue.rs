//! The receipts that are to be posted, in the sandbox's database, so that none is lost when the sandbox stops.

use rusqlite::{Connection, Transaction, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::super::faults::{About, Kind, strikes, words};
use super::super::push::Push;
use super::super::rules::Rules;
use super::super::words::from_row;
use super::post::PostResult;
use super::stage::{Event, Stage};

/// Older receipts are forgotten once they are done with.
const KEPT: i64 = 1000;

/// One receipt. Times are milliseconds since 1970-01-01 UTC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Ascending.
    pub(crate) id: i64,
    pub(crate) message_id: String,
    /// Of a broadcast.
    #[serde(default)]
    pub(crate) task_id: Option<String>,
    pub(crate) app_id: String,
    pub(crate) reg_id: String,
    pub(crate) event: Event,
    pub(crate) event_at: i64,
    pub(crate) url: String,
    /// The push's call_back_parameter.
    pub(crate) param: Option<String>,
    pub stage: Stage,
    /// How often it was posted.
    pub tries: u32,
    /// When it is to be posted, or counts as unheard of.
    pub due_at: i64,
    /// The HTTP status of the last answer.
    pub status: Option<u16>,
    /// The beginning of the last answer, or why there was none.
    pub detail: Option<String>,
}

/// Notes that something happened to a push; nothing is noted where its notification has no call_back_url.
pub fn note(tx: &Transaction<'_>, push: &Push<'_>, (event, event_at): (Event, i64)) -> rusqlite::Result<()> {
    let Push { app_id, message_id, task_id, reg_id, notification } = *push;
    let text = |key: &str| notification.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    let Some(url) = text("call_back_url") else { return Ok(()) };
    let param = text("call_back_parameter");
    let fault = strikes(tx, &About::push("", app_id, reg_id), Kind::LostReceipts)?;
    let stage = if fault.is_some() { Stage::Lost } else { Stage::Waiting };
    let detail = fault.as_ref().map(words);
    tx.prepare_cached(
        "INSERT INTO receipt (message_id, app_id, reg_id, event, event_at, url, param, stage, due_at, detail, task_id)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?5, ?9, ?10)",
    )?
    .execute(params![message_id, app_id, reg_id, event, event_at, url, param, stage, detail, task_id])?;
    let newest = tx.last_insert_rowid();
    tx.prepare_cached("DELETE FROM receipt WHERE id <= ?1 AND stage NOT IN ('waiting', 'posting')")?
        .execute([newest - KEPT])?;
    Ok(())
}

/// When the next one is to be posted, if any waits.
pub(super) fn next_due(connection: &Connection) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached("SELECT min(due_at) FROM receipt WHERE stage IN ('waiting', 'posting')")?
        .query_row([], |row| row.get(0))
}

/// Takes up at most `most` of those that are due, oldest first; no other poster does before `until`.
pub(super) fn claim(
    tx: &Transaction<'_>,
    now: i64,
    until: i64,
    most: usize,
) -> rusqlite::Result<Vec<Receipt>> {
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let due: Vec<Receipt> = tx
        .prepare_cached("SELECT * FROM receipt WHERE stage IN ('waiting', 'posting') AND due_at <= ?1 ORDER BY id LIMIT ?2")?
        .query_map([now, most], Receipt::read)?
        .collect::<rusqlite::Result<_>>()?;
    for receipt in &due {
        tx.prepare_cached("UPDATE receipt SET stage = ?1, due_at = ?2 WHERE id = ?3")?.execute(params![
            Stage::Posting,
            until,
            receipt.id
        ])?;
    }
    Ok(due)
}

/// Notes how the listener answered, and whether there will be another try.
pub(super) fn settle(
    tx: &Transaction<'_>,
    now: i64,
    rules: &Rules,
    receipts: &[Receipt],
    answered: &PostResult,
) -> rusqlite::Result<()> {
    for receipt in receipts {
        let tries = receipt.tries + 1;
        let (stage, due_at) = match answered {
            PostResult { accepted: true, .. } => (Stage::Posted, now),
            _ if tries <= rules.receipt_retries.unwrap_or(0) => {
                (Stage::Waiting, now.saturating_add(rules.receipt_retry_after.0))
            }
            _ => (Stage::GivenUp, now),
        };
        tx.prepare_cached(
            "UPDATE receipt SET stage = ?1, tries = ?2, due_at = ?3, status = ?4, detail = ?5 WHERE id = ?6",
        )?
        .execute(params![stage, tries, due_at, answered.status, answered.detail, receipt.id])?;
    }
    Ok(())
}

/// The sandbox's clock was moved by so much: what is on its way is not unheard of by that.
pub(crate) fn clock_moved(tx: &Transaction<'_>, by_ms: i64) -> rusqlite::Result<()> {
    tx.execute("UPDATE receipt SET due_at = due_at + ?1 WHERE stage = 'posting'", [by_ms])?;
    Ok(())
}

/// Keeps one back for good, and says why.
pub(super) fn withhold(tx: &Transaction<'_>, receipt: &Receipt, why: &str) -> rusqlite::Result<()> {
    tx.prepare_cached("UPDATE receipt SET stage = ?1, detail = ?2 WHERE id = ?3")?.execute(params![
        Stage::Withheld,
        why,
        receipt.id
    ])?;
    Ok(())
}

/// The receipts after the one with id `after`, of one push where it is named, oldest first.
pub fn list(
    tx: &Transaction<'_>,
    after: Option<i64>,
    message_id: Option<&str>,
    limit: usize,
) -> rusqlite::Result<Vec<Receipt>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    tx.prepare_cached(
        "SELECT * FROM receipt WHERE id > ?1 AND (?2 IS NULL OR message_id = ?2) ORDER BY id LIMIT ?3",
    )?
    .query_map(params![after.unwrap_or(0), message_id, limit], Receipt::read)?
    .collect()
}

from_row! {
    Receipt: id, message_id, task_id, app_id, reg_id, event, event_at, url, param, stage, tries, due_at, status, detail
}
