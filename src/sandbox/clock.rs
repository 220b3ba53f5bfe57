//! The sandbox's clock: the machine's, so many milliseconds ahead or behind. It is kept with the state, and runs on from where it is set.

use rusqlite::{Connection, Transaction};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The clock's ends: 1970-01-01 and the last millisecond of the year 9999.
pub(crate) const MOST: i64 = 253_402_300_799_999;

/// Where the clock is. Times are milliseconds since 1970-01-01 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct ClockShown {
    /// The sandbox's time.
    pub(crate) now: i64,
    /// The machine's time, which timestamps of auth and UserSigs are compared with.
    pub(crate) machine: i64,
    /// How far the sandbox's clock is ahead; negative where it is behind, 0 where it follows the machine's.
    pub(crate) ahead_ms: i64,
}

impl ClockShown {
    pub(crate) fn new(machine: i64, ahead_ms: i64) -> ClockShown {
        ClockShown { now: machine.saturating_add(ahead_ms), machine, ahead_ms }
    }
}

/// How far it is ahead of the machine's.
pub(super) fn ahead(connection: &Connection) -> rusqlite::Result<i64> {
    connection.prepare_cached("SELECT ahead_ms FROM setting")?.query_row([], |row| row.get(0))
}

/// From now on it is so far ahead.
pub(super) fn set_ahead(tx: &Transaction<'_>, ahead_ms: i64) -> rusqlite::Result<()> {
    tx.execute("UPDATE setting SET ahead_ms = ?1", [ahead_ms])?;
    Ok(())
}

/// At the start of a sandbox: sets the clock to `time`, also after each reset; without one it is where it was.
pub(super) fn start(tx: &Transaction<'_>, machine: i64, time: Option<i64>) -> rusqlite::Result<()> {
    tx.execute("UPDATE setting SET start_ms = ?1", [time])?;
    time.map_or(Ok(()), |time| set_ahead(tx, time - machine))
}

/// Puts it where the sandbox was started; the machine's time where none was given. How far it is ahead then.
pub(super) fn reset(tx: &Transaction<'_>, machine: i64) -> rusqlite::Result<i64> {
    let start: Option<i64> = tx.query_row("SELECT start_ms FROM setting", [], |row| row.get(0))?;
    let ahead = start.map_or(0, |start| start - machine);
    set_ahead(tx, ahead)?;
    Ok(ahead)
}
