//! Whether the state database is sound: its schema's version, SQLite's own check of its pages, who may write it. Looks only.
//! What a person is to do about it belongs to `diagnose`.

use std::path::Path;

use rusqlite::Connection;

use super::StoreError;
use super::schema::SCHEMA;
use crate::sqlite::{self, Look};

/// What was seen of an existing database that is ours and not newer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Health {
    pub(crate) version: i64,
    /// The version that this opush knows; an older file is lifted when it is next opened for work.
    pub(crate) known: i64,
    /// What SQLite found wrong, in its own words; empty if nothing.
    pub(crate) faults: Vec<String>,
    /// Whether what lies in the log beside the file could be looked at too.
    pub(crate) whole: bool,
}

/// SQLite's version, for reports.
pub(crate) fn sqlite_version() -> &'static str {
    rusqlite::version()
}

/// Looks at every page of the file, at what a moment of it shows. `None` if there is no file.
///
/// # Errors
/// Where it can't be read at all, is another program's, or is newer.
pub(crate) fn examine(path: &Path) -> Result<Option<Health>, StoreError> {
    let looked = sqlite::look(path, SCHEMA).map_err(|error| StoreError::look(path, error))?;
    let Some(Look { connection, version, whole }) = looked else { return Ok(None) };
    let faults = quick_check(&connection).map_err(|source| StoreError::sql(path, source))?;
    sqlite::is_writable(path).map_err(|source| StoreError::ReadOnly { path: path.to_owned(), source })?;
    Ok(Some(Health { version, known: SCHEMA.version(), faults, whole }))
}

fn quick_check(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut statement = connection.prepare("PRAGMA quick_check(10)")?;
    let words: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(words.into_iter().filter(|word| word != "ok").collect())
}

#[cfg(test)]
mod tests {
    use super::super::Store;
    use super::*;
    use crate::clock::{Clock, Timestamp};

    #[test]
    fn a_database_in_use_is_sound_and_nothing_is_made() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.db");
        assert_eq!(examine(&path).unwrap(), None);
        assert!(!path.exists());
        let store = Store::open(&path, Clock::fixed(Timestamp::UNIX_EPOCH)).unwrap();
        let health = examine(&path).unwrap().unwrap();
        assert_eq!((health.version, health.faults.as_slice(), health.whole), (health.known, &[][..], true));
        drop(store);
        std::fs::remove_file(folder.path().join("state.db-shm")).unwrap();
        assert!(!examine(&path).unwrap().unwrap().whole, "the log can't be read without its index");
        assert!(!folder.path().join("state.db-shm").exists());
    }
}
