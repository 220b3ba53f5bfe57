//! Many reports at once, in pieces between which other processes write; kept whole, or not at all.
//!
//! Reports are staged first, where nothing reads them. One statement decides that they count; then they are applied. Of a
//! process that was killed before that statement nothing is kept; one killed after it leaves the rest to the next run.

use std::time::{Duration, Instant};

use rusqlite::{OptionalExtension, Transaction, params};
use serde::{Deserialize, Serialize};

use super::super::source::FactSource;
use super::super::{Store, StoreError, presence, process, to_ms};
use super::model::NewReport;
use super::table::{INSERT, bind, values};
use crate::waiting;

/// So many reports are staged and applied together; so few that no machine needs long for them.
const PIECE: usize = 200;

/// Pieces are applied together as long as that takes no longer than this; then others may write.
const AT_ONCE: Duration = Duration::from_millis(120);

/// What became of the reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) new: u64,
    /// Reported before, to the letter.
    pub(crate) unchanged: u64,
    /// In the place of an earlier one of the same user and device.
    pub(crate) superseded: u64,
    /// With a regId that another had.
    pub(crate) moved: u64,
}

impl Counts {
    pub(crate) fn all(&self) -> u64 {
        self.new + self.unchanged + self.superseded + self.moved
    }
}

/// A report as it is staged.
#[derive(Serialize, Deserialize)]
struct Staged {
    region: String,
    user: String,
    device: String,
    certificate_id: i64,
    reg_id: String,
    brand: Option<String>,
    source: String,
}

/// Reports on their way in, in their order. Dropped before [`Import::keep`], it leaves nothing.
pub(crate) struct Import<'s> {
    store: &'s Store,
    profile: &'s str,
    /// Its row, once anything is staged.
    id: Option<i64>,
    piece: Vec<NewReport>,
}

impl<'s> Import<'s> {
    /// All reports are of this profile.
    pub(crate) fn begin(store: &'s Store, profile: &'s str) -> Import<'s> {
        Import { store, profile, id: None, piece: Vec::new() }
    }

    pub(crate) fn take(&mut self, new: NewReport) -> Result<(), StoreError> {
        if self.piece.len() == PIECE {
            self.stage()?;
        }
        self.piece.push(new);
        Ok(())
    }

    fn stage(&mut self) -> Result<(), StoreError> {
        let staged = std::mem::take(&mut self.piece).into_iter().map(Staged::from).collect::<Vec<_>>();
        let text = serde_json::to_string(&staged).unwrap_or_default();
        let id = self.store.write(|tx| {
            let id = match self.id {
                Some(id) => id,
                None => {
                    let sql = "INSERT INTO report_import (process, profile) VALUES (?1, ?2)";
                    tx.execute(sql, params![process::this(), self.profile])?;
                    tx.last_insert_rowid()
                }
            };
            tx.prepare_cached("INSERT INTO report_piece (import_id, reports) VALUES (?1, ?2)")?
                .execute(params![id, text])?;
            Ok(id)
        })?;
        self.id = Some(id);
        Ok(())
    }

    /// Keeps all that were taken.
    pub(crate) fn keep(mut self) -> Result<Counts, StoreError> {
        let Some(id) = self.id else {
            // Few enough for one transaction.
            let now = to_ms(self.store.now());
            return self.store.write(|tx| record(tx, self.profile, &self.piece, now));
        };
        self.stage()?;
        let now = to_ms(self.store.now());
        self.store
            .write(|tx| tx.execute("UPDATE report_import SET decided_at = ?2 WHERE id = ?1", [id, now]))?;
        self.id = None;
        apply(self.store, id)?;
        self.store.write(|tx| {
            let sql = "DELETE FROM report_import WHERE id = ?1 RETURNING new, unchanged, superseded, moved";
            tx.query_row(sql, [id], |row| {
                let count = |column| row.get::<_, i64>(column).map(|count| u64::try_from(count).unwrap_or(0));
                Ok(Counts { new: count(0)?, unchanged: count(1)?, superseded: count(2)?, moved: count(3)? })
            })
        })
    }
}

impl Drop for Import<'_> {
    fn drop(&mut self) {
        if let Some(id) = self.id {
            // Where it fails, the next run does it.
            let _ = discard(self.store, id);
        }
    }
}

/// Ends what processes left that have ended: what was only staged is dropped, what was decided is applied.
pub(crate) fn settle_abandoned(store: &Store) -> Result<(), StoreError> {
    for (id, owner, decided) in under_way(store)? {
        if process::has_ended(&owner) {
            if decided {
                apply(store, id)?;
            }
            discard(store, id)?;
        }
    }
    Ok(())
}

