//! Callbacks of the reference, odd ones, and ones of other apps.
//! The listener itself is tested with the command, over real sockets.

use super::callback::Stage;
use super::*;
use proptest::prelude::*;
use serde_json::{Value, json};

const APP: u32 = 1_400_000_001;

fn got(command: &str, body: &Value) -> Callback {
    let query = format!(
        "SdkAppid={APP}&CallbackCommand={command}&contenttype=json&ClientIP=1.2.3.4&OptPlatform=Android"
    );
    read(&query, body.to_string().as_bytes(), APP).unwrap()
}

#[test]
fn a_change_of_presence() {
    let body = json!({
        "CallbackCommand": "State.StateChange",
        "EventTime": 1_700_000_000_123_i64,
        "Info": { "Action": "Login", "To_Account": "bob", "Reason": "Register" },
        "KickedDevice": [{ "Platform": "Windows" }, { "Platform": "Android" }],
    });
    let Content::State(change) = got("State.StateChange", &body).content else { panic!() };
    assert_eq!(
        (change.user.as_str(), change.action, change.reason.as_str()),
        ("bob", Action::Login, "Register")
    );
    assert_eq!(change.platform.as_deref(), Some("Android"));
    assert_eq!(change.at.unwrap().to_string(), "2023-11-14T22:13:20.123Z");
    assert_eq!(change.kicked, ["Windows", "Android"]);
    for (action, reason) in [("Logout", "Unregister"), ("Disconnect", "LinkClose"), ("Disconnect", "TimeOut")]
    {
        let body = json!({ "Info": { "Action": action, "To_Account": "bob", "Reason": reason } });
        let Content::State(change) = got("State.StateChange", &body).content else { panic!("{action}") };
        assert_eq!(
            (change.action.to_string().as_str(), change.reason.as_str(), change.at),
            (action, reason, None)
        );
    }
}

#[test]
fn the_life_of_a_push() {
    let event = |stage: i64, code: Value| {
        json!({
            "CallbackCommand": "Push.OfflinePush", "EventType": 1, "EventTime": 1_700_000_000, "From_Account": "alice",
            "To_Account": "bob", "PushPlatform": 6, "PushStage": stage, "MsgKey": "1_2_3", "PushID": "p1",
            "ErrCode": code, "ErrInfo": "",
        })
    };
    let body = json!({ "Events": [event(1, json!(0)), event(2, json!("10000")), event(3, json!(0)), event(9, json!(0)), 7] });
    let Content::Pushes(events) = got("Push.OfflinePush", &body).content else { panic!() };
    let stages: Vec<_> = events.iter().map(|event| event.stage).collect();
    assert_eq!(stages, [Some(Stage::Sent), Some(Stage::Reached), Some(Stage::Clicked), None]);
    assert_eq!((events[1].code, events[1].platform.as_deref()), (10000, Some("OPPO")));
    assert_eq!((events[0].push_id.as_deref(), events[0].message_key.as_deref()), (Some("p1"), Some("1_2_3")));
}

#[test]
fn what_is_not_understood_is_kept_as_it_came() {
    for (command, body) in [
        ("C2C.CallbackAfterSendMsg", json!({ "MsgKey": "1_2_3" })),
        ("State.StateChange", json!({ "Info": { "Action": "Dance", "To_Account": "bob" } })),
        ("State.StateChange", json!({ "Info": { "Action": "Login", "To_Account": "" } })),
        ("State.StateChange", json!({})),
        ("Push.OfflinePush", json!({ "Events": [] })),
        ("Push.OfflinePush", json!({ "Events": "none" })),
    ] {
        let callback = got(command, &body);
        assert_eq!((callback.content, &Value::Object(callback.body)), (Content::Other, &body), "{command}");
    }
}

#[test]
fn what_is_no_callback_of_this_app_is_rejected() {
    let of = |query: &str, body: &str| read(query, body.as_bytes(), APP).unwrap_err().0;
    assert_eq!(of("", "{}"), 403);
    assert_eq!(of("SdkAppid=1400000002&CallbackCommand=x", "{}"), 403);
    assert_eq!(of("sdkappid=1400000001&CallbackCommand=x", "{}"), 403, "names are case-sensitive");
    assert_eq!(of("SdkAppid=1400000001", "{}"), 400);
    assert_eq!(of("SdkAppid=1400000001&CallbackCommand=x", r#"{"CallbackCommand":"y"}"#), 400);
    for body in ["", "[]", "x", "{", "\u{feff}{}"] {
        assert_eq!(of("SdkAppid=1400000001&CallbackCommand=x", body), 400, "{body}");
    }
    let from_body = read("SdkAppid=1400000001", br#"{"CallbackCommand":"a.b"}"#, APP).unwrap();
    assert_eq!((from_body.command.as_str(), from_body.platform), ("a.b", None));
}

proptest! {
    #[test]
    fn anything_is_read_without_panic(query in "\\PC{0,80}", body in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&query, &body, APP);
        let _ = read("SdkAppid=1400000001&CallbackCommand=Push.OfflinePush", &body, APP);
    }
}
