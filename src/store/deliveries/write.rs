//! The table of deliveries: begun before the request goes out, completed after, and one that was not sent with its ground.

use rusqlite::{Transaction, params};

use super::super::{Store, StoreError, cut, process, receipts, retention, to_ms};
use super::model::{Completion, DeliveryId, DeliveryTarget, NewDelivery, Outcome, Status};

/// Longest answer kept, in bytes; the vendor's own are a few hundred.
const ANSWER_KEPT: usize = 16 * 1024;

/// Records a delivery before its request is sent.
pub fn begin(store: &Store, new: &NewDelivery) -> Result<DeliveryId, StoreError> {
    let now = to_ms(store.now());
    store.write(|tx| {
        let ages = retention::ages(tx, now)?;
        let id = insert(tx, new, now)?;
        retention::now_and_then(tx, store.keep(), ages, [id.0], now)?;
        Ok(id)
    })
}

/// Records the end of a delivery. One that already has its end keeps it; `false` says so.
pub fn complete(store: &Store, id: DeliveryId, end: &Completion) -> Result<bool, StoreError> {
    let now = to_ms(store.now());
    store.write(|tx| finish(tx, id, end, now))
}

/// Records a delivery that does not go out at all, and why.
pub(crate) fn hold_back(store: &Store, new: &NewDelivery, reason: &str) -> Result<DeliveryId, StoreError> {
    let now = to_ms(store.now());
    let end = Completion { outcome: Outcome::NotSent { reason: reason.into() }, tries: 0, answer: None };
    store.write(|tx| {
        let ages = retention::ages(tx, now)?;
        let id = insert(tx, new, now)?;
        finish(tx, id, &end, now)?;
        retention::now_and_then(tx, store.keep(), ages, [id.0], now)?;
        Ok(id)
    })
}

fn insert(tx: &Transaction<'_>, new: &NewDelivery, now: i64) -> rusqlite::Result<DeliveryId> {
    let patience = i64::try_from(new.answer_within.as_millis()).unwrap_or(i64::MAX);
    tx.prepare_cached(
        "INSERT INTO delivery (begun_at, due_at, process, profile, region, certificate_id, app_id, user_id,
                               device, target_kind, target, app_message_id, decision, request, call_back_parameter, status)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, 'pending')
         RETURNING id",
    )?
    .query_row(
        params![
            now,
            now.saturating_add(patience),
            process::this(),
            new.profile,
            new.region,
            new.certificate_id,
            new.app_id,
            new.user,
            new.device,
            new.target.as_ref().map(DeliveryTarget::kind),
            new.target.as_ref().map(DeliveryTarget::value),
            new.app_message_id,
            new.decision,
            new.request,
            new.call_back_parameter
        ],
        |row| row.get(0).map(DeliveryId),
    )
}

fn finish(tx: &Transaction<'_>, id: DeliveryId, end: &Completion, now: i64) -> rusqlite::Result<bool> {
    let (status, message_id, code, words, reason) = match &end.outcome {
        Outcome::Accepted { message_id } => (Status::Accepted, Some(message_id), None, None, None),
        Outcome::Refused { code, words } => (Status::Refused, None, Some(*code), Some(words), None),
        Outcome::Unknown { reason } => (Status::Unknown, None, None, None, Some(reason)),
        Outcome::NotSent { reason } => (Status::NotSent, None, None, None, Some(reason)),
    };
    let answer = end.answer.as_deref().map(|answer| cut(answer, ANSWER_KEPT));
    let changed = tx
        .prepare_cached(
            "UPDATE delivery SET status = ?2, message_id = ?3, code = ?4, words = ?5, reason = ?6, answer = ?7,
                                 tries = ?8, completed_at = ?9,
                                 elapsed_ms = CASE WHEN ?9 > begun_at THEN ?9 - begun_at ELSE 0 END
             WHERE id = ?1 AND status = 'pending'",
        )?
        .execute(params![id.0, status, message_id, code, words, reason, answer, end.tries, now])?;
    if changed > 0 {
        receipts::settle(tx, id, &end.outcome)?;
    }
    Ok(changed > 0)
}
