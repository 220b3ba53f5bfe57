//! Opens a database for work: the file is made private first, then WAL, then the migrations.

use std::fs::{DirBuilder, OpenOptions, Permissions};
use std::io::ErrorKind;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::busy::{retry_while_busy, try_again};
use super::schema::{OpenError, Schema};

/// The name of a database without a file.
pub(crate) const MEMORY: &str = ":memory:";

/// The log's size in pages at which it is carried over: a command that opens the file first reads all of it.
const LOG_PAGES: i64 = 200;

/// Closing any descriptor of a file drops all of the process's POSIX locks on it, SQLite's too. So a file that exists is
/// never opened except by SQLite, and within one process no thread may open a file that another is just making.
static MAKING: Mutex<()> = Mutex::new(());

/// Opens the database at `path`, or makes it (0600, its folder 0700), and brings its schema up to date.
pub(crate) fn open(path: &Path, schema: Schema<'_>) -> Result<Connection, OpenError> {
    let connection = {
        let _making = MAKING.lock().unwrap_or_else(PoisonError::into_inner);
        make_private(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Connection::open_with_flags(path, flags)?
    };
    prepare(connection, schema)
}

/// A database in memory.
pub(crate) fn memory(schema: Schema<'_>) -> Result<Connection, OpenError> {
    prepare(Connection::open_in_memory()?, schema)
}

fn prepare(mut connection: Connection, schema: Schema<'_>) -> Result<Connection, OpenError> {
    connection.busy_handler(Some(try_again))?;
    // A file that is up to date needs neither the switch to WAL, which it remembers, nor a write transaction.
    if retry_while_busy(|| schema.accept(&connection))? < schema.version() {
        retry_while_busy(|| Ok(connection.pragma_update(None, "journal_mode", "WAL")?))?;
        schema.migrate(&mut connection)?;
    }
    // Carrying the log over into the file at the end of every command would make each wait for the disk four times, and
    // that is most of a send's time. The log stays beside the file instead, and is carried over when it has grown.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    connection.pragma_update(None, "wal_autocheckpoint", LOG_PAGES)?;
    // Otherwise a statement may be prepared again each time that it is used with other values.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    // NORMAL loses nothing when a process dies; only a power cut may cost the last commits, never the file.
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    Ok(connection)
}

/// Makes the file before SQLite does, so that it never exists with wider permissions; its -wal and -shm inherit them.
/// One that exists is not opened here.
fn make_private(path: &Path) -> Result<(), OpenError> {
    match std::fs::metadata(path) {
        Ok(found) if found.permissions().mode() & 0o077 != 0 => {
            return Ok(std::fs::set_permissions(path, Permissions::from_mode(0o600))?);
        }
        Ok(_) => return Ok(()),
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(error.into()),
    }
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
        made.map_err(|source| OpenError::Folder { folder: folder.to_owned(), source })?;
    }
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Ok(_) => Ok(()),
        // Another process was quicker, and made it just as private.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error.into()),
    }
}
