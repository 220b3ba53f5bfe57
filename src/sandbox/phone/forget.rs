//! The oldest pushes are forgotten, so that a sandbox may run for months; how many there were is kept.

use std::collections::BTreeMap;

use rusqlite::{Transaction, params};

/// So many of each phone are kept, and up to [`OFTEN`] more.
pub(super) const KEPT: i64 = 1000;

/// So many of all phones together: the more, the more pages of the file each push touches.
const KEPT_IN_ALL: i64 = 20_000;

/// After so many pushes it is looked whether there are too many. A power of two, as below.
pub(super) const OFTEN: i64 = 64;
const SELDOM: i64 = 1024;

/// To be called with the number of each push that was kept.
pub(super) fn now_and_then(tx: &Transaction<'_>, seq: i64, phone: i64) -> rusqlite::Result<()> {
    if seq % OFTEN == 0 {
        of_phone(tx, phone, KEPT)?;
    }
    if seq % SELDOM == 0 {
        of_all(tx, seq - KEPT_IN_ALL)?;
    }
    Ok(())
}

/// Forgets those of the phone beyond its newest.
fn of_phone(tx: &Transaction<'_>, phone: i64, kept: i64) -> rusqlite::Result<()> {
    let seqs: Vec<i64> = tx
        .prepare_cached("SELECT seq FROM delivery WHERE phone = ?1 ORDER BY seq DESC LIMIT -1 OFFSET ?2")?
        .query_map([phone, kept], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let Some(newest) = seqs.first() else { return Ok(()) };
    count(tx, "phone = ?1 AND seq <= ?2", params![phone, newest])?;
    tx.prepare_cached("DELETE FROM delivery WHERE phone = ?1 AND seq <= ?2")?.execute([phone, *newest])?;
    Ok(())
}

/// Forgets those up to this number.
fn of_all(tx: &Transaction<'_>, newest: i64) -> rusqlite::Result<()> {
    count(tx, "seq <= ?1", params![newest])?;
    tx.prepare_cached("DELETE FROM delivery WHERE seq <= ?1")?.execute([newest])?;
    Ok(())
}

/// Adds those that are about to go to the numbers of their phones.
fn count(tx: &Transaction<'_>, which: &str, parameters: &[&dyn rusqlite::ToSql]) -> rusqlite::Result<()> {
    tx.prepare_cached(&format!(
        "INSERT INTO forgotten (phone, stage, pushes) SELECT phone, stage, count(*) FROM delivery WHERE {which}
            GROUP BY phone, stage
         ON CONFLICT (phone, stage) DO UPDATE SET pushes = pushes + excluded.pushes"
    ))?
    .execute(parameters)?;
    Ok(())
}

/// How many pushes of each stage were forgotten, of one phone or of all.
pub(crate) fn forgotten(tx: &Transaction<'_>, phone: Option<i64>) -> rusqlite::Result<BTreeMap<String, i64>> {
    tx.prepare_cached(
        "SELECT stage, sum(pushes) FROM forgotten WHERE ?1 IS NULL OR phone = ?1 GROUP BY stage",
    )?
    .query_map([phone], |row| Ok((row.get(0)?, row.get(1)?)))?
    .collect()
}
