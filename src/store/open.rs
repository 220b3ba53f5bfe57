//! Opening the file: made private first, then WAL, then the migrations, safe when many processes find it missing at once.
//! What the tables are belongs to `schema`; what goes wrong, in words, to `error`.

use std::fs::{DirBuilder, OpenOptions, Permissions};
use std::io::ErrorKind;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use super::StoreError;

/// The name of a database without a file.
pub(super) const MEMORY: &str = ":memory:";

/// How long a process waits for the others before it gives up.
pub(super) const BUSY: Duration = Duration::from_secs(30);

/// "opsh": lets `file` and a careful reader tell the database from any other.
pub(super) const APPLICATION_ID: i64 = 0x6f70_7368;

/// The log's size in pages at which it is carried over: a command that opens the file first reads all of it.
const LOG_PAGES: i64 = 200;

/// Closing any descriptor of a file drops all of the process's POSIX locks on it, SQLite's too. So within one process
/// nobody may make the file while another thread already has it open.
static MAKING: Mutex<()> = Mutex::new(());

/// Opens or makes the database at `path` and runs those of `migrations` that it lacks.
pub(super) fn file(path: &Path, migrations: &[&str]) -> Result<Connection, StoreError> {
    let connection = {
        let _held = MAKING.lock().unwrap_or_else(PoisonError::into_inner);
        make_private(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Connection::open_with_flags(path, flags).map_err(|source| StoreError::sql(path, source))?
    };
    prepare(connection, path, migrations)
}

/// A private database in memory.
pub(super) fn memory(migrations: &[&str]) -> Result<Connection, StoreError> {
    let path = Path::new(MEMORY);
    let connection = Connection::open_in_memory().map_err(|source| StoreError::sql(path, source))?;
    prepare(connection, path, migrations)
}

fn prepare(mut connection: Connection, path: &Path, migrations: &[&str]) -> Result<Connection, StoreError> {
    let sql = |source| StoreError::sql(path, source);
    connection.busy_timeout(BUSY).map_err(sql)?;
    let known = migrations.len() as i64;
    // An up-to-date file needs neither the switch to WAL, which it remembers, nor a write transaction.
    if patiently(|| look(&connection)).map_err(sql)?.accept(path, known)? < known {
        patiently(|| connection.pragma_update(None, "journal_mode", "WAL")).map_err(sql)?;
        migrate(&mut connection, path, migrations)?;
    }
    // Carrying the WAL over into the file at the end of every command would make each wait for the disk four times, and
    // that is most of a send's time. The log stays beside the file instead, and is carried over when it has grown.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).map_err(sql)?;
    connection.pragma_update(None, "wal_autocheckpoint", LOG_PAGES).map_err(sql)?;
    // NORMAL loses nothing when a process dies; only a power cut may cost the last commits, never the file.
    connection.pragma_update(None, "synchronous", "NORMAL").map_err(sql)?;
    connection.pragma_update(None, "foreign_keys", "ON").map_err(sql)?;
    Ok(connection)
}

/// What the header of a database says of it.
pub(super) struct Header {
    version: i64,
    application_id: i64,
    tables: i64,
}

impl Header {
    /// The version, if the file is ours or empty, and not newer than `known`.
    pub(super) fn accept(&self, path: &Path, known: i64) -> Result<i64, StoreError> {
        let fresh = self.version == 0 && self.application_id == 0 && self.tables == 0;
        if self.application_id != APPLICATION_ID && !fresh {
            return Err(StoreError::Foreign { path: path.to_owned() });
        }
        if self.version > known {
            return Err(StoreError::Newer { path: path.to_owned(), found: self.version, known });
        }
        Ok(self.version)
    }
}

pub(super) fn look(connection: &Connection) -> rusqlite::Result<Header> {
    connection.query_row(
        "SELECT v.user_version, a.application_id, (SELECT count(*) FROM sqlite_master)
         FROM pragma_user_version v, pragma_application_id a",
        [],
        |row| Ok(Header { version: row.get(0)?, application_id: row.get(1)?, tables: row.get(2)? }),
    )
}

/// Lifts the schema in one transaction. Of many processes that come here at once the first does the work; the others
/// wait for it and find, looking again, nothing left to do.
fn migrate(connection: &mut Connection, path: &Path, migrations: &[&str]) -> Result<(), StoreError> {
    let sql = |source| StoreError::sql(path, source);
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(sql)?;
    let known = migrations.len() as i64;
    let version = look(&transaction).map_err(sql)?.accept(path, known)?;
    for step in migrations.iter().skip(version.max(0) as usize) {
        transaction.execute_batch(step).map_err(sql)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID).map_err(sql)?;
    transaction.pragma_update(None, "user_version", known).map_err(sql)?;
    transaction.commit().map_err(sql)
}

/// Repeats `work` while others hold the file: for switching to WAL, and for reading while another process switches,
/// SQLite answers BUSY at once and never asks the busy timeout.
fn patiently<T>(mut work: impl FnMut() -> rusqlite::Result<T>) -> rusqlite::Result<T> {
    let began = Instant::now();
    let mut pause = Duration::from_millis(1);
    loop {
        match work() {
            Err(error)
                if matches!(
                    error.sqlite_error_code(),
                    Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)
                ) && began.elapsed() < BUSY =>
            {
                std::thread::sleep(pause);
                pause = (pause * 2).min(Duration::from_millis(50));
            }
            done => return done,
        }
    }
}

/// Makes the file before SQLite does, so that it never exists with wider permissions; its -wal and -shm inherit them.
fn make_private(path: &Path) -> Result<(), StoreError> {
    match std::fs::metadata(path) {
        Ok(found) if found.permissions().mode() & 0o077 != 0 => {
            let private = Permissions::from_mode(0o600);
            return std::fs::set_permissions(path, private)
                .map_err(|source| StoreError::File { path: path.to_owned(), source });
        }
        Ok(_) => return Ok(()),
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(source) => return Err(StoreError::File { path: path.to_owned(), source }),
    }
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)
            .map_err(|source| StoreError::Folder { path: folder.to_owned(), source })?;
    }
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Ok(_) => Ok(()),
        // Another process was quicker, and made it just as private.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(source) => Err(StoreError::File { path: path.to_owned(), source }),
    }
}
