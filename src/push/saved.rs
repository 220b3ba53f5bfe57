//! A message that OPPO has saved for broadcasts: what is kept of it here, and what it may be used for.

use serde_json::{Map, Value};

use crate::clock::Timestamp;
use crate::failure::{Failure, Kind, Problem};
use crate::masking;
use crate::store::broadcasts::{self as table, NewSaved};
use crate::store::{Store, StoreError};

use super::audience::Targets;

/// A saved message, as far as it is known here.
#[derive(Debug)]
pub(crate) struct SavedMessage {
    pub(crate) message_id: String,
    pub(crate) app_id: String,
    pub(crate) certificate_id: i64,
    pub(crate) saved_at: Timestamp,
    notification: Map<String, Value>,
}

/// Keeps a message that OPPO has just saved; gives its number.
pub(crate) fn keep_saved(
    store: &Store,
    profile: &str,
    (certificate_id, app_id): (i64, &str),
    message_id: &str,
    notification: &Map<String, Value>,
) -> Result<i64, StoreError> {
    let text = Value::Object(notification.clone()).to_string();
    let new = NewSaved {
        profile: profile.into(),
        certificate_id,
        app_id: app_id.into(),
        message_id: message_id.into(),
        notification: masking::in_paths(&text),
    };
    table::put_saved(store, &new)
}

/// The profile's message with this message_id, or of this number.
pub(crate) fn find_saved(store: &Store, profile: &str, which: &str) -> Result<Option<SavedMessage>, Failure> {
    let found = table::find_saved(store, profile, which)?;
    Ok(found.map(|found| SavedMessage {
        message_id: found.message.message_id,
        app_id: found.message.app_id,
        certificate_id: found.message.certificate_id,
        saved_at: found.saved_at,
        notification: serde_json::from_str(&found.message.notification).unwrap_or_default(),
    }))
}

impl SavedMessage {
    pub(crate) fn title(&self) -> &str {
        self.notification.get("title").and_then(Value::as_str).unwrap_or_default()
    }

    /// When it is sent, where that is not at once.
    pub(crate) fn scheduled_at(&self) -> Option<Timestamp> {
        let timed = self.notification.get("push_time_type").and_then(Value::as_i64) == Some(1);
        let start = self.notification.get("push_start_time").filter(|_| timed)?.as_i64()?;
        Timestamp::from_millisecond(start).ok()
    }

    /// Why OPPO does not send it to such targets (OPPO reference, sections 4.5 and 5).
    pub(crate) fn problems(&self, targets: &Targets) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.scheduled_at().is_some() && *targets != Targets::All {
            let message = "the message has a time of its own, and only a broadcast to all users can have one";
            let hint = "save it without --at, or send it to --all";
            problems.push(Problem::new(Kind::ContradictoryFields, message, hint).at("MESSAGE"));
        }
        if self.notification.contains_key("call_back_url") && !matches!(targets, Targets::RegIds(_)) {
            let message = "the message has a call_back_url, which is for regIds only";
            let hint = "save it without --callback-url, or send it to --reg-ids";
            problems.push(Problem::new(Kind::ContradictoryFields, message, hint).at("MESSAGE"));
        }
        problems
    }
}
