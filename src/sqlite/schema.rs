//! Which database a file is, and the steps that bring it up to date; safe when many processes come at once.

use std::path::PathBuf;

use rusqlite::{Connection, TransactionBehavior};

/// A program's database.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Schema<'a> {
    /// SQLite's application_id, which tells the file from any other; 0 where none was ever written.
    pub(crate) application_id: i64,
    /// `migrations[n]` lifts version n to n + 1; the list's length is the version that this opush knows.
    pub(crate) migrations: &'a [&'a str],
}

/// Why a database can't be opened.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OpenError {
    #[error("the folder {folder} could not be made: {source}")]
    Folder { folder: PathBuf, source: std::io::Error },
    #[error(transparent)]
    File(#[from] std::io::Error),
    #[error("it is a database of another program")]
    Foreign,
    #[error("it has schema version {found}; this opush knows versions up to {known}")]
    Newer { found: i64, known: i64 },
    #[error(transparent)]
    Sql(#[from] rusqlite::Error),
}

impl Schema<'_> {
    pub(crate) fn version(&self) -> i64 {
        self.migrations.len() as i64
    }

    /// The file's version, if the file is of this program or empty, and not newer than this opush.
    pub(super) fn accept(&self, connection: &Connection) -> Result<i64, OpenError> {
        let (found, application_id, tables): (i64, i64, i64) = connection.query_row(
            "SELECT v.user_version, a.application_id, (SELECT count(*) FROM sqlite_master)
             FROM pragma_user_version v, pragma_application_id a",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )?;
        let empty = found == 0 && application_id == 0 && tables == 0;
        if application_id != self.application_id && !empty {
            return Err(OpenError::Foreign);
        }
        let known = self.version();
        if found > known { Err(OpenError::Newer { found, known }) } else { Ok(found.max(0)) }
    }

    /// Lifts the schema in one transaction. Of many processes that come here at once the first does the work; the others
    /// wait for it, look again, and find nothing left to do.
    pub(super) fn migrate(&self, connection: &mut Connection) -> Result<(), OpenError> {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let version = self.accept(&transaction)?;
        for step in self.migrations.iter().skip(version as usize) {
            transaction.execute_batch(step)?;
        }
        transaction.pragma_update(None, "application_id", self.application_id)?;
        transaction.pragma_update(None, "user_version", self.version())?;
        Ok(transaction.commit()?)
    }
}
