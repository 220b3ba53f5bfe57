//! Opens a database only to look into it: nothing is made or changed, and a writer is waited for a moment only.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};
use url::Url;

use super::schema::{OpenError, Schema};

/// How long a look waits for writers.
const PATIENCE: Duration = Duration::from_millis(250);

/// An existing database of this program, opened for reading.
pub(crate) struct Look {
    pub(crate) connection: Connection,
    pub(crate) version: i64,
    /// Whether the content of the log beside the file is seen too.
    pub(crate) whole: bool,
}

/// `None`: there is no such file.
pub(crate) fn look(path: &Path, schema: Schema<'_>) -> Result<Option<Look>, OpenError> {
    match std::fs::metadata(path) {
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    }
    // Without its index, SQLite would make one to read a log, or make both files where there is no log. Then only the
    // file itself is read, as one that does not change.
    let with_log = beside(path, "-wal").exists() && beside(path, "-shm").exists();
    let mut url = Url::from_file_path(path).map_err(|()| rusqlite::Error::InvalidPath(path.to_owned()))?;
    if !with_log {
        url.set_query(Some("immutable=1"));
    }
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let connection = Connection::open_with_flags(url.as_str(), flags)?;
    connection.busy_timeout(PATIENCE)?;
    let version = schema.accept(&connection)?;
    let empty_log = std::fs::metadata(beside(path, "-wal")).map_or(true, |log| log.len() == 0);
    Ok(Some(Look { connection, version, whole: with_log || empty_log }))
}

/// An error unless this user may write the file. Asks the system and does not open it: see `open`.
pub(crate) fn is_writable(path: &Path) -> std::io::Result<()> {
    Ok(rustix::fs::access(path, rustix::fs::Access::WRITE_OK)?)
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}
