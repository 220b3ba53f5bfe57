//! What a file of the sandbox holds, only looked at: nothing is made, changed or waited for.

use std::path::Path;

use super::schema::SCHEMA;
use super::state::StateError;
use crate::sqlite;

/// Of what names are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    Phones,
    Faults,
    /// The last 20 of the log, newest first.
    Calls,
}

impl Named {
    /// The name and what is said of it.
    fn select(self) -> &'static str {
        match self {
            Named::Phones => "SELECT name, 'AppId ' || app_id FROM phone ORDER BY id",
            Named::Faults => "SELECT CAST(id AS TEXT), fault FROM fault ORDER BY id",
            Named::Calls => {
                "SELECT CAST(id AS TEXT), method || ' ' || substr(path, 1, instr(path || '?', '?') - 1) || ', code ' || code
                 FROM call ORDER BY id DESC LIMIT 20"
            }
        }
    }
}

/// Copies the database, with what is in its log, to a new file; false where there is none.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<bool, StateError> {
    let Some(look) = sqlite::look(from, SCHEMA)? else { return Ok(false) };
    look.connection.execute("VACUUM INTO ?1", [to.to_string_lossy()])?;
    Ok(true)
}

/// The names and what is said of each; none where the file can't be read.
pub(crate) fn glance(path: &Path, named: Named) -> Vec<(String, String)> {
    let look = || {
        // Another version may have other columns.
        let look = sqlite::look(path, SCHEMA).ok()?.filter(|look| look.version == SCHEMA.version())?;
        let mut query = look.connection.prepare(named.select()).ok()?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).ok()?;
        rows.collect::<rusqlite::Result<_>>().ok()
    };
    look().unwrap_or_default()
}
