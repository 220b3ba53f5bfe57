//! Registrations with the push service: regIds as the phone's SDK obtains them, and aliases.

use rusqlite::{OptionalExtension, Transaction, params};

use super::super::draw;
use super::model::Phone;
use super::{read, settle};

/// The regIds of this app that lead nowhere: replaced by another, unregistered, or of a phone that is gone.
pub(crate) fn invalid(tx: &Transaction<'_>, app_id: &str) -> rusqlite::Result<Vec<String>> {
    tx.prepare_cached(
        "SELECT r.reg_id FROM registration r LEFT JOIN phone p ON p.id = r.phone
         WHERE r.app_id = ?1 AND (p.id IS NULL OR p.reg_id <> r.reg_id OR NOT p.registered) ORDER BY r.reg_id",
    )?
    .query_map([app_id], |row| row.get(0))?
    .collect()
}

/// Whether a phone was ever registered for this app, removed ones included.
pub(crate) fn has_ever_registered(tx: &Transaction<'_>, app_id: &str) -> rusqlite::Result<bool> {
    tx.query_row("SELECT EXISTS (SELECT 1 FROM registration WHERE app_id = ?1)", [app_id], |row| row.get(0))
}

/// The regId that an alias names now.
pub(crate) fn reg_id_of_alias(
    tx: &Transaction<'_>,
    app_id: &str,
    alias: &str,
) -> rusqlite::Result<Option<String>> {
    tx.prepare_cached("SELECT reg_id FROM alias WHERE app_id = ?1 AND alias = ?2")?
        .query_row([app_id, alias], |row| row.get(0))
        .optional()
}

/// Gives the regId this alias, one to one: whoever had the alias, and whatever alias the regId had, let go
/// (OPPO reference, section 7).
pub fn set_alias(tx: &Transaction<'_>, app_id: &str, reg_id: &str, alias: &str) -> rusqlite::Result<()> {
    tx.execute(
        "DELETE FROM alias WHERE app_id = ?1 AND (alias = ?2 OR reg_id = ?3)",
        params![app_id, alias, reg_id],
    )?;
    tx.execute(
        "INSERT INTO alias (app_id, alias, reg_id) VALUES (?1, ?2, ?3)",
        params![app_id, alias, reg_id],
    )?;
    Ok(())
}

/// Forgets an alias. False when the app had none of that name.
pub(crate) fn delete_alias(tx: &Transaction<'_>, app_id: &str, alias: &str) -> rusqlite::Result<bool> {
    Ok(tx.execute("DELETE FROM alias WHERE app_id = ?1 AND alias = ?2", [app_id, alias])? > 0)
}

pub(super) fn clear_alias_of(tx: &Transaction<'_>, app_id: &str, reg_id: &str) -> rusqlite::Result<()> {
    tx.execute("DELETE FROM alias WHERE app_id = ?1 AND reg_id = ?2", [app_id, reg_id])?;
    Ok(())
}

/// A regId in the form that today's SDK returns in China (OPPO reference, section 1).
pub(super) fn fresh_reg_id(tx: &Transaction<'_>) -> rusqlite::Result<String> {
    Ok(format!("CN_{:032x}", draw::one::<u128>(tx)?))
}

pub(super) fn issue(tx: &Transaction<'_>, app_id: &str, reg_id: &str, phone: i64) -> rusqlite::Result<()> {
    tx.execute(
        "INSERT INTO registration (reg_id, app_id, phone) VALUES (?1, ?2, ?3)",
        params![reg_id, app_id, phone],
    )?;
    Ok(())
}

/// Registers the phone's app anew, as after a reinstall: another regId, registered whatever it was before.
/// The old regId stays known to OPPO, and an alias stays with it until it is set again. `None`: no such phone.
pub fn register_anew(tx: &Transaction<'_>, now: i64, name: &str) -> rusqlite::Result<Option<Phone>> {
    let Some(phone) = read::find(tx, now, name)? else { return Ok(None) };
    let reg_id = fresh_reg_id(tx)?;
    issue(tx, &phone.app_id, &reg_id, phone.id)?;
    tx.execute("UPDATE phone SET reg_id = ?1, registered = 1 WHERE id = ?2", params![reg_id, phone.id])?;
    if let Some(phone) = read::stored(tx, name)? {
        settle::after_change(tx, now, &phone.receiver())?;
    }
    read::stored(tx, name)
}
