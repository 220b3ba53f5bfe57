//! What the IM server tells of logins and pushes, as it happens.

use rusqlite::{Transaction, params};
use serde_json::json;

use super::super::super::moment::Moment;
use super::super::pushes::{self, Attempt};
use super::super::session::StoredSession;
use super::address::address;
use super::queue::{self, Command, News};

/// PushPlatform 6 is OPPO.
const OPPO: i64 = 6;

/// What happened to a login.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sandbox::im) enum Change {
    /// It ended so many others.
    Login {
        kicked: usize,
    },
    Logout,
    KickedByRest,
    /// The app was killed: noticed at once.
    LinkClose,
    /// The network went: noticed when heartbeats have failed for long enough.
    TimeOut,
}

impl Change {
    /// Action, Reason and OptPlatform.
    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Change::Login { .. } => ("Login", "Register", "Android"),
            Change::Logout => ("Logout", "Unregister", "Android"),
            Change::KickedByRest => ("Logout", "Unregister", "RESTAPI"),
            Change::LinkClose => ("Disconnect", "LinkClose", "Android"),
            Change::TimeOut => ("Disconnect", "TimeOut", "Android"),
        }
    }
}

pub(in crate::sandbox::im) fn state_changed(
    at: Moment<'_>,
    session: &StoredSession,
    change: Change,
) -> rusqlite::Result<()> {
    let Some(url) = address(at.tx)? else { return Ok(()) };
    let (action, reason, platform) = change.words();
    let mut body = json!({
        "CallbackCommand": Command::StateChange,
        "Info": { "Action": action, "To_Account": session.user, "Reason": reason },
    });
    if let Change::Login { kicked: kicked @ 1.. } = change {
        body["KickedDevice"] = vec![json!({ "Platform": "Android" }); kicked].into();
    }
    let event_at = if change == Change::TimeOut { session.gone_at.unwrap_or(at.now) } else { at.now };
    let news = News {
        sdk_app_id: session.sdk_app_id,
        command: Command::StateChange,
        platform,
        phone: Some(&session.phone),
        body,
        event_at,
    };
    queue::add(at.tx, &url, &news)
}

/// The login on a phone is connected again, or over: the server waits no longer for its heartbeats to fail.
pub(in crate::sandbox::im) fn reconnected(at: Moment<'_>, phone: &str) -> rusqlite::Result<()> {
    at.tx
        .prepare_cached("DELETE FROM im_callback WHERE phone = ?1 AND stage = 'waiting' AND due_at > ?2")?
        .execute(params![phone, at.now])?;
    Ok(())
}

/// So much time has passed for the login on a phone.
pub(in crate::sandbox::im) fn elapsed(at: Moment<'_>, phone: &str, by_ms: i64) -> rusqlite::Result<()> {
    at.tx.execute(
        "UPDATE im_callback SET due_at = due_at - ?3, event_at = event_at - ?3
         WHERE phone = ?1 AND stage = 'waiting' AND due_at > ?2",
        params![phone, at.now, by_ms],
    )?;
    Ok(())
}

/// How far a push came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sandbox) enum PushStage {
    Sent = 1,
    Reached = 2,
    Clicked = 3,
}

/// OPPO was asked to push, and took it or not.
pub(in crate::sandbox::im) fn push_sent(at: Moment<'_>, attempt: &Attempt) -> rusqlite::Result<()> {
    let Some(url) = address(at.tx)? else { return Ok(()) };
    add(at.tx, &url, attempt, PushStage::Sent, at.now)
}

/// A push that OPPO took came further. Nothing is told of one that the IM server did not make.
pub(in crate::sandbox) fn push_went(
    tx: &Transaction<'_>,
    message_id: &str,
    stage: PushStage,
    event_at: i64,
) -> rusqlite::Result<()> {
    let Some(url) = address(tx)? else { return Ok(()) };
    match pushes::by_message_id(tx, message_id)? {
        Some(attempt) => add(tx, &url, &attempt, stage, event_at),
        None => Ok(()),
    }
}

fn add(
    tx: &Transaction<'_>,
    url: &str,
    attempt: &Attempt,
    stage: PushStage,
    event_at: i64,
) -> rusqlite::Result<()> {
    let code = attempt.oppo_code.unwrap_or(0);
    // A MsgKey is made of these three.
    let mut of_key = attempt.msg_key.split('_').map(|part| part.parse::<i64>().unwrap_or(0));
    let mut next = || of_key.next().unwrap_or(0);
    let body = json!({
        "EventType": 1,
        "From_Account": attempt.from,
        "To_Account": attempt.user,
        "PushPlatform": OPPO,
        "PushStage": stage as i64,
        "MsgKey": attempt.msg_key,
        "MsgSeq": next(),
        "MsgRandom": next(),
        "MsgTime": next(),
        "PushID": attempt.push_id,
        "ErrCode": code,
        "ErrInfo": if code == 0 { "" } else { attempt.detail.as_str() },
    });
    let news = News {
        sdk_app_id: attempt.sdk_app_id,
        command: Command::OfflinePush,
        platform: "Unknown",
        phone: None,
        body,
        event_at,
    };
    queue::add(tx, url, &news)
}
