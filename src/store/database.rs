//! The open database: reading, and writing in one transaction.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::clock::{Clock, Timestamp};
use crate::sqlite;

use super::error::StoreError;
use super::schema::SCHEMA;

/// What is kept: of each table the rows that are young enough, and among the newest so many. `None` sets no limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Keep {
    pub(crate) age: Option<Duration>,
    /// At least 1: the newest row always stays, so that no number is ever given twice.
    pub(crate) count: Option<u64>,
}

/// Everything opush itself learns, in one SQLite file. Safe under many threads and many processes at once.
pub struct Store {
    path: PathBuf,
    pub(super) connection: Mutex<Connection>,
    clock: Clock,
    keep: Option<Keep>,
}

impl Store {
    /// Opens the file at `path`, or makes it (0600, its folder 0700), and brings its schema up to date.
    pub fn open(path: &Path, clock: Clock) -> Result<Store, StoreError> {
        let opened = sqlite::open(path, SCHEMA);
        Ok(Store::of(path, opened.map_err(|error| StoreError::open(path, error))?, clock))
    }

    /// Opens an existing file only to read it: nothing is made or changed, and a writer is waited for a moment only. Works as
    /// far as the file's own version has the tables asked for. `None` if there is no file.
    pub(crate) fn look(path: &Path, clock: Clock) -> Result<Option<Store>, StoreError> {
        let looked = sqlite::look(path, SCHEMA).map_err(|error| StoreError::look(path, error))?;
        Ok(looked.map(|look| Store::of(path, look.connection, clock)))
    }

    /// A database that ends with this value, for what must leave no file behind.
    pub fn in_memory(clock: Clock) -> Result<Store, StoreError> {
        let path = Path::new(sqlite::MEMORY);
        let opened = sqlite::memory(SCHEMA);
        Ok(Store::of(path, opened.map_err(|error| StoreError::open(path, error))?, clock))
    }

    fn of(path: &Path, connection: Connection, clock: Clock) -> Store {
        Store { path: path.to_owned(), connection: Mutex::new(connection), clock, keep: None }
    }

    /// From here on what is not to be kept is removed now and then as pushes are recorded. Without this nothing is.
    pub(crate) fn keeping(self, keep: Keep) -> Store {
        Store { keep: Some(keep), ..self }
    }

    pub(super) fn keep(&self) -> Option<Keep> {
        self.keep
    }

    /// The time as this store's clock tells it.
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Makes every later write fail, for tests of what happens then.
    #[cfg(test)]
    pub(crate) fn refuse_writes(&self) {
        self.read(|connection| connection.pragma_update(None, "query_only", "ON"))
            .expect("a pragma that exists");
    }

    /// Opened only to look.
    pub(super) fn is_read_only(&self) -> bool {
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        connection.is_readonly("main").unwrap_or(false)
    }

    /// Runs `work` on the connection; every statement sees what was committed when it began.
    pub(super) fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        work(&connection).map_err(|source| StoreError::sql(&self.path, source))
    }

    /// Runs `work` in one write transaction, which waits for other writers first; an error rolls all of it back.
    pub(super) fn write<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let run = || {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let value = work(&transaction)?;
            transaction.commit()?;
            Ok(value)
        };
        run().map_err(|source| StoreError::sql(&self.path, source))
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Store({})", self.path.display())
    }
}
