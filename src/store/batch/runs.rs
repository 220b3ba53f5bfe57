//! The table of runs: begun, started once all rows are checked, claimed by one process at a time, ended.

use rusqlite::{OptionalExtension, Row, params};

use super::super::{Keep, Store, StoreError, optional_time_at, process, time_at, to_ms};
use super::model::{Claim, NewRun, Planned, Run, RunState};

/// Runs beyond so many rows, counted from the newest, are removed: they have a limit of their own beside the history's.
const ROWS_KEPT: i64 = 10_000_000;

const COLUMNS: &str = "id, begun_at, ended_at, process, state, reason, profile, region, source, id_prefix,
    repeat_window_ms, certificates, file_rows, bad_rows, repeats, held_back, recipients";

/// A run whose rows are read from now on.
pub(crate) fn begin_run(store: &Store, new: &NewRun) -> Result<i64, StoreError> {
    let now = to_ms(store.now());
    store.write(|tx| {
        let sql = "INSERT INTO batch_run (begun_at, process, state, profile, region, source, id_prefix,
                                          repeat_window_ms, certificates)
                   VALUES (?1, ?2, 'planning', ?3, ?4, ?5, ?6, ?7, '[]') RETURNING id";
        let NewRun { profile, region, source, id_prefix, repeat_window_ms } = new;
        let values = params![now, process::this(), profile, region, source, id_prefix, repeat_window_ms];
        tx.query_row(sql, values, |row| row.get(0))
    })
}

/// All rows are there and checked: from here on the run may send.
pub(crate) fn start(store: &Store, run: i64, planned: &Planned) -> Result<(), StoreError> {
    store.write(|tx| {
        let sql = "UPDATE batch_run SET state = 'running', file_rows = ?2, bad_rows = ?3, repeats = ?4,
                                        held_back = ?5, recipients = ?6, certificates = ?7 WHERE id = ?1";
        let Planned { file_rows, bad_rows, repeats, held_back, recipients, certificates } = planned;
        let count = |number: &u64| i64::try_from(*number).unwrap_or(i64::MAX);
        tx.execute(
            sql,
            params![
                run,
                count(file_rows),
                count(bad_rows),
                count(repeats),
                held_back,
                count(recipients),
                certificates
            ],
        )
        .map(drop)
    })
}

/// Removes a run that was never started, or is not to be kept.
pub(crate) fn drop_run(store: &Store, run: i64) -> Result<(), StoreError> {
    store.write(|tx| tx.execute("DELETE FROM batch_run WHERE id = ?1", [run]).map(drop))
}

/// Removes what killed processes left of runs that never started.
pub(crate) fn abandoned(store: &Store) -> Result<(), StoreError> {
    let left = store.read(|connection| {
        let sql = format!("SELECT {COLUMNS} FROM batch_run WHERE state = 'planning'");
        let mut statement = connection.prepare(&sql)?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(3)?)))?;
        rows.collect::<rusqlite::Result<Vec<_>>>()
    })?;
    left.into_iter().filter(|(_, who)| process::has_ended(who)).try_for_each(|(run, _)| drop_run(store, run))
}

/// The right to go on with a run, for one process at a time.
pub(crate) fn claim(store: &Store, run: i64) -> Result<Option<Claim>, StoreError> {
    store.write(|tx| {
        let sql = "SELECT state, process FROM batch_run WHERE id = ?1";
        let read = |row: &Row<'_>| Ok((row.get::<_, RunState>(0)?, row.get::<_, String>(1)?));
        let Some((state, who)) = tx.query_row(sql, [run], read).optional()? else { return Ok(None) };
        let claim = match state {
            RunState::Planning => Claim::Busy,
            RunState::Running if !process::has_ended(&who) => Claim::Busy,
            RunState::Cancelled => Claim::Over(state),
            _ => Claim::Taken,
        };
        if claim == Claim::Taken {
            let sql = "UPDATE batch_run SET state = 'running', process = ?2, ended_at = NULL, reason = NULL WHERE id = ?1";
            tx.execute(sql, params![run, process::this()])?;
        }
        Ok(Some(claim))
    })
}

/// The end of a run's work, for now or for good.
pub(crate) fn end(store: &Store, run: i64, state: RunState, reason: Option<&str>) -> Result<(), StoreError> {
    let now = to_ms(store.now());
    store.write(|tx| {
        let sql = "UPDATE batch_run SET state = ?2, reason = ?3, ended_at = ?4 WHERE id = ?1";
        tx.execute(sql, params![run, state, reason, now]).map(drop)
    })
}

/// Gives up what is left of a run that no process works on.
pub(crate) fn cancel(store: &Store, run: i64) -> Result<Option<Claim>, StoreError> {
    let claim = claim(store, run)?;
    if claim == Some(Claim::Taken) {
        end(store, run, RunState::Cancelled, None)?;
    }
    Ok(claim)
}

pub(crate) fn find(store: &Store, run: i64) -> Result<Option<Run>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM batch_run WHERE id = ?1");
    store.read(|connection| connection.query_row(&sql, [run], read).optional())
}

/// The newest first; of one profile where one is named.
pub(crate) fn list(store: &Store, profile: Option<&str>) -> Result<Vec<Run>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM batch_run WHERE ?1 IS NULL OR profile = ?1 ORDER BY id DESC");
    store.read(|connection| connection.prepare(&sql)?.query_map([profile], read)?.collect())
}

/// Removes runs that are over and too old, or beyond the rows that are kept. What is unfinished stays, and so does a run
/// within its time for repeats.
pub(crate) fn prune(store: &Store) -> Result<(), StoreError> {
    let Some(Keep { age, .. }) = store.keep() else { return Ok(()) };
    let now = to_ms(store.now());
    let age = age.and_then(|age| i64::try_from(age.as_millis()).ok()).unwrap_or(i64::MAX);
    let mut rows = 0_i64;
    for run in list(store, None)? {
        rows += i64::try_from(run.planned.recipients).unwrap_or(i64::MAX).max(1);
        let over = matches!(run.state, RunState::Done | RunState::Cancelled);
        let ended = run.ended_at.map_or(now, to_ms);
        let remembered = ended.saturating_add(run.repeat_window_ms) > now;
        let too_old = now.saturating_sub(ended) > age;
        if over && !remembered && (too_old || rows > ROWS_KEPT) {
            drop_run(store, run.id)?;
        }
    }
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<Run> {
    let who: String = row.get(3)?;
    let count = |index| row.get::<_, i64>(index).map(|number| u64::try_from(number).unwrap_or(0));
    let state = match row.get(4)? {
        RunState::Planning | RunState::Running if process::has_ended(&who) => RunState::Interrupted,
        state => state,
    };
    Ok(Run {
        id: row.get(0)?,
        begun_at: time_at(row, 1)?,
        ended_at: optional_time_at(row, 2)?,
        state,
        reason: row.get(5)?,
        profile: row.get(6)?,
        region: row.get(7)?,
        source: row.get(8)?,
        id_prefix: row.get(9)?,
        repeat_window_ms: row.get(10)?,
        planned: Planned {
            certificates: row.get(11)?,
            file_rows: count(12)?,
            bad_rows: count(13)?,
            repeats: count(14)?,
            held_back: row.get(15)?,
            recipients: count(16)?,
        },
    })
}
