//! A finger on a notification: tapping it, or swiping it away.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, Transaction, params};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::super::im::webhook::{self, PushStage};
use super::super::words::from_row;
use super::model::Phone;
use super::read::{self, Message};
use super::reasons::TapFailure;
use super::resolve::resolve;
use super::stage::Stage;

/// What a tap did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Tap {
    pub(crate) opened: bool,
    /// The activity's full class name or the URL that opened.
    pub(crate) target: Option<String>,
    /// The Bundle extras that the activity received.
    pub(crate) extras: BTreeMap<String, String>,
    /// Why nothing opened.
    pub(crate) reason: Option<String>,
    pub(crate) message_id: Option<String>,
    /// The lines that a receiver logs that goes through its extras.
    pub(crate) log: Vec<String>,
}

/// What a swipe did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Dismissal {
    pub(crate) dismissed: bool,
    /// Why nothing was swiped away.
    pub(crate) reason: Option<String>,
    pub(crate) message_id: Option<String>,
}

struct Notification {
    seq: i64,
    message_id: String,
    notification: Map<String, Value>,
}

from_row! { Notification: seq, message_id, notification as Json }

/// Taps a notification, the newest where none is named. What opens something leaves the shade; what does not, stays.
/// `None`: there is no such phone.
pub(crate) fn tap(
    tx: &Transaction<'_>,
    now: i64,
    name: &str,
    message_id: Option<&str>,
) -> rusqlite::Result<Option<Tap>> {
    let Some(phone) = read::find(tx, now, name)? else { return Ok(None) };
    let tapped = match shown(tx, name, message_id)? {
        Ok(tapped) => tapped,
        Err(why) => return Ok(Some(Tap { reason: Some(why.as_str().to_owned()), ..Tap::default() })),
    };
    let tap = landing(&phone, &tapped.notification, tapped.message_id);
    if tap.opened {
        leave(tx, tapped.seq, Stage::Opened, now)?;
        if let Some(id) = &tap.message_id {
            webhook::push_went(tx, id, PushStage::Clicked, now)?;
        }
    }
    Ok(Some(tap))
}

/// Where a tap on this message would land; nothing is tapped.
pub(crate) fn tap_of(tx: &Transaction<'_>, message: &Message) -> rusqlite::Result<Tap> {
    match read::stored(tx, &message.phone)? {
        Some(phone) => Ok(landing(&phone, &message.notification, message.message_id.clone())),
        None => Ok(Tap::default()),
    }
}

fn landing(phone: &Phone, notification: &Map<String, Value>, message_id: String) -> Tap {
    let message_id = Some(message_id);
    match resolve(phone, notification) {
        Err(why) => Tap { reason: Some(why.as_str().to_owned()), message_id, ..Tap::default() },
        Ok(landing) => {
            let log =
                landing.extras.iter().map(|(key, value)| format!("key = {key} :value = {value}")).collect();
            Tap {
                opened: true,
                target: Some(landing.target),
                extras: landing.extras,
                reason: None,
                message_id,
                log,
            }
        }
    }
}

/// Swipes a notification away, the newest where none is named. `None`: there is no such phone.
pub(crate) fn dismiss(
    tx: &Transaction<'_>,
    now: i64,
    name: &str,
    message_id: Option<&str>,
) -> rusqlite::Result<Option<Dismissal>> {
    if read::find(tx, now, name)?.is_none() {
        return Ok(None);
    }
    Ok(Some(match shown(tx, name, message_id)? {
        Err(why) => Dismissal { reason: Some(why.as_str().to_owned()), ..Dismissal::default() },
        Ok(swiped) => {
            leave(tx, swiped.seq, Stage::Dismissed, now)?;
            Dismissal { dismissed: true, reason: None, message_id: Some(swiped.message_id) }
        }
    }))
}

fn shown(
    tx: &Transaction<'_>,
    name: &str,
    message_id: Option<&str>,
) -> rusqlite::Result<Result<Notification, TapFailure>> {
    let newest = tx
        .prepare_cached(
            "SELECT d.seq, d.message_id, d.notification FROM delivery d JOIN phone p ON p.id = d.phone
             WHERE p.name = ?1 AND d.stage = 'shown' AND (?2 IS NULL OR d.message_id = ?2)
             ORDER BY d.shown_at DESC, d.seq DESC LIMIT 1",
        )?
        .query_row(params![name, message_id], Notification::read)
        .optional()?;
    let none = if message_id.is_some() { TapFailure::NotShown } else { TapFailure::NothingShown };
    Ok(newest.ok_or(none))
}

fn leave(tx: &Transaction<'_>, seq: i64, stage: Stage, now: i64) -> rusqlite::Result<()> {
    tx.execute("UPDATE delivery SET stage = ?1, at = ?2 WHERE seq = ?3", params![stage, now, seq])?;
    Ok(())
}
