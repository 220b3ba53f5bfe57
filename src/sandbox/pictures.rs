//! The pictures that senders uploaded, kept so that a phone can show them.

use rusqlite::{OptionalExtension, Transaction, params};

use super::words::{from_row, words};

words! {
    /// What a picture is for.
    pub(crate) enum PictureKind in "kebab-case" {
        /// Below the text, in style 3.
        Big,
        /// Beside the text.
        Small,
    }
}

/// So many are kept: some 100 MB, if they are as large as they may be.
const KEPT: i64 = 100;

pub(crate) struct Picture {
    pub(crate) id: String,
    pub(crate) app_id: String,
    pub(crate) kind: PictureKind,
    /// `png` or `jpeg`.
    pub(crate) format: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) at_ms: i64,
    /// When OPPO no longer sends it. A phone goes on showing what it has.
    pub(crate) over_ms: i64,
}

from_row! { Picture: id, app_id, kind, format, bytes, at_ms, over_ms }

impl Picture {
    /// Keeps it, and forgets the oldest beyond a number.
    pub(crate) fn keep(&self, tx: &Transaction<'_>) -> rusqlite::Result<()> {
        let Picture { id, app_id, kind, format, bytes, at_ms, over_ms } = self;
        tx.prepare_cached(
            "INSERT INTO picture (id, app_id, kind, format, bytes, at_ms, over_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![id, app_id, kind, format, bytes, at_ms, over_ms])?;
        tx.prepare_cached("DELETE FROM picture WHERE seq <= ?1")?.execute([tx.last_insert_rowid() - KEPT])?;
        Ok(())
    }
}

pub(crate) fn find(tx: &Transaction<'_>, id: &str) -> rusqlite::Result<Option<Picture>> {
    tx.prepare_cached("SELECT * FROM picture WHERE id = ?1")?.query_row([id], Picture::read).optional()
}
