//! Brings what is held for a phone up to date: time has passed, or the phone has just changed.

use rusqlite::{Transaction, params};
use serde_json::{Map, Value};

use super::super::push::Push;
use super::super::receipts::{self, Event};
use super::super::words::from_row;
use super::fate::{PendingPush, PushOutcome, judge};
use super::reasons::LossReason;
use super::receiver::Receiver;
use super::stage::Stage;

/// After time passed: looks only at what is due. True when something changed.
pub(super) fn settle(tx: &Transaction<'_>, now: i64, phone: &Receiver) -> rusqlite::Result<bool> {
    run(tx, now, phone, now)
}

/// After the phone changed: looks at everything held.
pub(super) fn after_change(tx: &Transaction<'_>, now: i64, phone: &Receiver) -> rusqlite::Result<bool> {
    run(tx, now, phone, i64::MAX)
}

/// The phone goes, with its app: what has not reached it never will.
pub(super) fn before_removal(tx: &Transaction<'_>, now: i64, phone: &Receiver) -> rusqlite::Result<()> {
    let fate = PushOutcome::Lost { loss: LossReason::Unregistered, at: now };
    for held in held(tx, phone.id, i64::MAX)?.iter().filter(|held| held.reached_at.is_none()) {
        apply(tx, phone, &fate, held)?;
    }
    Ok(())
}

struct Held {
    seq: i64,
    message_id: String,
    task_id: Option<String>,
    reg_id: String,
    arrived_at: i64,
    reached_at: Option<i64>,
    notify_id: Option<String>,
    notification: Map<String, Value>,
}

from_row! { Held: seq, message_id, task_id, reg_id, arrived_at, reached_at, notify_id, notification as Json }

fn run(tx: &Transaction<'_>, now: i64, phone: &Receiver, due: i64) -> rusqlite::Result<bool> {
    let mut settled = Vec::new();
    for held in held(tx, phone.id, due)? {
        let pending = PendingPush {
            reg_id: &held.reg_id,
            arrived_at: held.arrived_at,
            reached_at: held.reached_at,
            notification: &held.notification,
        };
        settled.push((judge(phone, &pending, now), held));
    }
    // Those shown at different times must replace one another in the order in which the phone showed them.
    settled.sort_by_key(|(fate, held)| (time(fate), held.seq));
    let mut changed = !settled.is_empty();
    for (fate, held) in &settled {
        apply(tx, phone, fate, held)?;
    }
    changed |= hide(tx, phone.id, now)? > 0;
    Ok(changed)
}

fn held(tx: &Transaction<'_>, phone: i64, due: i64) -> rusqlite::Result<Vec<Held>> {
    tx.prepare_cached(
        "SELECT * FROM delivery WHERE phone = ?1 AND stage = 'held' AND due_at <= ?2 ORDER BY seq",
    )?
    .query_map(params![phone, due], Held::read)?
    .collect()
}

fn time(fate: &PushOutcome) -> i64 {
    match fate {
        PushOutcome::Waits { due_at, .. } => *due_at,
        PushOutcome::Shown { at, .. } | PushOutcome::Lost { at, .. } => *at,
    }
}

fn apply(tx: &Transaction<'_>, phone: &Receiver, fate: &PushOutcome, held: &Held) -> rusqlite::Result<()> {
    let event = event(fate, held.reached_at.is_some());
    let arrived = event.filter(|(event, _)| *event == Event::PushArrive);
    match fate {
        PushOutcome::Waits { wait, reached_at, due_at } => tx
            .prepare_cached("UPDATE delivery SET reason = ?1, reached_at = ?2, due_at = ?3 WHERE seq = ?4")?
            .execute(params![wait, reached_at, due_at, held.seq])?,
        PushOutcome::Shown { reached_at, at, hide_at, quiet } => {
            if let Some(notify_id) = &held.notify_id {
                replace(tx, phone.id, notify_id, *at)?;
            }
            tx.prepare_cached(
                "UPDATE delivery SET stage = ?1, reason = ?6, reached_at = ?2, shown_at = ?3, at = ?3, hide_at = ?4
                 WHERE seq = ?5",
            )?
            .execute(params![Stage::Shown, reached_at, at, hide_at, held.seq, quiet])?
        }
        PushOutcome::Lost { loss, at } => tx
            .prepare_cached(
                "UPDATE delivery SET stage = ?1, reason = ?2, at = ?3, reached_at = coalesce(reached_at, ?5)
                 WHERE seq = ?4",
            )?
            .execute(params![Stage::Dropped, loss, at, held.seq, arrived.map(|(_, at)| at)])?,
    };
    let Some(event) = event else { return Ok(()) };
    let push = Push {
        app_id: &phone.app_id,
        message_id: &held.message_id,
        task_id: held.task_id.as_deref(),
        reg_id: &held.reg_id,
        notification: &held.notification,
    };
    receipts::note(tx, &push, event)
}

/// What OPPO has to report, and of when. That it reached the phone says nothing of its display; that it ran out while
/// the phone was away is not a documented event (OPPO reference, section 6).
pub(super) fn event(fate: &PushOutcome, reached_before: bool) -> Option<(Event, i64)> {
    let arrives = |at: i64| (!reached_before).then_some((Event::PushArrive, at));
    match *fate {
        PushOutcome::Waits { reached_at, .. } => reached_at.and_then(arrives),
        PushOutcome::Shown { reached_at, .. } => arrives(reached_at),
        PushOutcome::Lost { loss, at } => match loss {
            LossReason::StaleRegId | LossReason::Unregistered => Some((Event::RegidInvalid, at)),
            LossReason::PhoneOffline | LossReason::TtlOverWhileOffline | LossReason::TtlOverWithoutWifi => {
                None
            }
            LossReason::NotificationsOff
            | LossReason::NoChannelId
            | LossReason::ChannelMissing
            | LossReason::ChannelDisabled
            | LossReason::ShowWindowOver => arrives(at),
        },
    }
}

/// A notification with the same notify_id takes the place of the one shown (OPPO reference, section 5).
pub(super) fn replace(tx: &Transaction<'_>, phone: i64, notify_id: &str, at: i64) -> rusqlite::Result<usize> {
    hide(tx, phone, at)?;
    tx.prepare_cached(
        "UPDATE delivery SET stage = ?1, at = ?2 WHERE phone = ?3 AND stage = 'shown' AND notify_id = ?4",
    )?
    .execute(params![Stage::Replaced, at, phone, notify_id])
}

/// Takes out of the shade what has been there for its show_ttl.
fn hide(tx: &Transaction<'_>, phone: i64, now: i64) -> rusqlite::Result<usize> {
    tx.prepare_cached(
        "UPDATE delivery SET stage = ?1, at = hide_at WHERE phone = ?2 AND stage = 'shown' AND hide_at <= ?3",
    )?
    .execute(params![Stage::Hidden, phone, now])
}
