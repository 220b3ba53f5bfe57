//! Which delivery a receipt belongs to, whichever of the two was recorded first.
//! How receipts are written and found belongs to `receipts`.

use rusqlite::{OptionalExtension, Transaction, params};

use super::super::deliveries::{DeliveryId, Outcome};
use super::model::NewReceipt;

/// A push is kept for a phone that is offline for ten days at most (OPPO reference, section 5); a receipt that comes
/// later cannot be found by its parameter.
const LONGEST: i64 = 10 * 24 * 60 * 60 * 1000;

/// The same push: the regId it went to (a push to an alias names none), and no other parameter than it was given.
const SAME: &str = "(d.target_kind = 'alias' OR d.target = ?2)
                    AND (d.call_back_parameter IS NULL OR ?3 = '' OR d.call_back_parameter = ?3)";

/// The delivery of a receipt, so far as it is known now; `now` in milliseconds.
pub(super) fn of(
    tx: &Transaction<'_>,
    receipt: &NewReceipt,
    now: i64,
) -> rusqlite::Result<Option<DeliveryId>> {
    let parameter = receipt.parameter.as_deref().unwrap_or_default();
    let task = receipt.task_id.as_ref().filter(|task| **task != receipt.message_id);
    for id in std::iter::once(&receipt.message_id).chain(task) {
        let sql = format!(
            "SELECT d.id FROM delivery d WHERE d.message_id = ?1 AND {SAME} ORDER BY d.id DESC LIMIT 1"
        );
        let found = tx
            .prepare_cached(&sql)?
            .query_row(params![id, receipt.reg_id, parameter], |row| row.get(0).map(DeliveryId))
            .optional()?;
        if found.is_some() {
            return Ok(found);
        }
    }
    if parameter.is_empty() {
        return Ok(None);
    }
    // A push without an answer has no message_id. Its parameter tells it, if no other push could be meant.
    tx.prepare_cached(
        "SELECT CASE WHEN count(*) = 1 THEN max(id) END FROM delivery
         WHERE message_id IS NULL AND target = ?1 AND call_back_parameter = ?2
               AND status IN ('pending', 'unknown') AND begun_at >= ?3",
    )?
    .query_row(params![receipt.reg_id, parameter, now.saturating_sub(LONGEST)], |row| {
        Ok(row.get::<_, Option<i64>>(0)?.map(DeliveryId))
    })
}

/// Gives a delivery that has just got its end those receipts which came before it, and takes away those that its
/// parameter had made it seem to have.
pub(in super::super) fn settle(
    tx: &Transaction<'_>,
    id: DeliveryId,
    outcome: &Outcome,
) -> rusqlite::Result<()> {
    let message_id = match outcome {
        Outcome::Unknown { .. } => return Ok(()),
        Outcome::Refused { .. } | Outcome::NotSent { .. } => "",
        Outcome::Accepted { message_id } => message_id,
    };
    tx.prepare_cached(
        "UPDATE receipt SET delivery_id = NULL
         WHERE delivery_id = ?1 AND message_id <> ?2 AND (task_id IS NULL OR task_id <> ?2)",
    )?
    .execute(params![id.0, message_id])?;
    if message_id.is_empty() {
        return Ok(());
    }
    for which in ["message_id = ?2", "task_id = ?2 AND task_id <> message_id"] {
        tx.prepare_cached(&format!(
            "UPDATE receipt SET delivery_id = ?1
             WHERE {which} AND delivery_id IS NULL AND EXISTS (
                 SELECT 1 FROM delivery d WHERE d.id = ?1
                 AND (d.target_kind = 'alias' OR d.target = receipt.reg_id)
                 AND (d.call_back_parameter IS NULL OR receipt.parameter = ''
                      OR d.call_back_parameter = receipt.parameter))"
        ))?
        .execute(params![id.0, message_id])?;
    }
    Ok(())
}
