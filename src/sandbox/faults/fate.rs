//! What a fault makes of a push that OPPO took: it never reaches the phone, and why receipts would say so.
//! A push that no fault struck goes its way through `phone`.

use rusqlite::{OptionalExtension, Transaction, params};

use super::super::words::words;
use super::keep::{self, Fault};
use super::strike::{About, strikes};
use super::table::{Effect, Kind};

words! {
    /// Why a push that OPPO took does not reach its phone.
    pub(crate) enum PushLoss in "kebab-case" {
        /// The app is gone: receipt `regid_invalid`.
        StaleRegId,
        /// The device had its share of today: receipt `user_daily_limit`.
        DailyLimit,
        /// Held back by the rules for delivery times: receipt `message_night_control`.
        NightControl,
        /// Lost on the way: no receipt at all.
        LostPush,
    }
}

/// Older fates are forgotten.
const KEPT: i64 = 10_000;

/// OPPO's day begins at midnight of GMT+8.
const CHINA_MS: i64 = 8 * 3_600_000;
const DAY_MS: i64 = 86_400_000;

/// What the faults make of a push; `None`: it goes its way. Kept under its message id.
pub(crate) fn of_push(
    tx: &Transaction<'_>,
    now: i64,
    about: &About,
    message_id: &str,
) -> rusqlite::Result<Option<(PushLoss, Fault)>> {
    let (Some(app_id), Some(reg_id)) = (about.app.as_deref(), about.reg_ids.first()) else { return Ok(None) };
    let mut found = strikes(tx, about, Kind::StaleRegId)?.map(|fault| (PushLoss::StaleRegId, fault));
    if found.is_none()
        && let Some(fault) = strikes(tx, about, Kind::DailyLimit)?
    {
        if over(tx, now, &fault, reg_id)? {
            found = Some((PushLoss::DailyLimit, fault));
        } else {
            keep::spare(tx, fault.id)?;
        }
    }
    for (kind, loss) in [(Kind::NightControl, PushLoss::NightControl), (Kind::LostPush, PushLoss::LostPush)] {
        if found.is_none() {
            found = strikes(tx, about, kind)?.map(|fault| (loss, fault));
        }
    }
    if let Some((fate, _)) = &found {
        tx.execute(
            "INSERT INTO fault_push (message_id, app_id, reg_id, fate, at) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![message_id, app_id, reg_id, fate, now],
        )?;
        tx.execute("DELETE FROM fault_push WHERE id <= ?1", [tx.last_insert_rowid() - KEPT])?;
    }
    Ok(found)
}

/// What a fault made of the push with this message id.
pub(crate) fn of_message(tx: &Transaction<'_>, message_id: &str) -> rusqlite::Result<Option<PushLoss>> {
    tx.prepare_cached("SELECT fate FROM fault_push WHERE message_id = ?1")?
        .query_row([message_id], |row| row.get(0))
        .optional()
}

/// The regIds of this app that a fault makes invalid: those named, and those that were pushed to.
pub(crate) fn invalid(tx: &Transaction<'_>, app_id: &str) -> rusqlite::Result<Vec<String>> {
    tx.prepare_cached(
        "SELECT f.reg_id FROM fault f JOIN registration r ON r.reg_id = f.reg_id AND r.app_id = ?1
            WHERE f.fault = 'stale-reg-id' AND (f.app IS NULL OR f.app = ?1)
         UNION SELECT reg_id FROM fault_push WHERE app_id = ?1 AND fate = 'stale-reg-id'",
    )?
    .query_map([app_id], |row| row.get(0))?
    .collect()
}

/// One push more to this device today; whether that is more than the fault lets through.
fn over(tx: &Transaction<'_>, now: i64, fault: &Fault, reg_id: &str) -> rusqlite::Result<bool> {
    let most = match fault.effect() {
        Some(Effect::DailyLimit(most)) => most,
        _ => 0,
    };
    let today = (now + CHINA_MS).div_euclid(DAY_MS);
    let count: i64 = tx
        .prepare_cached(
            "INSERT INTO fault_tally (fault, reg_id, day, count) VALUES (?1, ?2, ?3, 1)
             ON CONFLICT (fault, reg_id) DO UPDATE SET
                count = CASE WHEN day = excluded.day THEN count + 1 ELSE 1 END, day = excluded.day
             RETURNING count",
        )?
        .query_row(params![fault.id, reg_id, today], |row| row.get(0))?;
    Ok(count > most)
}
