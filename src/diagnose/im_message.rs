//! The newest message that was sent to the user through the IM server from here, as `im send` keeps it.
//! Messages of the app itself are not seen; what a webhook tells of them has no push settings in it.

use serde_json::{Map, Value};

use super::evidence::Evidence;
use super::finding::Skipped;
use crate::clock::Timestamp;

/// How `im send` marks what it keeps.
pub const COMMAND: &str = "openim/sendmsg";

/// A message, as it was sent.
#[derive(Clone, Debug)]
pub struct ImMessage {
    pub to: String,
    pub at: Timestamp,
    body: Map<String, Value>,
}

/// The newest message, unless a push went out directly after it.
pub fn newest(evidence: &Evidence) -> Result<ImMessage, Skipped> {
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

impl ImMessage {
    fn push_info(&self) -> Option<&Map<String, Value>> {
        self.body.get("OfflinePushInfo")?.as_object()
    }

    /// Which of its fields switches offline push off (IM reference, section 4.4).
    pub fn wants_no_push(&self) -> Option<&'static str> {
        let is = |map: Option<&Map<String, Value>>, key: &str, number: i64| {
            map.and_then(|map| map.get(key)).and_then(Value::as_i64) == Some(number)
        };
        if is(self.push_info(), "PushFlag", 1) {
            Some("PushFlag 1")
        } else if is(Some(&self.body), "OnlineOnlyFlag", 1) {
            Some("OnlineOnlyFlag 1")
        } else if is(Some(&self.body), "MsgLifeTime", 0) {
            Some("MsgLifeTime 0")
        } else {
            None
        }
    }

    /// It is a single custom element, without Desc there or in OfflinePushInfo (IM reference, section 7.1).
    pub fn shows_nothing(&self) -> bool {
        let elements =
            self.body.get("MsgBody").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let [only] = elements else { return false };
        if only["MsgType"] != "TIMCustomElem" {
            return false;
        }
        let filled =
            |value: Option<&Value>| value.and_then(Value::as_str).is_some_and(|text| !text.is_empty());
        match self.push_info() {
            Some(info) => !filled(info.get("Desc")),
            None => !filled(only["MsgContent"].get("Desc")),
        }
    }

    /// The sound that it asks for on Android.
    pub fn sound(&self) -> Option<&str> {
        let sound = self.push_info()?.get("AndroidInfo")?.get("Sound")?.as_str()?;
        (!sound.is_empty()).then_some(sound)
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
    fn each_way_to_switch_a_push_off_is_named() {
        let wants_no_push = |body| message(body).wants_no_push();
        assert_eq!(wants_no_push(json!({ "OfflinePushInfo": { "PushFlag": 1 } })), Some("PushFlag 1"));
        assert_eq!(wants_no_push(json!({ "OnlineOnlyFlag": 1 })), Some("OnlineOnlyFlag 1"));
        assert_eq!(wants_no_push(json!({ "MsgLifeTime": 0 })), Some("MsgLifeTime 0"));
        assert_eq!(wants_no_push(json!({ "MsgLifeTime": 60, "OfflinePushInfo": { "PushFlag": 0 } })), None);
    }

    #[test]
    fn only_a_lone_custom_element_without_desc_shows_nothing() {
        let custom = |content: Value| json!({ "MsgType": "TIMCustomElem", "MsgContent": content });
        let text = json!({ "MsgType": "TIMTextElem", "MsgContent": { "Text": "hi" } });
        let shows_nothing = |body| message(body).shows_nothing();
        assert!(shows_nothing(json!({ "MsgBody": [custom(json!({ "Data": "x" }))] })));
        assert!(!shows_nothing(json!({ "MsgBody": [custom(json!({ "Data": "x", "Desc": "d" }))] })));
        assert!(!shows_nothing(json!({ "MsgBody": [custom(json!({})), text.clone()] })));
        assert!(!shows_nothing(json!({ "MsgBody": [text] })));
        let with =
            |info: Value| json!({ "MsgBody": [custom(json!({ "Desc": "d" }))], "OfflinePushInfo": info });
        assert!(shows_nothing(with(json!({ "Title": "t" }))), "settings inside the element are ignored then");
        assert!(!shows_nothing(with(json!({ "Desc": "d" }))));
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
