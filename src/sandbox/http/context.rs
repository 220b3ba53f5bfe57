//! What the steps of a call work with, and its answer.

use rusqlite::{Connection, Transaction, params};
use serde_json::Value;

use super::super::moment::Moment;
use super::super::rules::Rules;
use super::super::{draw, faults};
use super::notes::{Notes, Stop};

/// What no call changes: looked up once for all that share a transaction.
#[derive(Clone, Copy)]
pub(crate) struct Setup {
    pub(crate) has_faults: bool,
    /// Whether numbers are made from a seed.
    pub(crate) has_seed: bool,
}

impl Setup {
    pub(crate) fn read(connection: &Connection) -> rusqlite::Result<Setup> {
        Ok(Setup { has_faults: faults::are_set(connection)?, has_seed: draw::has_seed(connection)? })
    }
}

pub(crate) struct Context<'a> {
    pub(crate) tx: &'a Transaction<'a>,
    pub(crate) rules: &'a Rules,
    pub(crate) now: i64,
    /// What timestamps and UserSigs are compared with: the machine's time, as a fault may shift it.
    pub(crate) server_time: i64,
    pub(crate) setup: Setup,
    pub(crate) notes: &'a mut Notes,
}

impl Context<'_> {
    /// The same with other notes: those on one of a call's items.
    pub(crate) fn with_notes<'b>(&'b self, notes: &'b mut Notes) -> Context<'b> {
        let Context { tx, rules, now, server_time, setup, .. } = *self;
        Context { tx, rules, now, server_time, setup, notes }
    }

    pub(crate) fn moment(&self) -> Moment<'_> {
        Moment { tx: self.tx, rules: self.rules, now: self.now }
    }

    /// Counts one call of the app; refuses it with `code` when that makes more than `most` in this second.
    pub(crate) fn count_call(
        &mut self,
        app: &str,
        what: &str,
        most: Option<u32>,
        code: i32,
    ) -> Result<(), Stop> {
        let Some(most) = most else { return Ok(()) };
        if self.count(app, what, self.now.div_euclid(1000))? > i64::from(most) {
            return Err(self.notes.refuse(
                "call-rate",
                code,
                format!("more than {most} calls in one second"),
            ));
        }
        self.notes.pass("call-rate", "");
        Ok(())
    }

    /// One more of these in this period; how many that makes.
    pub(crate) fn count(&self, app: &str, what: &str, period: i64) -> rusqlite::Result<i64> {
        self.tx
            .prepare_cached(
                "INSERT INTO tally (app_id, what, period, count) VALUES (?1, ?2, ?3, 1)
                 ON CONFLICT (app_id, what) DO UPDATE SET
                    count = CASE WHEN period = excluded.period THEN count + 1 ELSE 1 END, period = excluded.period
                 RETURNING count",
            )?
            .query_row(params![app, what, period], |row| row.get(0))
    }
}

/// A service's envelope, and the return code in it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reply {
    pub(crate) code: i32,
    pub(crate) body: Value,
}
