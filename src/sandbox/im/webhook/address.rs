//! Where callbacks go, as the IM console has it.

use rusqlite::{OptionalExtension, Transaction};

/// The webhook's URL; without one nothing is posted.
pub(crate) fn address(tx: &Transaction<'_>) -> rusqlite::Result<Option<String>> {
    tx.prepare_cached("SELECT url FROM im_webhook")?.query_row([], |row| row.get(0)).optional()
}

pub(crate) fn set_address(tx: &Transaction<'_>, url: Option<&str>) -> rusqlite::Result<()> {
    tx.execute("DELETE FROM im_webhook", [])?;
    if let Some(url) = url {
        tx.execute("INSERT INTO im_webhook (url) VALUES (?1)", [url])?;
    }
    Ok(())
}
