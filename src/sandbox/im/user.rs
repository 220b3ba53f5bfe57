//! The accounts of an IM app: imported or not, kicked or not.

use rusqlite::{OptionalExtension, Transaction, params};

use super::super::faults::{self, About, Kind};
use super::super::rules::{Rules, UserIds};

/// Bytes of a UserID (IM reference, section 5).
const LONGEST: usize = 32;

/// Why this can't be a UserID; `None` when it can (IM reference, section 5: printable ASCII, at most 32 bytes).
pub(super) fn flaw(rules: &Rules, user: &str) -> Option<String> {
    if user.is_empty() {
        return Some("a UserID is not empty".into());
    }
    if user.len() > LONGEST {
        return Some(format!("a UserID has at most {LONGEST} bytes, this has {}", user.len()));
    }
    if rules.im_user_id == UserIds::AnyText {
        return user.chars().any(char::is_control).then(|| "a UserID has no control characters".into());
    }
    if !user.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
        return Some("a UserID is printable ASCII".into());
    }
    None
}

/// Makes the account; one that exists gets the nickname, if one is given.
pub(super) fn import(
    tx: &Transaction<'_>,
    sdk_app_id: i64,
    user: &str,
    nick: Option<&str>,
) -> rusqlite::Result<()> {
    tx.prepare_cached(
        "INSERT INTO im_account (sdk_app_id, user, nick) VALUES (?1, ?2, ?3)
         ON CONFLICT (sdk_app_id, user) DO UPDATE SET nick = coalesce(excluded.nick, nick)",
    )?
    .execute(params![sdk_app_id, user, nick])?;
    Ok(())
}

/// Whether the account was imported, and no fault has it otherwise.
pub(super) fn exists(tx: &Transaction<'_>, sdk_app_id: i64, user: &str) -> rusqlite::Result<bool> {
    let imported = tx
        .prepare_cached("SELECT 1 FROM im_account WHERE sdk_app_id = ?1 AND user = ?2")?
        .exists(params![sdk_app_id, user])?;
    if !imported {
        return Ok(false);
    }
    Ok(faults::strikes(tx, &About::user(sdk_app_id, user), Kind::NotImported)?.is_none())
}

pub(super) fn nick(tx: &Transaction<'_>, sdk_app_id: i64, user: &str) -> rusqlite::Result<Option<String>> {
    let found: Option<Option<String>> = tx
        .prepare_cached("SELECT nick FROM im_account WHERE sdk_app_id = ?1 AND user = ?2")?
        .query_row(params![sdk_app_id, user], |row| row.get(0))
        .optional()?;
    Ok(found.flatten().filter(|nick| !nick.is_empty()))
}

/// Notes a kick: UserSigs made before it are void.
pub(super) fn kick(tx: &Transaction<'_>, sdk_app_id: i64, user: &str, now: i64) -> rusqlite::Result<()> {
    tx.execute(
        "UPDATE im_account SET kicked_at = ?3 WHERE sdk_app_id = ?1 AND user = ?2",
        params![sdk_app_id, user, now],
    )?;
    Ok(())
}

/// When the user was kicked last, in milliseconds.
pub(super) fn kicked_at(tx: &Transaction<'_>, sdk_app_id: i64, user: &str) -> rusqlite::Result<Option<i64>> {
    let found: Option<Option<i64>> = tx
        .prepare_cached("SELECT kicked_at FROM im_account WHERE sdk_app_id = ?1 AND user = ?2")?
        .query_row(params![sdk_app_id, user], |row| row.get(0))
        .optional()?;
    Ok(found.flatten())
}
