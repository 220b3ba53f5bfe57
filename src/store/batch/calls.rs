//! The table of calls: planned, begun before one leaves, settled after its answer.

use std::collections::BTreeSet;

use rusqlite::{Row, params};

use super::super::{Store, StoreError, optional_time_at, to_ms};
use super::model::{Call, CallEnd, CallState, NewCall, Totals};

const COLUMNS: &str = "id, certificate_id, state, first_begun_at, item_rows, results";

/// Adds a call to a run that is being planned.
pub(crate) fn add(store: &Store, run: i64, new: &NewCall) -> Result<(), StoreError> {
    store.write(|tx| {
        let sql = "INSERT INTO batch_call (run_id, certificate_id, state, recipients, item_rows)
                   VALUES (?1, ?2, 'planned', ?3, ?4)";
        let recipients = i64::try_from(new.recipients).unwrap_or(i64::MAX);
        tx.prepare_cached(sql)?.execute(params![run, new.certificate_id, recipients, new.rows]).map(drop)
    })
}

/// Rows of a planned call that are not sent have their result before it leaves; `recipients` are left.
pub(crate) fn skip(store: &Store, call: i64, results: &[u8], recipients: u64) -> Result<(), StoreError> {
    store.write(|tx| {
        let state = if recipients == 0 { CallState::Settled } else { CallState::Planned };
        let sql = "UPDATE batch_call SET results = ?2, recipients = ?3, state = ?4 WHERE id = ?1";
        let recipients = i64::try_from(recipients).unwrap_or(i64::MAX);
        tx.prepare_cached(sql)?.execute(params![call, results, recipients, state]).map(drop)
    })
}

/// Marks that a call may leave from now on.
pub(crate) fn begin(store: &Store, call: i64) -> Result<(), StoreError> {
    let now = to_ms(store.now());
    store.write(|tx| {
        let sql = "UPDATE batch_call SET state = 'begun', begun_at = ?2, tries = tries + 1,
                          first_begun_at = coalesce(first_begun_at, ?2) WHERE id = ?1";
        tx.prepare_cached(sql)?.execute(params![call, now]).map(drop)
    })
}

/// Nothing of a begun call was taken, for sure: it is as it was before it began.
pub(crate) fn planned_again(store: &Store, call: i64) -> Result<(), StoreError> {
    store.write(|tx| {
        let sql = "UPDATE batch_call SET state = 'planned', first_begun_at = NULL WHERE id = ?1";
        tx.prepare_cached(sql)?.execute([call]).map(drop)
    })
}

/// What became of a call; where rows are unknown, it may have another try.
pub(crate) fn settle(store: &Store, call: i64, end: &CallEnd) -> Result<(), StoreError> {
    let now = to_ms(store.now());
    let state = if end.unknown == 0 { CallState::Settled } else { CallState::Unknown };
    let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    store.write(|tx| {
        let sql =
            "UPDATE batch_call SET state = ?2, ended_at = ?3, results = ?4, accepted = ?5, refused = ?6,
                          unknown = ?7 WHERE id = ?1";
        let counts = (count(end.accepted), count(end.refused), count(end.unknown));
        let values = params![call, state, now, end.results, counts.0, counts.1, counts.2];
        tx.prepare_cached(sql)?.execute(values).map(drop)
    })
}

/// The next calls of a run behind this one that are not settled, in their order.
pub(crate) fn to_send(store: &Store, run: i64, behind: i64, most: usize) -> Result<Vec<Call>, StoreError> {
    let condition = "AND state <> 'settled'";
    page(store, run, behind, most, condition)
}

/// The next calls of a run behind this one, in their order.
pub(crate) fn read(store: &Store, run: i64, behind: i64, most: usize) -> Result<Vec<Call>, StoreError> {
    page(store, run, behind, most, "")
}

fn page(store: &Store, run: i64, behind: i64, most: usize, only: &str) -> Result<Vec<Call>, StoreError> {
    let sql =
        format!("SELECT {COLUMNS} FROM batch_call WHERE run_id = ?1 AND id > ?2 {only} ORDER BY id LIMIT ?3");
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    store.read(|connection| {
        connection.prepare_cached(&sql)?.query_map(params![run, behind, most], call)?.collect()
    })
}

/// The certificates that the calls of a run are sent with.
pub(crate) fn certificates(store: &Store, run: i64) -> Result<BTreeSet<i64>, StoreError> {
    let sql = "SELECT DISTINCT certificate_id FROM batch_call WHERE run_id = ?1";
    store.read(|connection| connection.prepare(sql)?.query_map([run], |row| row.get(0))?.collect())
}

/// The rows of a run by what became of them. Those of a call without an answer are unknown.
pub(crate) fn totals(store: &Store, run: i64) -> Result<Totals, StoreError> {
    let sql = "SELECT count(*), coalesce(sum(accepted), 0), coalesce(sum(refused), 0),
                      coalesce(sum(CASE WHEN state = 'begun' THEN recipients - accepted - refused ELSE unknown END), 0),
                      coalesce(sum(CASE WHEN state = 'planned' THEN recipients ELSE 0 END), 0)
               FROM batch_call WHERE run_id = ?1";
    store.read(|connection| {
        connection.query_row(sql, [run], |row| {
            let count = |index| row.get::<_, i64>(index).map(|number| u64::try_from(number).unwrap_or(0));
            let (calls, accepted, refused) = (count(0)?, count(1)?, count(2)?);
            Ok(Totals { calls, accepted, refused, unknown: count(3)?, left: count(4)? })
        })
    })
}

fn call(row: &Row<'_>) -> rusqlite::Result<Call> {
    Ok(Call {
        id: row.get(0)?,
        certificate_id: row.get(1)?,
        state: row.get(2)?,
        first_begun_at: optional_time_at(row, 3)?,
        rows: row.get(4)?,
        results: row.get(5)?,
    })
}
