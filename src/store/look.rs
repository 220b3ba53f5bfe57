//! Opening the state database only to look into it: nothing is made, nothing is changed, nobody is waited for long.
//! Opening it for work, with its migrations, belongs to `open`.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};
use url::Url;

use super::{StoreError, open};

/// How long a look waits for writers.
const PATIENCE: Duration = Duration::from_millis(250);

/// The connection, and whether what lies in the log beside the file is seen too. `None`: there is no such file.
pub(super) fn file(path: &Path) -> Result<Option<(Connection, bool)>, StoreError> {
    if let Err(source) = std::fs::metadata(path) {
        return match source.kind() {
            ErrorKind::NotFound => Ok(None),
            _ => Err(StoreError::Unreadable { path: path.to_owned(), source }),
        };
    }
    // Without its index, SQLite would make one to read a log, or make both files where there is no log. Then only the
    // file itself is read, as one that does not change.
    let with_log = beside(path, "-wal").exists() && beside(path, "-shm").exists();
    let sql = |source| StoreError::sql(path, source);
    let mut place = Url::from_file_path(path)
        .map_err(|()| StoreError::sql(path, rusqlite::Error::InvalidPath(path.to_owned())))?;
    if !with_log {
        place.set_query(Some("immutable=1"));
    }
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let connection = Connection::open_with_flags(place.as_str(), flags).map_err(sql)?;
    connection.busy_timeout(PATIENCE).map_err(sql)?;
    Ok(Some((connection, with_log || !holds_something(&beside(path, "-wal")))))
}

/// Looks at the header: an error unless the database is ours, and of a version that is known.
pub(super) fn accept(connection: &Connection, path: &Path, known: i64) -> Result<i64, StoreError> {
    open::look(connection).map_err(|source| StoreError::sql(path, source))?.accept(path, known)
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

fn holds_something(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|found| found.len() > 0)
}
