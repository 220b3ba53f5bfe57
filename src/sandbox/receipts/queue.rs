//! The receipts that are to be posted, in the sandbox's database, so that none is lost when the sandbox stops.

use rusqlite::{Transaction, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::super::faults::{About, Kind, strikes, words};
use super::super::im::webhook::{self, PushStage};
use super::super::push::Push;
use super::super::words::from_row;
use super::stage::{Event, Stage};

/// Older receipts are forgotten once they are done with.
const KEPT: i64 = 1000;

/// One receipt. Times are milliseconds since 1970-01-01 UTC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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

/// Notes that something happened to a push, which the IM server learns too; nothing is noted where its notification has no call_back_url.
pub fn note(tx: &Transaction<'_>, push: &Push<'_>, (event, event_at): (Event, i64)) -> rusqlite::Result<()> {
    let Push { app_id, message_id, task_id, reg_id, notification } = *push;
    if event == Event::PushArrive {
        webhook::push_went(tx, message_id, PushStage::Reached, event_at)?;
    }
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
