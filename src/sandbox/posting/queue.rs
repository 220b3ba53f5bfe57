//! What waits to be posted, in the sandbox's database, so that none is lost when the sandbox stops.

use rusqlite::{Connection, Row, Transaction, params};

use super::super::receipts::Stage;
use super::super::rules::Rules;
use super::post::{PostRequest, PostResult};

/// A row of a table with the columns id, stage, tries, due_at, status and detail.
pub(in crate::sandbox) trait Queued: Sized + Send + 'static {
    const TABLE: &'static str;
    /// For the sandbox's own errors.
    const NAME: &'static str;
    /// Whether one request ends before the next begins.
    const IN_ORDER: bool;

    fn of_row(row: &Row<'_>) -> rusqlite::Result<Self>;
    fn id(&self) -> i64;
    fn tries(&self) -> u32;
    fn url(&self) -> &str;
    /// Whether both go into one request.
    fn shares(&self, other: &Self, rules: &Rules) -> bool;
    fn request(rules: &Rules, batch: &[Self]) -> PostRequest;
    /// How long one request may take, in milliseconds.
    fn patience(rules: &Rules) -> i64;
    /// How many tries follow the first, and after how many milliseconds.
    fn retries(rules: &Rules) -> (u32, i64);
}

/// When the next one is to be posted, if any waits.
pub(super) fn next_due<Q: Queued>(connection: &Connection) -> rusqlite::Result<Option<i64>> {
    let sql = format!("SELECT min(due_at) FROM {} WHERE stage IN ('waiting', 'posting')", Q::TABLE);
    connection.prepare_cached(&sql)?.query_row([], |row| row.get(0))
}

/// Takes up at most `most` of those that are due, oldest first; no other poster does before `until`.
pub(super) fn claim<Q: Queued>(
    tx: &Transaction<'_>,
    now: i64,
    until: i64,
    most: usize,
) -> rusqlite::Result<Vec<Q>> {
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let sql = format!(
        "SELECT * FROM {} WHERE stage IN ('waiting', 'posting') AND due_at <= ?1 ORDER BY due_at, id LIMIT ?2",
        Q::TABLE
    );
    let due: Vec<Q> = tx
        .prepare_cached(&sql)?
        .query_map([now, most], |row| Q::of_row(row))?
        .collect::<rusqlite::Result<_>>()?;
    let sql = format!("UPDATE {} SET stage = ?1, due_at = ?2 WHERE id = ?3", Q::TABLE);
    for one in &due {
        tx.prepare_cached(&sql)?.execute(params![Stage::Posting, until, one.id()])?;
    }
    Ok(due)
}

/// Notes how the listener answered, and whether there will be another try.
pub(super) fn settle<Q: Queued>(
    tx: &Transaction<'_>,
    now: i64,
    rules: &Rules,
    batch: &[Q],
    answered: &PostResult,
) -> rusqlite::Result<()> {
    let (retries, retry_after) = Q::retries(rules);
    let sql = format!(
        "UPDATE {} SET stage = ?1, tries = ?2, due_at = ?3, status = ?4, detail = ?5 WHERE id = ?6",
        Q::TABLE
    );
    for one in batch {
        let tries = one.tries() + 1;
        let (stage, due_at) = match answered {
            PostResult { accepted: true, .. } => (Stage::Posted, now),
            _ if tries <= retries => (Stage::Waiting, now.saturating_add(retry_after)),
            _ => (Stage::GivenUp, now),
        };
        tx.prepare_cached(&sql)?.execute(params![
            stage,
            tries,
            due_at,
            answered.status,
            answered.detail,
            one.id()
        ])?;
    }
    Ok(())
}

/// Keeps one back for good, and says why.
pub(super) fn withhold<Q: Queued>(tx: &Transaction<'_>, one: &Q, why: &str) -> rusqlite::Result<()> {
    let sql = format!("UPDATE {} SET stage = ?1, detail = ?2 WHERE id = ?3", Q::TABLE);
    tx.prepare_cached(&sql)?.execute(params![Stage::Withheld, why, one.id()])?;
    Ok(())
}

/// The sandbox's clock was moved by so much: what is on its way is not unheard of by that.
pub(super) fn clock_moved<Q: Queued>(tx: &Transaction<'_>, by_ms: i64) -> rusqlite::Result<()> {
    tx.execute(&format!("UPDATE {} SET due_at = due_at + ?1 WHERE stage = 'posting'", Q::TABLE), [by_ms])?;
    Ok(())
}
