//! The pictures that senders uploaded, kept so that a phone can show them.

use rusqlite::{OptionalExtension, Row, Transaction, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::words::{from_row, words};

words! {
    /// What a picture is for.
    pub(crate) enum PictureKind in "kebab-case" {
        /// Shown below the text, in style 3.
        Big,
        /// Shown beside the text.
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

/// A picture without its bytes. Times are milliseconds since 1970-01-01 UTC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct PictureShown {
    /// Ascending.
    pub(crate) id: i64,
    /// What a notification names it by.
    pub(crate) picture_id: String,
    pub(crate) app_id: String,
    pub(crate) kind: PictureKind,
    /// `png` or `jpeg`.
    pub(crate) format: String,
    /// Pixels.
    pub(crate) width: usize,
    /// Pixels.
    pub(crate) height: usize,
    pub(crate) bytes: usize,
    pub(crate) at_ms: i64,
    /// Until when OPPO sends it.
    pub(crate) until_ms: i64,
}

const SHOWN: &str = "SELECT seq, id, app_id, kind, format, bytes, at_ms, over_ms FROM picture";

impl PictureShown {
    fn read(row: &Row<'_>) -> rusqlite::Result<PictureShown> {
        let bytes = row.get_ref(5)?.as_blob()?;
        // What was taken has a size.
        let (width, height) = imagesize::blob_size(bytes).map_or((0, 0), |size| (size.width, size.height));
        Ok(PictureShown {
            id: row.get(0)?,
            picture_id: row.get(1)?,
            app_id: row.get(2)?,
            kind: row.get(3)?,
            format: row.get(4)?,
            width,
            height,
            bytes: bytes.len(),
            at_ms: row.get(6)?,
            until_ms: row.get(7)?,
        })
    }
}

/// The pictures after the one with that number, oldest first.
pub(crate) fn list(
    tx: &Transaction<'_>,
    after: Option<i64>,
    limit: usize,
) -> rusqlite::Result<Vec<PictureShown>> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    tx.prepare_cached(&format!("{SHOWN} WHERE seq > ?1 ORDER BY seq LIMIT ?2"))?
        .query_map(params![after.unwrap_or(0), limit], PictureShown::read)?
        .collect()
}

/// The picture with this id, as long as it is kept.
pub(crate) fn shown(tx: &Transaction<'_>, id: &str) -> rusqlite::Result<Option<PictureShown>> {
    tx.prepare_cached(&format!("{SHOWN} WHERE id = ?1"))?.query_row([id], PictureShown::read).optional()
}

pub(crate) fn find(tx: &Transaction<'_>, id: &str) -> rusqlite::Result<Option<Picture>> {
    tx.prepare_cached("SELECT * FROM picture WHERE id = ?1")?.query_row([id], Picture::read).optional()
}
