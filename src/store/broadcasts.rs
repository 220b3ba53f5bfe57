//! The tables of broadcasts: messages saved at OPPO, and which call sent one to whom; the call's own record is a delivery.

use rusqlite::{OptionalExtension, Row, params};

use super::deliveries::{DeliveryId, Status};
use super::{Store, StoreError, time_at, to_ms};
use crate::clock::Timestamp;

/// A message that OPPO has saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NewSaved {
    pub(crate) profile: String,
    pub(crate) certificate_id: i64,
    pub(crate) app_id: String,
    pub(crate) message_id: String,
    /// Its fields as JSON, the secret part of a callback URL masked.
    pub(crate) notification: String,
}

/// The same, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Saved {
    /// A number of its own.
    pub(crate) id: i64,
    pub(crate) saved_at: Timestamp,
    pub(crate) message: NewSaved,
}

/// One call that sends a saved message.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NewCall<'a> {
    pub(crate) delivery: DeliveryId,
    pub(crate) app_id: &'a str,
    pub(crate) message_id: &'a str,
    /// `all`, `reg-ids`, `aliases` or `tags`.
    pub(crate) audience: &'a str,
    /// SHA-256 of the targets, in hex.
    pub(crate) digest: &'a str,
    /// How many, where that is known.
    pub(crate) targets: Option<usize>,
}

/// A call as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KeptCall {
    pub(crate) delivery: DeliveryId,
    pub(crate) begun_at: Timestamp,
    pub(crate) status: Status,
    pub(crate) audience: String,
    pub(crate) digest: String,
    pub(crate) targets: Option<i64>,
    pub(crate) task_id: Option<String>,
}

pub(crate) fn put_saved(store: &Store, new: &NewSaved) -> Result<i64, StoreError> {
    let now = to_ms(store.now());
    store.write(|tx| {
        tx.query_row(
            "INSERT INTO saved_message (saved_at, profile, certificate_id, app_id, message_id, notification)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6) RETURNING id",
            params![now, new.profile, new.certificate_id, new.app_id, new.message_id, new.notification],
            |row| row.get(0),
        )
    })
}

/// The profile's message with this message_id, or of this number.
pub(crate) fn find_saved(store: &Store, profile: &str, which: &str) -> Result<Option<Saved>, StoreError> {
    let number: Option<i64> = which.parse().ok();
    let read = |row: &Row<'_>| {
        Ok(Saved {
            id: row.get(0)?,
            saved_at: time_at(row, 1)?,
            message: NewSaved {
                profile: row.get(2)?,
                certificate_id: row.get(3)?,
                app_id: row.get(4)?,
                message_id: row.get(5)?,
                notification: row.get(6)?,
            },
        })
    };
    store.read(|connection| {
        connection
            .prepare_cached(
                "SELECT id, saved_at, profile, certificate_id, app_id, message_id, notification FROM saved_message
                 WHERE profile = ?1 AND (message_id = ?2 OR id = ?3) ORDER BY message_id = ?2 DESC, id DESC LIMIT 1",
            )?
            .query_row(params![profile, which, number], read)
            .optional()
    })
}

pub(crate) fn put_call(store: &Store, new: &NewCall<'_>) -> Result<(), StoreError> {
    store.write(|tx| {
        tx.execute(
            "INSERT INTO broadcast_call (delivery_id, app_id, message_id, audience, digest, targets)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                new.delivery.0,
                new.app_id,
                new.message_id,
                new.audience,
                new.digest,
                new.targets.map(|count| count as i64)
            ],
        )?;
        Ok(())
    })
}

pub(crate) fn put_task(store: &Store, delivery: DeliveryId, task_id: &str) -> Result<(), StoreError> {
    store.write(|tx| {
        tx.execute(
            "UPDATE broadcast_call SET task_id = ?2 WHERE delivery_id = ?1",
            params![delivery.0, task_id],
        )?;
        Ok(())
    })
}

/// The calls that sent this message, the newest first.
pub(crate) fn calls_of(store: &Store, app_id: &str, message_id: &str) -> Result<Vec<KeptCall>, StoreError> {
    let read = |row: &Row<'_>| {
        Ok(KeptCall {
            delivery: DeliveryId(row.get(0)?),
            begun_at: time_at(row, 1)?,
            status: row.get(2)?,
            audience: row.get(3)?,
            digest: row.get(4)?,
            targets: row.get(5)?,
            task_id: row.get(6)?,
        })
    };
    store.read(|connection| {
        connection
            .prepare_cached(
                "SELECT d.id, d.begun_at, d.status, c.audience, c.digest, c.targets, c.task_id
                 FROM broadcast_call c JOIN delivery d ON d.id = c.delivery_id
                 WHERE c.app_id = ?1 AND c.message_id = ?2 ORDER BY d.id DESC",
            )?
            .query_map(params![app_id, message_id], read)?
            .collect()
    })
}
