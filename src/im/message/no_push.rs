//! What makes the IM server push nothing for a message, whatever its receiver does (IM reference, sections 4.4 and 7.1).
//! The caller decides whether that is a warning or a broken link.

use serde_json::{Map, Value};

use super::values::{array, int, text};

/// A field with a value that switches offline push off for one message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Switch {
    pub(crate) name: &'static str,
    pub(crate) value: i64,
    /// In OfflinePushInfo, or beside it.
    pub(crate) in_push_info: bool,
}

const SWITCHES: [Switch; 3] = [
    Switch { name: "PushFlag", value: 1, in_push_info: true },
    Switch { name: "OnlineOnlyFlag", value: 1, in_push_info: false },
    Switch { name: "MsgLifeTime", value: 0, in_push_info: false },
];

impl std::fmt::Display for Switch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.name, self.value)
    }
}

/// The switches that are set in a message's body.
pub(crate) fn switched_off(body: &Map<String, Value>) -> impl Iterator<Item = Switch> {
    SWITCHES.into_iter().filter(move |switch| {
        let map = if switch.in_push_info { push_info(body) } else { Some(body) };
        map.and_then(|map| int(map, switch.name)) == Some(switch.value)
    })
}

/// It is a single custom element without a text of its own. With an OfflinePushInfo the element's own settings are ignored.
pub(crate) fn shows_nothing(body: &Map<String, Value>) -> bool {
    let [only] = array(body, "MsgBody") else { return false };
    let Some(element) = only.as_object().filter(|one| text(one, "MsgType") == Some("TIMCustomElem")) else {
        return false;
    };
    let given = |map: Option<&Map<String, Value>>| {
        map.and_then(|map| text(map, "Desc")).is_some_and(|text| !text.is_empty())
    };
    match push_info(body).filter(|info| !info.is_empty()) {
        Some(info) => !given(Some(info)),
        None => !given(element.get("MsgContent").and_then(Value::as_object)),
    }
}

fn push_info(body: &Map<String, Value>) -> Option<&Map<String, Value>> {
    body.get("OfflinePushInfo")?.as_object()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn body(body: Value) -> Map<String, Value> {
        let Value::Object(body) = body else { unreachable!("an object is given") };
        body
    }

    #[test]
    fn each_way_to_switch_a_push_off_is_named() {
        let off = |json| switched_off(&body(json)).map(|switch| switch.to_string()).collect::<Vec<_>>();
        assert_eq!(off(json!({ "OfflinePushInfo": { "PushFlag": 1 } })), ["PushFlag 1"]);
        assert_eq!(
            off(json!({ "OnlineOnlyFlag": 1, "MsgLifeTime": 0 })),
            ["OnlineOnlyFlag 1", "MsgLifeTime 0"]
        );
        assert!(off(json!({ "MsgLifeTime": 60, "OfflinePushInfo": { "PushFlag": 0 } })).is_empty());
    }

    #[test]
    fn only_a_lone_custom_element_without_desc_shows_nothing() {
        let custom = |content: Value| json!({ "MsgType": "TIMCustomElem", "MsgContent": content });
        let text = json!({ "MsgType": "TIMTextElem", "MsgContent": { "Text": "hi" } });
        let shows_nothing = |json| shows_nothing(&body(json));
        assert!(shows_nothing(json!({ "MsgBody": [custom(json!({ "Data": "x" }))] })));
        assert!(!shows_nothing(json!({ "MsgBody": [custom(json!({ "Data": "x", "Desc": "d" }))] })));
        assert!(!shows_nothing(json!({ "MsgBody": [custom(json!({})), text.clone()] })));
        assert!(!shows_nothing(json!({ "MsgBody": [text] })));
        let with =
            |info: Value| json!({ "MsgBody": [custom(json!({ "Desc": "d" }))], "OfflinePushInfo": info });
        assert!(shows_nothing(with(json!({ "Title": "t" }))), "settings inside the element are ignored then");
        assert!(!shows_nothing(with(json!({ "Desc": "d" }))));
    }
}
