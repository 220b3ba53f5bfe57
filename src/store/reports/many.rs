//! Many reports in one transaction: an insert each where nothing was bound before, the whole story otherwise.
//! What a report changes is in `reports`; which are allowed, in `push`.

use rusqlite::{Statement, Transaction};

use super::super::{Store, StoreError, presence, to_ms};
use super::model::NewReport;
use super::table::{INSERT, bind, values};

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

/// The transaction under way.
pub(crate) struct Many<'t> {
    tx: &'t Transaction<'t>,
    insert: Statement<'t>,
    now: i64,
    /// Presence is looked at only where anybody's is known.
    any_presence: bool,
    counts: Counts,
    failed: Option<rusqlite::Error>,
}

/// Records all that `fill` takes, in their order, or nothing.
pub(crate) fn record_many(
    store: &Store,
    profile: &str,
    fill: impl FnOnce(&mut Many<'_>),
) -> Result<Counts, StoreError> {
    let now = to_ms(store.now());
    store.write(|tx| {
        let mut many = Many {
            tx,
            // The two unique indexes hold what is bound now: where neither objects, nothing has to be ended.
            insert: tx.prepare(&format!("{INSERT} ON CONFLICT DO NOTHING"))?,
            now,
            any_presence: presence::is_any(tx, profile)?,
            counts: Counts::default(),
            failed: None,
        };
        fill(&mut many);
        match many.failed {
            Some(error) => Err(error),
            None => Ok(many.counts),
        }
    })
}

impl Many<'_> {
    /// Takes one more report; false once the database has failed.
    pub(crate) fn take(&mut self, new: &NewReport) -> bool {
        match self.record(new) {
            Ok(()) => true,
            Err(error) => {
                self.failed.get_or_insert(error);
                false
            }
        }
    }

    fn record(&mut self, new: &NewReport) -> rusqlite::Result<()> {
        if self.any_presence {
            presence::after_report(self.tx, &new.profile, &new.user, &new.device, self.now)?;
        }
        if self.insert.execute(values(new, &self.now))? == 1 {
            self.counts.new += 1;
            return Ok(());
        }
        let recorded = bind(self.tx, new, self.now)?;
        match (recorded.repeated, recorded.unbound, recorded.superseded) {
            (true, _, _) => self.counts.unchanged += 1,
            (_, Some(_), _) => self.counts.moved += 1,
            (_, None, _) => self.counts.superseded += 1,
        }
        Ok(())
    }
}
