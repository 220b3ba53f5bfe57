//! How long what is recorded about pushes is kept: by age and by count, a little at a time as it is written, or at once.
//! What is to be kept belongs to `config`.

use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::{Keep, Store, StoreError, to_ms};
use crate::clock::Timestamp;
use crate::waiting;

/// So many rows were removed, or would be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Removed {
    pub(crate) deliveries: u64,
    pub(crate) receipts: u64,
    pub(crate) rejected_receipts: u64,
    pub(crate) im_events: u64,
}

/// One write in so many looks for what is to go …
const EVERY: i64 = 64;

/// … and removes at most so many rows of each table: more than came since, and never long work.
const AT_ONCE: i64 = 512;

/// Rows removed in one transaction when all are to go; other processes write in between.
const BATCH: i64 = 5_000;

/// After so long without a new row, the clock may be wrong …
const GAP: i64 = 30 * 24 * 3_600_000;

/// … so nothing is removed for its age before this time has passed.
const GRACE: i64 = 3_600_000;

/// Whether the clock can tell how old a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ages {
    Judged,
    /// It stands before the newest row.
    ClockBehind,
    /// Nothing had been recorded for long; ages are judged from this time on.
    Gap {
        judged_from: Timestamp,
    },
}

/// How the clock stands beside the rows, before new ones are written. A gap is remembered when it is first seen.
pub(super) fn ages(tx: &Transaction<'_>, now: i64) -> rusqlite::Result<Ages> {
    let (ages, is_new) = judge(tx, now)?;
    if is_new {
        tx.execute("DELETE FROM retention_gap", [])?;
        tx.execute("INSERT INTO retention_gap (seen_at) VALUES (?1)", [now])?;
    }
    Ok(ages)
}

/// Looks for a gap at the start of a run. Only the run that first sees one is told how long nothing was recorded.
pub(crate) fn notice_gap(store: &Store) -> Result<Option<Duration>, StoreError> {
    let now = to_ms(store.now());
    if !store.read(|connection| judge(connection, now))?.1 {
        return Ok(None);
    }
    store.write(|tx| {
        let newest = newest_time(tx)?.unwrap_or(now);
        ages(tx, now)?;
        Ok(Some(Duration::from_millis(u64::try_from(now - newest).unwrap_or(0))))
    })
}

/// And whether the gap is a new one.
fn judge(connection: &Connection, now: i64) -> rusqlite::Result<(Ages, bool)> {
    let Some(newest) = newest_time(connection)? else { return Ok((Ages::Judged, false)) };
    if now < newest {
        return Ok((Ages::ClockBehind, false));
    }
    let mut statement = connection.prepare_cached("SELECT seen_at FROM retention_gap")?;
    let seen: Option<i64> = statement.query_row([], |row| row.get(0)).optional()?;
    let is_new = now - newest > GAP && seen.is_none_or(|seen| seen < newest || seen > now);
    let seen = if is_new { Some(now) } else { seen };
    Ok(match seen {
        Some(seen) if seen <= now && now - seen < GRACE => {
            let judged_from = Timestamp::from_millisecond(seen + GRACE).unwrap_or(Timestamp::UNIX_EPOCH);
            (Ages::Gap { judged_from }, is_new)
        }
        _ => (Ages::Judged, is_new),
    })
}

/// When the newest row was written, along the indexes of the times.
fn newest_time(connection: &Connection) -> rusqlite::Result<Option<i64>> {
    let sql = "SELECT max(at) FROM (SELECT max(begun_at) AS at FROM delivery
               UNION ALL SELECT max(received_at) FROM receipt UNION ALL SELECT max(received_at) FROM im_event)";
    connection.prepare_cached(sql)?.query_row([], |row| row.get(0))
}

/// A table that grows with the pushes.
struct Growing {
    table: &'static str,
    /// When a row was written.
    time: &'static str,
    /// Rows that stay, whatever their age: what is still awaited. `?1` is now.
    but: &'static str,
}

const DELIVERY: Growing =
    Growing { table: "delivery", time: "begun_at", but: " AND NOT (status = 'pending' AND due_at >= ?1)" };
const RECEIPT: Growing = Growing { table: "receipt", time: "received_at", but: "" };
const REJECTED: Growing = Growing { table: "receipt_rejected", time: "received_at", but: "" };
const EVENT: Growing = Growing { table: "im_event", time: "received_at", but: "" };

/// Now and then, decided by the numbers of the rows just written, removes what is not to be kept. The oldest rows alone are
/// looked at, so the work is the same however large the tables are; once in a transaction, however many rows it writes.
pub(super) fn now_and_then(
    tx: &Transaction<'_>,
    keep: Option<Keep>,
    ages: Ages,
    written: impl IntoIterator<Item = i64>,
    now: i64,
) -> rusqlite::Result<()> {
    let Some(keep) = keep.map(|keep| keep.with(ages)) else { return Ok(()) };
    let (rows, due) =
        written.into_iter().fold((0, false), |(rows, due), id| (rows + 1, due || id % EVERY == 0));
    if !due {
        return Ok(());
    }
    // More goes than comes, or the tables would grow all the same.
    let rows = AT_ONCE.max(2 * rows);
    [DELIVERY, RECEIPT, REJECTED, EVENT].iter().try_for_each(|growing| growing.sweep(tx, keep, now, rows))
}

