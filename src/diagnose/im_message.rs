//! The newest message that was sent to the user through the IM server from here, as `im send` keeps it.
//! Messages of the app itself are not seen; what a webhook tells of them has no push settings in it.

use serde_json::{Map, Value};

use super::evidence::Evidence;
use super::finding::Skipped;
use super::sent;
use crate::clock::Timestamp;
use crate::im::message::{shows_nothing, switched_off};

/// How `im send` marks what it keeps.
pub(crate) const COMMAND: &str = "openim/sendmsg";

/// A message, as it was sent.
#[derive(Clone, Debug)]
pub(crate) struct ImMessage {
    pub(crate) to: String,
    pub(crate) at: Timestamp,
    body: Map<String, Value>,
}

/// The newest message, unless a push went out directly after it.
pub(crate) fn newest(evidence: &Evidence) -> Result<ImMessage, Skipped> {
    evidence.subject()?;
    let none = || Skipped::because("no message was sent to the user through the IM server from here");
    let event = evidence.events.iter().find(|event| event.event.command == COMMAND).ok_or_else(none)?;
    if evidence.last_sent().is_ok_and(|sent| sent.begun_at > event.received_at) {
        return Err(Skipped::because("a later push went to OPPO directly"));
    }
    let body =
        serde_json::from_str(&event.event.body).map_err(|_| Skipped::because("it was not kept whole"))?;
    Ok(ImMessage { to: event.event.user.clone().unwrap_or_default(), at: event.received_at, body })
}

/// The channel that is asked about: the newest message's or push's own, else the certificate's.
pub(crate) fn channel(evidence: &Evidence) -> Option<String> {
    let pushed = || {
        let sent = sent::notification(evidence.last_sent().ok()?)?;
        sent::text(&sent, "channel_id").map(str::to_owned)
    };
    let certified = || Some(evidence.certificate().ok()?.channel_id.as_ref()?.value.clone());
    let message = newest(evidence).ok();
    message.and_then(|message| message.channel().map(str::to_owned)).or_else(pushed).or_else(certified)
}

impl ImMessage {
    /// Which of its fields switches offline push off.
    pub(crate) fn wants_no_push(&self) -> Option<String> {
        switched_off(&self.body).next().map(|switch| switch.to_string())
    }

    /// It has no text that a notification could show.
    pub(crate) fn shows_nothing(&self) -> bool {
        shows_nothing(&self.body)
    }

    /// The sound that it asks for on Android.
    pub(crate) fn sound(&self) -> Option<&str> {
        self.android("Sound")
    }

    /// The channel that it names for OPPO.
    fn channel(&self) -> Option<&str> {
        self.android("OPPOChannelID")
    }

    fn android(&self, field: &str) -> Option<&str> {
        let text = self.body.get("OfflinePushInfo")?.get("AndroidInfo")?.get(field)?.as_str()?;
        (!text.is_empty()).then_some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn message(body: Value) -> ImMessage {
        let Value::Object(body) = body else { unreachable!("an object is given") };
        ImMessage { to: "bob".into(), at: Timestamp::UNIX_EPOCH, body }
    }

    #[test]
    fn a_sound_is_seen() {
        let sound = |info: Value| {
            message(json!({ "OfflinePushInfo": { "AndroidInfo": info } })).sound().map(str::to_owned)
        };
        assert_eq!(sound(json!({ "Sound": "ding" })).as_deref(), Some("ding"));
        assert_eq!(sound(json!({ "Sound": "" })), None);
        assert_eq!(sound(json!({})), None);
    }
}
