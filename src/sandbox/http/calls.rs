//! The log of calls: the raw request with secrets masked, what was checked, the dialects noted, the answer.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::oppo::{Dialect, recognise};
use super::super::words::{Json, from_row};

/// Older calls are forgotten, so that a sandbox may run for months.
pub(crate) const KEPT: i64 = 1000;

/// After so many calls those beyond [`KEPT`] go; until then they are only not listed.
const OFTEN: i64 = 128;

/// One thing that was looked at; a fault that struck is one that failed, by the name `fault`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Check {
    pub name: String,
    pub ok: bool,
    pub detail: String,
    /// The section of the reference that states it; `IM` before one of the IM server's, nothing where the check is the sandbox's own.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub section: String,
}

/// One call and its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LoggedCall {
    /// Ascending; given by [`record`].
    pub(crate) id: i64,
    /// Milliseconds since 1970-01-01 UTC.
    pub(crate) at_ms: i64,
    /// The AppID or SDKAppID, where the request names one.
    pub app_id: Option<String>,
    pub(crate) method: String,
    /// Path and query, masked.
    pub path: String,
    /// Request line, headers and body as they came, with auth_token, sign and MasterSecret masked, and the secret in the path of a callback URL.
    pub request: String,
    pub checks: Vec<Check>,
    /// What differed from the documented form and was taken all the same.
    pub dialects: Vec<String>,
    /// Whose request it looks like, of the senders of OPPO pushes that are known; null for a call of the IM server's.
    #[serde(default)]
    pub sent_like: Option<Dialect>,
    /// The return code or ErrorCode; -1 where a fault let no envelope out.
    pub code: i32,
    /// The answer's body, auth_token masked; empty where a fault let no envelope out.
    pub answer: String,
}

/// Adds a call to the log (its `id` is ignored), forgets those beyond [`KEPT`], and returns the new id.
pub(crate) fn record(tx: &Transaction<'_>, call: &LoggedCall) -> rusqlite::Result<i64> {
    tx.prepare_cached(
        "INSERT INTO call (at_ms, app_id, method, path, request, checks, dialects, code, answer)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        call.at_ms,
        call.app_id,
        call.method,
        call.path,
        call.request,
        Json(&call.checks),
        Json(&call.dialects),
        call.code,
        call.answer
    ])?;
    let id = tx.last_insert_rowid();
    if id % OFTEN == 0 {
        tx.prepare_cached("DELETE FROM call WHERE id <= ?1")?.execute([id - KEPT])?;
    }
    Ok(id)
}

/// The calls after the one with id `after`, oldest first, at most `limit`.
pub fn list(tx: &Connection, after: Option<i64>, limit: usize) -> rusqlite::Result<Vec<LoggedCall>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    tx.prepare_cached(
        "SELECT * FROM call WHERE id > max(?1, (SELECT max(id) FROM call) - ?3) ORDER BY id LIMIT ?2",
    )?
    .query_map(params![after.unwrap_or(0), limit, KEPT], of_row)?
    .collect()
}

/// The call of that number.
pub(crate) fn find(tx: &Connection, id: i64) -> rusqlite::Result<Option<LoggedCall>> {
    tx.prepare_cached("SELECT * FROM call WHERE id = ?1")?.query_row([id], of_row).optional()
}

/// Forgets them all; numbers go on.
pub(crate) fn clear(tx: &Connection) -> rusqlite::Result<usize> {
    tx.execute("DELETE FROM call", [])
}

/// The number of the newest call; 0 where there is none.
pub(crate) fn newest(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("SELECT coalesce(max(id), 0) FROM call", [], |row| row.get(0))
}

/// Whose request it looks like is found when somebody looks, so that no call waits for it.
fn of_row(row: &Row<'_>) -> rusqlite::Result<LoggedCall> {
    let mut call = LoggedCall::read(row)?;
    call.sent_like = recognise(&call.path, &call.request, &call.dialects);
    Ok(call)
}

from_row! {
    LoggedCall: id, at_ms, app_id, method, path, request, checks as Json, dialects as Json, code, answer; sent_like
}

#[cfg(test)]
mod tests {
    use super::super::super::state::{Clock, State};
    use super::*;

    fn call(at_ms: i64) -> LoggedCall {
        LoggedCall {
            id: 0,
            at_ms,
            app_id: Some("30001".into()),
            method: "POST".into(),
            path: "/server/v1/auth".into(),
            request: "POST /server/v1/auth HTTP/1.1".into(),
            checks: vec![Check {
                name: "sign".into(),
                ok: true,
                detail: String::new(),
                section: String::new(),
            }],
            dialects: vec!["camel-case-keys".into()],
            sent_like: Some(Dialect::CamelCase),
            code: 0,
            answer: "{}".into(),
        }
    }

    #[test]
    fn what_is_recorded_is_listed_from_where_one_left_off() {
        let state = State::open(None, Clock::new(|| 0), Default::default()).unwrap();
        let listed = state
            .with(|tx| {
                let first = record(tx, &call(1))?;
                record(tx, &call(2))?;
                list(tx, Some(first), 10)
            })
            .unwrap();
        assert_eq!(listed, [LoggedCall { id: 2, ..call(2) }]);
    }

    #[test]
    fn only_the_newest_are_kept() {
        let state = State::open(None, Clock::new(|| 0), Default::default()).unwrap();
        let listed = state
            .with(|tx| {
                for at in 1..=KEPT + 5 {
                    record(tx, &call(at))?;
                }
                list(tx, None, usize::MAX)
            })
            .unwrap();
        assert_eq!((listed.len() as i64, listed[0].at_ms), (KEPT, 6));
    }
}
