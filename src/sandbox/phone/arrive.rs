//! A push that OPPO took is on its way to the phone that has, or had, its regId.

use rusqlite::{Transaction, params};
use serde_json::Value;

use super::super::push::Push;
use super::super::receipts::{self, Event};
use super::super::words::Json;
use super::fate::{PendingPush, PushOutcome, judge};
use super::receiver::{self, Addressee, Receiver};
use super::stage::Stage;
use super::{accept, forget, read, settle};

/// Delivers: shows, holds or drops it by the phone's state. A regId without a phone swallows it.
/// `found` is its phone, where it was looked up already.
pub(crate) fn arrive(
    tx: &Transaction<'_>,
    now: i64,
    push: &Push<'_>,
    found: Option<Addressee>,
) -> rusqlite::Result<()> {
    let found = match found {
        None => receiver::look_up(tx, now, push.app_id, push.reg_id)?.1,
        found => found,
    };
    let Some(Addressee { mut phone, has_due }) = found else { return Ok(()) };
    if phone.learns
        && let Some(mut whole) = read::by_id(tx, phone.id)?
    {
        accept::learn(tx, &mut whole, push.notification)?;
        phone = whole.receiver();
    }
    // What was due before it is older on the phone too.
    if has_due {
        settle::settle(tx, now, &phone)?;
    }
    let pending = PendingPush {
        reg_id: push.reg_id,
        arrived_at: now,
        reached_at: None,
        notification: push.notification,
    };
    let fate = judge(&phone, &pending, now);
    let event = settle::event(&fate, false);
    let seq = keep(tx, now, push, &phone, &fate, event)?;
    if let Some(event) = event {
        receipts::note(tx, push, event)?;
    }
    forget::now_and_then(tx, seq, phone.id)
}

/// Returns its number.
fn keep(
    tx: &Transaction<'_>,
    now: i64,
    push: &Push<'_>,
    phone: &Receiver,
    fate: &PushOutcome,
    event: Option<(Event, i64)>,
) -> rusqlite::Result<i64> {
    let notify_id = push.notification.get("notify_id").filter(|id| !id.is_null()).map(Value::to_string);
    let reached_at = event.filter(|(event, _)| *event == Event::PushArrive).map(|(_, at)| at);
    let (stage, reason, due_at, shown, at) = match fate {
        PushOutcome::Waits { wait, due_at, .. } => (Stage::Held, Some(wait.as_str()), *due_at, None, now),
        PushOutcome::Shown { at, hide_at, quiet, .. } => {
            if let Some(notify_id) = &notify_id {
                settle::replace(tx, phone.id, notify_id, *at)?;
            }
            let quiet = quiet.map(|quiet| quiet.as_str());
            (Stage::Shown, quiet, now, Some((*at, *hide_at)), *at)
        }
        PushOutcome::Lost { loss, at } => (Stage::Dropped, Some(loss.as_str()), now, None, *at),
    };
    let shown_at = shown.map(|(at, _)| at);
    let hide_at = shown.and_then(|(_, hide_at)| hide_at);
    tx.prepare_cached(
        "INSERT INTO delivery (phone, message_id, reg_id, notification, notify_id, stage, reason, arrived_at,
            reached_at, shown_at, hide_at, due_at, at, task_id)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    )?
    .execute(params![
        phone.id,
        push.message_id,
        push.reg_id,
        Json(push.notification),
        notify_id,
        stage,
        reason,
        now,
        reached_at,
        shown_at,
        hide_at,
        due_at,
        at,
        push.task_id
    ])?;
    Ok(tx.last_insert_rowid())
}
