//! The state database: auth tokens, token reports, presence, deliveries, receipts; migrations. Plain functions over plain SQL.
//! What the rows mean for a push belongs to `push`; how tokens are renewed, to `oppo`.

pub(crate) mod auth_tokens;
mod columns;
pub mod deliveries;
pub(crate) mod devices;
mod error;
pub(crate) mod health;
pub mod im_events;
pub mod presence;
mod process;
mod query;
pub mod receipts;
pub(crate) mod reports;
pub(crate) mod retention;
mod schema;
#[cfg(test)]
mod statements;
pub(crate) mod users;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::clock::{Clock, Timestamp};
use crate::sqlite;

pub(crate) use crate::sqlite::stop_flag;
use columns::{cut, optional_time_at, time_at, to_ms};
pub(crate) use error::StoreError;
use retention::Keep;
use schema::SCHEMA;

/// Everything opush itself learns, in one SQLite file. Safe under many threads and many processes at once.
pub struct Store {
    path: PathBuf,
    connection: Mutex<Connection>,
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

    fn keep(&self) -> Option<Keep> {
        self.keep
    }

    /// Where the database lies; `:memory:` for one without a file.
    pub(crate) fn path(&self) -> &Path {
        &self.path
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

    /// Runs `work` on the connection; every statement sees what was committed when it began.
    fn read<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        work(&connection).map_err(|source| StoreError::sql(&self.path, source))
    }

    /// Runs `work` in one write transaction, which waits for other writers first; an error rolls all of it back.
    fn write<T>(&self, work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>) -> Result<T, StoreError> {
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

#[cfg(test)]
mod tests;
