//! A row of the table as a delivery, and its state now: a row without an end may never get one.
//! Which rows are read belongs to `find`.

use rusqlite::Row;

use super::super::{optional_time_at, process, time_at, to_ms};
use super::model::{Delivery, DeliveryId, DeliveryTarget, STOPPED, Status};
use crate::clock::Timestamp;

/// How much of a row is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Columns {
    All,
    /// Without request and answer, which are most of a row.
    Brief,
}

impl Columns {
    pub(super) fn sql(self) -> String {
        let (request, answer) = match self {
            Columns::All => ("request", "answer"),
            Columns::Brief => ("''", "NULL"),
        };
        format!(
            "id, begun_at, profile, region, certificate_id, app_id, user_id, device, target_kind, target, \
             app_message_id, decision, {request}, status, message_id, code, words, reason, {answer}, tries, \
             completed_at, elapsed_ms, due_at, process"
        )
    }
}

impl Delivery {
    pub(super) fn read(row: &Row<'_>, now: Timestamp) -> rusqlite::Result<Delivery> {
        let target = match (row.get::<_, Option<String>>(8)?.as_deref(), row.get(9)?) {
            (Some("alias"), Some(value)) => Some(DeliveryTarget::Alias(value)),
            (_, value) => value.map(DeliveryTarget::RegId),
        };
        let mut delivery = Delivery {
            id: DeliveryId(row.get(0)?),
            begun_at: time_at(row, 1)?,
            profile: row.get(2)?,
            region: row.get(3)?,
            certificate_id: row.get(4)?,
            app_id: row.get(5)?,
            user: row.get(6)?,
            device: row.get(7)?,
            target,
            app_message_id: row.get(10)?,
            decision: row.get(11)?,
            request: row.get(12)?,
            status: row.get(13)?,
            message_id: row.get(14)?,
            code: row.get(15)?,
            words: row.get(16)?,
            reason: row.get(17)?,
            answer: row.get(18)?,
            tries: row.get(19)?,
            completed_at: optional_time_at(row, 20)?,
            elapsed_ms: row.get(21)?,
        };
        let overdue = row.get::<_, i64>(22)? < to_ms(now);
        if delivery.status == Status::Pending && (overdue || process::has_ended(&row.get::<_, String>(23)?)) {
            delivery.status = Status::Unknown;
            delivery.reason = Some(STOPPED.into());
        }
        Ok(delivery)
    }
}
