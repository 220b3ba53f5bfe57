//! The record of what the IM server decided for every message and phone, and what OPPO answered.

use rusqlite::{OptionalExtension, Transaction, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::words::from_row;

/// Older attempts are forgotten.
const KEPT: i64 = 1000;

/// One decision. No reason means that OPPO took the push.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Attempt {
    /// Ascending; given by [`record`].
    pub(crate) id: i64,
    /// The PushID of the trace.
    pub(crate) push_id: String,
    /// Milliseconds since 1970-01-01 UTC.
    pub(crate) at: i64,
    pub(crate) sdk_app_id: i64,
    pub(crate) msg_key: String,
    pub(crate) from: String,
    pub(crate) user: String,
    /// `push` or `no-push`.
    pub(crate) decision: String,
    /// Why there was no push, or `oppo-refused`; null when OPPO took it.
    pub(crate) reason: Option<String>,
    pub(crate) detail: String,
    /// Null where the user has no phone.
    pub(crate) phone: Option<String>,
    pub(crate) reg_id: Option<String>,
    pub(crate) certificate_id: Option<i64>,
    /// OPPO's return code, if it was called.
    pub(crate) oppo_code: Option<i32>,
    pub(crate) message_id: Option<String>,
}

/// Keeps one (its `id` is ignored), and forgets those beyond [`KEPT`].
pub(super) fn record(tx: &Transaction<'_>, attempt: &Attempt) -> rusqlite::Result<()> {
    tx.prepare_cached(
        "INSERT INTO im_push (push_id, at, sdk_app_id, msg_key, sender, user, phone, reg_id, certificate_id, reason,
            detail, oppo_code, message_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?
    .execute(params![
        attempt.push_id,
        attempt.at,
        attempt.sdk_app_id,
        attempt.msg_key,
        attempt.from,
        attempt.user,
        attempt.phone,
        attempt.reg_id,
        attempt.certificate_id,
        attempt.reason,
        attempt.detail,
        attempt.oppo_code,
        attempt.message_id
    ])?;
    let id = tx.last_insert_rowid();
    tx.prepare_cached("DELETE FROM im_push WHERE id <= ?1")?.execute([id - KEPT])?;
    Ok(())
}

const SELECT: &str =
    "SELECT *, iif(reason IS NULL OR oppo_code IS NOT NULL, 'push', 'no-push') AS decision FROM im_push";

/// The attempts after the one with id `after`, of one user if given, oldest first, at most `limit`.
pub(crate) fn pushes(
    tx: &Transaction<'_>,
    after: Option<i64>,
    user: Option<&str>,
    limit: usize,
) -> rusqlite::Result<Vec<Attempt>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    tx.prepare_cached(&format!("{SELECT} WHERE id > ?1 AND (?2 IS NULL OR user = ?2) ORDER BY id LIMIT ?3"))?
        .query_map(params![after.unwrap_or(0), user, limit], Attempt::read)?
        .collect()
}

pub(super) fn by_push_id(
    tx: &Transaction<'_>,
    sdk_app_id: i64,
    push_id: &str,
) -> rusqlite::Result<Vec<Attempt>> {
    tx.prepare_cached(&format!("{SELECT} WHERE push_id = ?1 AND sdk_app_id = ?2 ORDER BY id"))?
        .query_map(params![push_id, sdk_app_id], Attempt::read)?
        .collect()
}

/// The one that OPPO took under this message id.
pub(super) fn by_message_id(tx: &Transaction<'_>, message_id: &str) -> rusqlite::Result<Option<Attempt>> {
    tx.prepare_cached(&format!("{SELECT} WHERE message_id = ?1"))?
        .query_row([message_id], Attempt::read)
        .optional()
}

/// Those from `from` up to and with `to`, both in milliseconds.
pub(super) fn between(
    tx: &Transaction<'_>,
    sdk_app_id: i64,
    from: i64,
    to: i64,
) -> rusqlite::Result<Vec<Attempt>> {
    tx.prepare_cached(&format!("{SELECT} WHERE sdk_app_id = ?1 AND at BETWEEN ?2 AND ?3 ORDER BY id"))?
        .query_map(params![sdk_app_id, from, to], Attempt::read)?
        .collect()
}

from_row! {
    Attempt: id, push_id, at, sdk_app_id, msg_key, from = "sender", user, decision, reason, detail, phone, reg_id,
    certificate_id, oppo_code, message_id
}