/// Applies every import that was decided, whoever began it: for questions about all reports of a profile.
pub(in super::super) fn apply_decided(store: &Store) -> Result<(), StoreError> {
    if store.is_read_only() {
        return Ok(());
    }
    let decided = under_way(store)?.into_iter().filter(|(_, _, decided)| *decided);
    decided.map(|(id, ..)| id).try_for_each(|id| apply(store, id))
}

/// Each import's number, its process, and whether it was decided.
fn under_way(store: &Store) -> Result<Vec<(i64, String, bool)>, StoreError> {
    store.read(|connection| {
        // Along the numbers: seldom is there one.
        let sql = "SELECT id, process, decided_at IS NOT NULL FROM report_import WHERE id > 0";
        let mut statement = connection.prepare_cached(sql)?;
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect()
    })
}

fn apply(store: &Store, id: i64) -> Result<(), StoreError> {
    while store.write(|tx| apply_pieces(tx, id))? {
        waiting::let_others_in();
    }
    Ok(())
}

/// Applies some pieces; whether any may be left.
fn apply_pieces(tx: &Transaction<'_>, id: i64) -> rusqlite::Result<bool> {
    let began = Instant::now();
    while began.elapsed() < AT_ONCE {
        let sql = "SELECT p.id, p.reports, i.profile, i.decided_at FROM report_piece p
                   JOIN report_import i ON i.id = p.import_id WHERE p.import_id = ?1 ORDER BY p.id LIMIT 1";
        let next = tx.prepare_cached(sql)?.query_row([id], |row| {
            Ok((
                row.get::<_, i64>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, String>(2)?,
                row.get::<_, i64>(3)?,
            ))
        });
        let Some((piece, text, profile, decided_at)) = next.optional()? else { return Ok(false) };
        let staged: Vec<Staged> = serde_json::from_str(&text)
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
        let reports: Vec<NewReport> = staged.into_iter().map(|one| one.report(&profile)).collect();
        let counts = record(tx, &profile, &reports, decided_at)?;
        let [new, unchanged, superseded, moved] =
            [counts.new, counts.unchanged, counts.superseded, counts.moved]
                .map(|count| i64::try_from(count).unwrap_or(i64::MAX));
        tx.prepare_cached(
            "UPDATE report_import SET new = new + ?2, unchanged = unchanged + ?3, superseded = superseded + ?4,
                                      moved = moved + ?5 WHERE id = ?1",
        )?
        .execute(params![id, new, unchanged, superseded, moved])?;
        tx.prepare_cached("DELETE FROM report_piece WHERE id = ?1")?.execute([piece])?;
    }
    Ok(true)
}

/// Removes what is left of an import.
fn discard(store: &Store, id: i64) -> Result<(), StoreError> {
    let some =
        "DELETE FROM report_piece WHERE id IN (SELECT id FROM report_piece WHERE import_id = ?1 LIMIT 100)";
    while store.write(|tx| tx.execute(some, [id]))? > 0 {}
    store.write(|tx| tx.execute("DELETE FROM report_import WHERE id = ?1", [id]).map(drop))
}

/// Records reports in their order: an insert each where nothing was bound before, the whole story otherwise.
fn record(tx: &Transaction<'_>, profile: &str, reports: &[NewReport], now: i64) -> rusqlite::Result<Counts> {
    // The two unique indexes hold what is bound now: where neither objects, nothing has to be ended.
    let mut insert = tx.prepare_cached(&format!("{INSERT} ON CONFLICT DO NOTHING"))?;
    // Presence is looked at only where anybody's is known.
    let any_presence = presence::is_any(tx, profile)?;
    let mut counts = Counts::default();
    for new in reports {
        if any_presence {
            presence::after_report(tx, &new.profile, &new.user, &new.device, now)?;
        }
        if insert.execute(values(new, &now))? == 1 {
            counts.new += 1;
            continue;
        }
        let recorded = bind(tx, new, now)?;
        match (recorded.repeated, recorded.unbound, recorded.superseded) {
            (true, _, _) => counts.unchanged += 1,
            (_, Some(_), _) => counts.moved += 1,
            (_, None, _) => counts.superseded += 1,
        }
    }
    Ok(counts)
}

impl From<NewReport> for Staged {
    fn from(new: NewReport) -> Staged {
        let NewReport { profile: _, region, user, device, certificate_id, reg_id, brand, source } = new;
        let source = <&str>::from(source).to_owned();
        Staged { region, user, device, certificate_id, reg_id, brand, source }
    }
}

impl Staged {
    fn report(self, profile: &str) -> NewReport {
        let Staged { region, user, device, certificate_id, reg_id, brand, source } = self;
        let source = source.parse().unwrap_or(FactSource::ByHand);
        let profile = profile.to_owned();
        NewReport { profile, region, user, device, certificate_id, reg_id, brand, source }
    }
}
