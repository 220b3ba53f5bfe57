//! Why the state database can't be used, and what a person can do about it.
//! What a missing row means is not an error here: functions answer with `None`.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::ErrorCode;

use crate::failure::{Explain, Kind, Problem};
use crate::sqlite::OpenError;
use crate::waiting;

/// Anything that stops opush from reading or writing its state.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the folder {path} could not be made: {source}")]
    Folder { path: PathBuf, source: std::io::Error },
    #[error("the state database {path} could not be made: {source}")]
    File { path: PathBuf, source: std::io::Error },
    #[error("the state database {path} could not be read: {source}")]
    Unreadable { path: PathBuf, source: std::io::Error },
    #[error("the state database {path} can be read but not written: {source}")]
    ReadOnly { path: PathBuf, source: std::io::Error },
    #[error("the state database {path} is damaged")]
    Damaged { path: PathBuf },
    #[error("{path} is a database of another program, not opush's state")]
    Foreign { path: PathBuf },
    #[error("the state database {path} has schema version {found}; this opush knows versions up to {known}")]
    Newer { path: PathBuf, found: i64, known: i64 },
    #[error("the state database {path} was kept locked by another process for {} s", .waited.as_secs_f64())]
    Busy { path: PathBuf, waited: Duration },
    #[error("the state database {path} may not be read or written by this user")]
    NotAllowed { path: PathBuf },
    #[error("the disk that holds the state database {path} is full")]
    Full { path: PathBuf },
    #[error("the state database {path} failed: {source}")]
    Sql { path: PathBuf, source: rusqlite::Error },
}

impl StoreError {
    /// Why the database can't be opened for work.
    pub(super) fn open(path: &Path, error: OpenError) -> StoreError {
        let file = path.to_owned();
        match error {
            OpenError::Folder { folder, source } => StoreError::Folder { path: folder, source },
            OpenError::File(source) => StoreError::File { path: file, source },
            OpenError::Foreign => StoreError::Foreign { path: file },
            OpenError::Newer { found, known } => StoreError::Newer { path: file, found, known },
            OpenError::Sql(source) => StoreError::sql(path, source),
        }
    }

    /// Why the database can't be looked into.
    pub(super) fn look(path: &Path, error: OpenError) -> StoreError {
        match error {
            OpenError::File(source) => StoreError::Unreadable { path: path.to_owned(), source },
            error => StoreError::open(path, error),
        }
    }

    /// Sorts SQLite's own error by what a person would do about it.
    pub(super) fn sql(path: &Path, source: rusqlite::Error) -> StoreError {
        let path = path.to_owned();
        match source.sqlite_error_code() {
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => StoreError::Damaged { path },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                StoreError::Busy { path, waited: waiting::limit() }
            }
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                StoreError::NotAllowed { path }
            }
            Some(ErrorCode::DiskFull) => StoreError::Full { path },
            _ => StoreError::Sql { path, source },
        }
    }

    fn hint(&self) -> String {
        match self {
            StoreError::Folder { .. } | StoreError::File { .. } => {
                "set XDG_STATE_HOME to a folder that this user may write to".into()
            }
            StoreError::Damaged { path } => format!(
                "move it away and opush starts a new one: mv '{0}' '{0}.damaged'; token reports and the history \
                 in it are lost, the configuration is not touched",
                path.display()
            ),
            StoreError::Foreign { .. } => {
                "move that file away, or set XDG_STATE_HOME to another folder".into()
            }
            StoreError::Newer { .. } => {
                "a newer opush wrote it: use that one, or set XDG_STATE_HOME to another folder".into()
            }
            StoreError::Busy { .. } => {
                "another opush is writing or hangs; end it and run the command again".into()
            }
            StoreError::NotAllowed { path }
            | StoreError::Unreadable { path, .. }
            | StoreError::ReadOnly { path, .. } => {
                format!("look at the owner and permissions of '{}' and of its folder", path.display())
            }
            StoreError::Full { .. } => "make room on that disk and run the command again".into(),
            StoreError::Sql { .. } => {
                "run the command again; if it stays so, move the file away and opush starts a new one".into()
            }
        }
    }
}

impl StoreError {
    /// The same, for a caller that uses the error.
    pub(crate) fn problem(&self) -> Problem {
        Problem::new(Kind::StateDatabase, self.to_string(), self.hint())
    }
}

impl Explain for StoreError {
    fn explain(self) -> Problem {
        self.problem()
    }
}