/// Removes all that is not to be kept; with `dry_run` only counts it. Deliveries still waiting for an answer stay.
pub(crate) fn prune(store: &Store, keep: Keep, dry_run: bool) -> Result<(Removed, Ages), StoreError> {
    let now = to_ms(store.now());
    let ages = if keep.age.is_some() { store.write(|tx| ages(tx, now))? } else { Ages::Judged };
    let keep = keep.with(ages);
    let of = |growing: &Growing| growing.prune(store, keep, now, dry_run);
    let removed = Removed {
        // Receipts first: each that goes after its delivery would be looked up and changed before.
        receipts: of(&RECEIPT)?,
        rejected_receipts: of(&REJECTED)?,
        im_events: of(&EVENT)?,
        deliveries: of(&DELIVERY)?,
    };
    Ok((removed, ages))
}

impl Keep {
    /// Without the age where it can't be told.
    fn with(self, ages: Ages) -> Keep {
        Keep { age: self.age.filter(|_| ages == Ages::Judged), ..self }
    }
}

/// Rows written before this time are too old.
fn cutoff(keep: Keep, now: i64) -> i64 {
    let Some(age) = keep.age else { return i64::MIN };
    now.saturating_sub(i64::try_from(age.as_millis()).unwrap_or(i64::MAX))
}

impl Growing {
    fn sweep(&self, tx: &Transaction<'_>, keep: Keep, now: i64, rows: i64) -> rusqlite::Result<()> {
        let newest = self.newest(tx)?;
        // By number: gaps count as rows, for counting the rows themselves would mean reading them.
        let first = keep.count.map_or(i64::MIN, |count| above(newest, count));
        tx.prepare_cached(&self.sweeping())?
            .execute(params![now, newest, cutoff(keep, now), first, rows])
            .map(|_| ())
    }

    fn sweeping(&self) -> String {
        let Growing { table, time, but } = self;
        format!(
            "DELETE FROM {table} WHERE id IN
                 (SELECT id FROM {table} WHERE id < ?2 ORDER BY id LIMIT ?5)
             AND ({time} < ?3 OR id <= ?4){but}"
        )
    }

    fn newest(&self, connection: &Connection) -> rusqlite::Result<i64> {
        let sql = format!("SELECT coalesce(max(id), 0) FROM {}", self.table);
        connection.prepare_cached(&sql)?.query_row([], |row| row.get(0))
    }

    fn prune(&self, store: &Store, keep: Keep, now: i64, dry_run: bool) -> Result<u64, StoreError> {
        let Growing { table, time, but } = self;
        let (newest, last) = store.read(|connection| {
            let last = match keep.count {
                None => i64::MIN,
                Some(count) => self.last_beyond(connection, count)?,
            };
            Ok((self.newest(connection)?, last))
        })?;
        let cutoff = cutoff(keep, now);
        let beyond = format!("id < ?2 AND id <= ?3{but}");
        // By the index of the times, not along the numbers.
        let old = format!("id + 0 < ?2 AND {time} < ?3{but}");
        if dry_run {
            return store.read(|connection| {
                let count = |condition: &str, limit: i64| -> rusqlite::Result<i64> {
                    let sql = format!("SELECT count(*) FROM {table} WHERE {condition}");
                    connection.query_row(&sql, params![now, newest, limit], |row| row.get(0))
                };
                let all = count(&beyond, last)? + count(&format!("{old} AND id + 0 > {last}"), cutoff)?;
                Ok(u64::try_from(all).unwrap_or(0))
            });
        }
        let mut removed = 0;
        for (condition, limit) in [(beyond, last), (old, cutoff)] {
            let sql = format!(
                "DELETE FROM {table} WHERE id IN (SELECT id FROM {table} WHERE {condition} LIMIT {BATCH})"
            );
            loop {
                let gone = store.write(|tx| tx.prepare_cached(&sql)?.execute(params![now, newest, limit]))?;
                removed += gone as u64;
                if (gone as i64) < BATCH {
                    break;
                }
                waiting::let_others_in();
            }
        }
        Ok(removed)
    }

    /// The number of the newest row that is not among so many newest.
    fn last_beyond(&self, connection: &Connection, count: u64) -> rusqlite::Result<i64> {
        let sql = format!("SELECT id FROM {} ORDER BY id DESC LIMIT 1 OFFSET ?1", self.table);
        let offset = i64::try_from(count).unwrap_or(i64::MAX);
        let mut statement = connection.prepare_cached(&sql)?;
        let mut rows = statement.query([offset])?;
        rows.next()?.map_or(Ok(i64::MIN), |row| row.get(0))
    }
}

/// The number below the newest so many.
fn above(newest: i64, count: u64) -> i64 {
    newest.saturating_sub(i64::try_from(count).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests;
