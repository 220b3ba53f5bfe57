//! Phones by the thousand: rows that share what is installed on them, added in parts so that nobody waits for all of them.

use rusqlite::{OptionalExtension, Transaction, params};

use super::super::words::Json;
use super::new::{PhoneSpec, declared};

/// How many of the given regIds became phones; the others were known before. Each phone's name is `bulk-` and a number.
pub(crate) fn add_many(
    tx: &Transaction<'_>,
    like: &PhoneSpec,
    reg_ids: &[String],
) -> rusqlite::Result<usize> {
    let install = install(tx, like)?;
    let mut known = tx.prepare_cached("SELECT 1 FROM registration WHERE reg_id = ?1")?;
    let mut phone = tx.prepare_cached(
        "INSERT INTO phone (id, name, app_id, package, brand, model, android, network, notifications, registered,
            reg_id, channels, activities, do_not_disturb, system_channels, install)
         VALUES (?1, 'bulk-' || ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, '', '', ?11, ?12, ?13)",
    )?;
    let mut registration =
        tx.prepare_cached("INSERT INTO registration (reg_id, app_id, phone) VALUES (?1, ?2, ?3)")?;
    let mut id = newest(tx)?;
    let before = id;
    for reg_id in reg_ids {
        if known.exists([reg_id])? {
            continue;
        }
        id += 1;
        phone.execute(params![
            id,
            like.app_id,
            like.package,
            like.brand,
            like.model.as_deref().unwrap_or(like.brand.default_model()),
            like.android,
            like.network,
            like.notifications,
            like.registered,
            reg_id,
            like.do_not_disturb,
            like.system_channels,
            install,
        ])?;
        registration.execute(params![reg_id, like.app_id, id])?;
    }
    Ok(usize::try_from(id - before).unwrap_or(0))
}

/// A number that no phone has, or had, and the next ones neither.
fn newest(tx: &Transaction<'_>) -> rusqlite::Result<i64> {
    let found = tx
        .prepare_cached("SELECT seq FROM sqlite_sequence WHERE name = 'phone'")?
        .query_row([], |row| row.get(0))
        .optional()?;
    Ok(found.unwrap_or(0))
}

/// The row of channels and activities that phones like this one share.
fn install(tx: &Transaction<'_>, like: &PhoneSpec) -> rusqlite::Result<i64> {
    let shared = params![Json(&like.channels), Json(declared(&like.package, &like.activities))];
    let found = tx
        .prepare_cached("SELECT id FROM install WHERE channels = ?1 AND activities = ?2")?
        .query_row(shared, |row| row.get(0))
        .optional()?;
    if let Some(id) = found {
        return Ok(id);
    }
    tx.prepare_cached("INSERT INTO install (channels, activities) VALUES (?1, ?2)")?.execute(shared)?;
    Ok(tx.last_insert_rowid())
}
