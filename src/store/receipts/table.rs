//! The table of receipts: what OPPO posted to the callback URL, each with its delivery, and what came that is not a receipt.
//! How a callback is read belongs to the room `receipts`; which delivery a receipt belongs to, to `matching`.

use rusqlite::{Row, Transaction, params};

use super::super::deliveries::DeliveryId;
use super::super::query::Query;
use super::super::{Store, StoreError, optional_time_at, retention, time_at, to_ms};
use super::matching;
use super::model::{NewReceipt, NewRejected, Receipt, ReceiptFilter, Rejected};
use crate::clock::Timestamp;

/// Longest body of a rejected request that is kept, in bytes.
pub(super) const BODY_KEPT: usize = 64 * 1024;

/// Rejected requests that are kept; older ones make room.
pub(super) const REJECTED_KEPT: i64 = 1000;

/// Keeps receipts, all or none, each matched with its delivery, and requests that were not receipts aside: the newest 1,000
/// of them, each body cut after 64 KiB. A receipt that was posted before is counted, not kept twice. Gives the rows in the
/// order of the receipts.
pub(crate) fn keep(
    store: &Store,
    receipts: &[NewReceipt],
    rejected: &[NewRejected],
) -> Result<Vec<Receipt>, StoreError> {
    let now = to_ms(store.now());
    store.write(|tx| {
        let ages = retention::ages(tx, now)?;
        let aside: Vec<i64> =
            rejected.iter().map(|new| set_aside(tx, new, now)).collect::<rusqlite::Result<_>>()?;
        let kept: Vec<Receipt> =
            receipts.iter().map(|receipt| insert(tx, receipt, now)).collect::<rusqlite::Result<_>>()?;
        let written = kept.iter().map(|one| one.id).chain(aside);
        retention::now_and_then(tx, store.keep(), ages, written, now)?;
        Ok(kept)
    })
}

/// Receipts alone, for tests.
#[cfg(test)]
pub(crate) fn record(store: &Store, receipts: &[NewReceipt]) -> Result<Vec<Receipt>, StoreError> {
    keep(store, receipts, &[])
}

/// Rejected requests alone, for tests.
#[cfg(test)]
pub(crate) fn reject(store: &Store, rejected: &[NewRejected]) -> Result<(), StoreError> {
    keep(store, &[], rejected).map(drop)
}

fn insert(tx: &Transaction<'_>, new: &NewReceipt, now: i64) -> rusqlite::Result<Receipt> {
    let delivery = matching::of(tx, new, now)?;
    let id: i64 = tx
        .prepare_cached(
            "INSERT INTO receipt (received_at, event, message_id, task_id, app_id, reg_id, parameter, event_time,
                                  event_at, delivery_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
             ON CONFLICT (message_id, reg_id, event, event_time, parameter) DO UPDATE
             SET seen = receipt.seen + 1, delivery_id = coalesce(receipt.delivery_id, excluded.delivery_id)
             RETURNING id",
        )?
        .query_row(
            params![
                now,
                new.event,
                new.message_id,
                new.task_id,
                new.app_id,
                new.reg_id,
                new.parameter.as_deref().unwrap_or_default(),
                new.event_time,
                new.event_at.map(to_ms),
                delivery.map(|id| id.0)
            ],
            |row| row.get(0),
        )?;
    tx.prepare_cached(&format!("{SELECT} WHERE r.id = ?1"))?.query_row([id], receipt)
}

pub(super) const SELECT: &str =
    "SELECT r.id, r.received_at, r.event, r.message_id, r.task_id, r.app_id, r.reg_id, r.parameter,
                             r.event_time, r.event_at, r.seen, r.delivery_id, d.profile, d.user_id
                      FROM receipt r LEFT JOIN delivery d ON d.id = r.delivery_id";

/// The receipts that fit, newest first.
pub fn list(store: &Store, filter: &ReceiptFilter<'_>) -> Result<Vec<Receipt>, StoreError> {
    store.read(|connection| query(filter).rows(connection, receipt))
}

pub(super) fn query(filter: &ReceiptFilter<'_>) -> Query {
    let query = Query::new(SELECT)
        .texts([("r.message_id", filter.message_id), ("r.reg_id", filter.reg_id), ("r.event", filter.event)])
        .and("r.delivery_id = ?", filter.delivery_id.map(|id| id.0))
        .and("r.received_at >= ?", filter.since.map(to_ms))
        .and("r.id > ?", filter.after_id)
        .and_if(filter.unmatched, "r.delivery_id IS NULL");
    // A user has few deliveries, which lead to the receipts; a profile has most of them, so the receipts are read from the
    // newest on instead.
    let query = match (filter.user, filter.profile) {
        (Some(user), None) => {
            query.and("r.delivery_id IN (SELECT id FROM delivery WHERE user_id = ?)", Some(user))
        }
        (Some(user), Some(profile)) => query
            .and("r.delivery_id IN (SELECT id FROM delivery WHERE user_id = ?", Some(user))
            .and("profile = ?)", Some(profile)),
        (None, profile) => query
            .and("EXISTS (SELECT 1 FROM delivery p WHERE p.id = r.delivery_id AND p.profile = ?)", profile),
    };
    query.tail("ORDER BY r.id DESC").limit(filter.limit)
}

pub(super) fn receipt(row: &Row<'_>) -> rusqlite::Result<Receipt> {
    Ok(Receipt {
        id: row.get(0)?,
        received_at: time_at(row, 1)?,
        receipt: NewReceipt {
            event: row.get(2)?,
            message_id: row.get(3)?,
            task_id: row.get(4)?,
            app_id: row.get(5)?,
            reg_id: row.get(6)?,
            parameter: Some(row.get(7)?).filter(|parameter: &String| !parameter.is_empty()),
            event_time: row.get(8)?,
            event_at: optional_time_at(row, 9)?,
        },
        seen: row.get(10)?,
        delivery_id: row.get::<_, Option<i64>>(11)?.map(DeliveryId),
        profile: row.get(12)?,
        user: row.get(13)?,
    })
}

fn set_aside(tx: &Transaction<'_>, new: &NewRejected, now: i64) -> rusqlite::Result<i64> {
    let body = String::from_utf8_lossy(&new.body[..new.body.len().min(BODY_KEPT)]);
    let id: i64 = tx
        .prepare_cached(
            "INSERT INTO receipt_rejected (received_at, content_type, why, body) VALUES (?1, ?2, ?3, ?4)
             RETURNING id",
        )?
        .query_row(params![now, new.content_type, new.why, body], |row| row.get(0))?;
    tx.prepare_cached("DELETE FROM receipt_rejected WHERE id <= ?1")?.execute([id - REJECTED_KEPT])?;
    Ok(id)
}

/// Requests that were not receipts, newest first.
pub(crate) fn rejected(
    store: &Store,
    since: Option<Timestamp>,
    limit: Option<usize>,
) -> Result<Vec<Rejected>, StoreError> {
    let query = Query::new("SELECT id, received_at, content_type, why, body FROM receipt_rejected")
        .and("received_at >= ?", since.map(to_ms))
        .tail("ORDER BY id DESC")
        .limit(limit);
    let read = |row: &Row<'_>| {
        Ok(Rejected {
            id: row.get(0)?,
            received_at: time_at(row, 1)?,
            content_type: row.get(2)?,
            why: row.get(3)?,
            body: row.get(4)?,
        })
    };
    store.read(|connection| query.rows(connection, read))
}
