//! The faults that are set: kept, listed, cleared.

use rusqlite::{Connection, Transaction, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::words::from_row;
use super::check::NewFault;
use super::table::Effect;

/// A fault that is set, with how it fared so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Fault {
    pub id: i64,
    /// `KIND` or `KIND=VALUE`.
    pub(crate) fault: String,
    pub(crate) app: Option<String>,
    pub(crate) call: Option<String>,
    pub(crate) reg_id: Option<String>,
    pub(crate) user: Option<String>,
    pub(crate) share: i64,
    pub(crate) count: Option<i64>,
    /// How many calls it was meant for.
    pub(crate) met: i64,
    /// How many of them it struck.
    pub(crate) struck: i64,
    /// Whether it has struck as often as it may.
    pub(crate) spent: bool,
    /// Milliseconds since 1970-01-01 UTC.
    pub(crate) set_at: i64,
}

impl Fault {
    /// What it does. A fault of a later version, which this one can't read, does nothing.
    pub(crate) fn effect(&self) -> Option<Effect> {
        Effect::parse(&self.fault).ok()
    }
}

/// Sets a fault that was checked.
pub fn set(tx: &Transaction<'_>, now: i64, new: &NewFault) -> rusqlite::Result<Fault> {
    tx.execute(
        "INSERT INTO fault (fault, app, call, reg_id, user, share, most, set_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![new.fault.trim(), new.app, new.call, new.reg_id, new.user, new.share, new.count, now],
    )?;
    let id = tx.last_insert_rowid();
    tx.query_row(&format!("{SELECT} WHERE id = ?1"), [id], Fault::read)
}

/// Every fault, in the order in which they were set.
pub(crate) fn list(tx: &Transaction<'_>) -> rusqlite::Result<Vec<Fault>> {
    tx.prepare_cached(LIST)?.query_map([], Fault::read)?.collect()
}

/// Whether there is any: where there is none, no push needs to ask for each kind.
pub(crate) fn are_set(connection: &Connection) -> rusqlite::Result<bool> {
    connection.prepare_cached("SELECT EXISTS (SELECT 1 FROM fault)")?.query_row([], |row| row.get(0))
}

/// Takes a strike back that changed nothing.
pub(super) fn spare(tx: &Transaction<'_>, id: i64) -> rusqlite::Result<()> {
    tx.execute("UPDATE fault SET struck = struck - 1 WHERE id = ?1", [id])?;
    Ok(())
}

/// Clears one fault, or all; how many that were. What they did already stays done.
pub fn clear(tx: &Transaction<'_>, id: Option<i64>) -> rusqlite::Result<usize> {
    tx.execute("DELETE FROM fault WHERE ?1 IS NULL OR id = ?1", [id])
}

const SELECT: &str = "SELECT *, coalesce(struck >= most, 0) AS spent FROM fault";
const LIST: &str = "SELECT *, coalesce(struck >= most, 0) AS spent FROM fault ORDER BY id";

from_row! { Fault: id, fault, app, call, reg_id, user, share, count = "most", met, struck, spent, set_at }
