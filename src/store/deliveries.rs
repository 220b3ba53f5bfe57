//! The table of deliveries: begun before the request goes out, completed after, and one that was not sent with its ground.
//! What a delivery's story is belongs to `push`.

mod model;

use rusqlite::types::ToSql;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::{Store, StoreError, optional_time_at, process, receipts, time_at, to_ms};
use crate::clock::Timestamp;

pub use model::{Completion, Delivery, DeliveryId, DeliveryTarget, NewDelivery, Outcome, Status};

/// Said of a delivery whose process ended before the vendor's answer was recorded.
pub const STOPPED: &str = "opush was stopped before the answer came";

/// Longest answer kept, in bytes; the vendor's own are a few hundred.
const ANSWER_KEPT: usize = 16 * 1024;

/// Which deliveries to list; the default is every one.
#[derive(Clone, Debug, Default)]
pub struct Filter<'a> {
    pub limit: Option<usize>,
    pub status: Option<Status>,
    pub profile: Option<&'a str>,
    pub user: Option<&'a str>,
    /// A regId or an alias.
    pub target: Option<&'a str>,
    pub since: Option<Timestamp>,
}

/// Records a delivery whose request goes out next.
pub fn begin(store: &Store, new: &NewDelivery) -> Result<DeliveryId, StoreError> {
    let now = to_ms(store.now());
    store.write(|tx| insert(tx, new, now))
}

/// Records the end of a delivery. One that already has its end keeps it; `false` says so.
pub fn complete(store: &Store, id: DeliveryId, end: &Completion) -> Result<bool, StoreError> {
    let now = to_ms(store.now());
    store.write(|tx| finish(tx, id, end, now))
}

/// Records a delivery that does not go out at all, and why.
pub fn hold_back(store: &Store, new: &NewDelivery, reason: &str) -> Result<DeliveryId, StoreError> {
    let now = to_ms(store.now());
    let end = Completion { outcome: Outcome::NotSent { reason: reason.into() }, tries: 0, answer: None };
    store.write(|tx| {
        let id = insert(tx, new, now)?;
        finish(tx, id, &end, now)?;
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
    let answer = end.answer.as_deref().map(cut);
    let changed = tx
        .prepare_cached(
            "UPDATE delivery SET status = ?2, message_id = ?3, code = ?4, words = ?5, reason = ?6, answer = ?7,
                                 tries = ?8, completed_at = ?9,
                                 elapsed_ms = CASE WHEN ?9 > begun_at THEN ?9 - begun_at ELSE 0 END
             WHERE id = ?1 AND status = 'pending'",
        )?
        .execute(params![id.0, status.as_str(), message_id, code, words, reason, answer, end.tries, now])?;
    if changed > 0 {
        receipts::settle(tx, id, &end.outcome)?;
    }
    Ok(changed > 0)
}

fn cut(answer: &str) -> &str {
    let mut length = answer.len().min(ANSWER_KEPT);
    while !answer.is_char_boundary(length) {
        length -= 1;
    }
    &answer[..length]
}

/// The deliveries that fit, newest first.
pub fn list(store: &Store, filter: &Filter<'_>) -> Result<Vec<Delivery>, StoreError> {
    let now = store.now();
    let since = filter.since.map(to_ms);
    store.read(|connection| select(connection, filter, since, now))
}

/// The delivery with that number, or the newest with that message_id or app_message_id.
pub fn show(store: &Store, id: &str) -> Result<Option<Delivery>, StoreError> {
    let now = store.now();
    let one = |connection: &Connection, column: &str, value: &dyn ToSql| {
        let sql = format!("SELECT {COLUMNS} FROM delivery WHERE {column} = ?1 ORDER BY id DESC LIMIT 1");
        connection.prepare_cached(&sql)?.query_row([value], |row| Delivery::read(row, now)).optional()
    };
    store.read(|connection| {
        if let Ok(number) = id.parse::<i64>()
            && let Some(found) = one(connection, "id", &number)?
        {
            return Ok(Some(found));
        }
        match one(connection, "message_id", &id)? {
            Some(found) => Ok(Some(found)),
            None => one(connection, "app_message_id", &id),
        }
    })
}

const COLUMNS: &str = "id, begun_at, profile, region, certificate_id, app_id, user_id, device, target_kind, target, \
                       app_message_id, decision, request, status, message_id, code, words, reason, answer, tries, \
                       completed_at, elapsed_ms, due_at, process";

fn select(
    connection: &Connection,
    filter: &Filter<'_>,
    since: Option<i64>,
    now: Timestamp,
) -> rusqlite::Result<Vec<Delivery>> {
    let mut sql = format!("SELECT {COLUMNS} FROM delivery WHERE 1 = 1");
    let mut values: Vec<&dyn ToSql> = Vec::new();
    let texts = [("profile", &filter.profile), ("user_id", &filter.user), ("target", &filter.target)];
    for (column, value) in texts {
        if let Some(value) = value {
            values.push(value);
            sql.push_str(&format!(" AND {column} = ?{}", values.len()));
        }
    }
    if let Some(since) = &since {
        values.push(since);
        sql.push_str(&format!(" AND begun_at >= ?{}", values.len()));
    }
    match filter.status {
        None => {}
        // Which of the two a pending row is depends on its process, so that is looked at row by row below.
        Some(Status::Pending | Status::Unknown) => sql.push_str(" AND status IN ('pending', 'unknown')"),
        Some(status) => sql.push_str(&format!(" AND status = '{}'", status.as_str())),
    }
    sql.push_str(" ORDER BY id DESC");
    let mut statement = connection.prepare_cached(&sql)?;
    // Rows are read one by one, so a limit reads no more than it shows.
    let rows = statement.query_map(values.as_slice(), |row| Delivery::read(row, now))?;
    rows.filter(|row| match (row, filter.status) {
        (Ok(delivery), Some(status)) => delivery.status == status,
        _ => true,
    })
    .take(filter.limit.unwrap_or(usize::MAX))
    .collect()
}

impl Delivery {
    fn read(row: &Row<'_>, now: Timestamp) -> rusqlite::Result<Delivery> {
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

#[cfg(test)]
mod tests;
