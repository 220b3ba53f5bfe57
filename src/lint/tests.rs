//! No text makes lint panic, and no secret comes out of it.

use super::*;
use crate::clock::Timestamp;
use proptest::prelude::*;

fn now() -> Timestamp {
    Timestamp::from_second(1_796_000_000).unwrap()
}

#[test]
fn nothing() {
    assert_eq!(lint("", now()).kind, PayloadKind::Unknown);
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in any::<String>()) {
        let linted = lint(&text, now());
        for item in &linted.items {
            let _ = fix(item, now());
        }
    }
}

/// Pieces that come often, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("{\"title\":\"t\",\"content\":\"c\"}".to_owned()),
        Just("{\"notification\":".to_owned()),
        Just("\\\"".to_owned()),
        Just("curl -d '".to_owned()),
        Just("auth_token=abc&message=%7B%22".to_owned()),
        Just("{\"oppoField\":\"{".to_owned()),
        Just("\"OfflinePushInfo\":{\"Ext\":\"".to_owned()),
        "[{}\\[\\]\",:0-9a-z\\\\]{0,6}",
        any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_mixture_of_pieces_makes_it_panic(text in pieces()) {
        let linted = lint(&text, now());
        for item in &linted.items {
            let _ = fix(item, now());
        }
    }

    #[test]
    fn what_fix_prints_is_sound_and_stays_as_it_is(
        title in "[a-z &%\\\\\"]{1,60}",
        content in any::<String>(),
        number in proptest::option::of(0i64..7),
        target in proptest::option::of("[a-zA-Z.:/]{0,30}"),
        extra in any::<String>(),
    ) {
        let text = serde_json::json!({
            "title": title, "desc": content, "clickActionType": number, "click_action_url": target,
            "ext": {"k": extra}, "usersig": "secret-of-mine", "call_back_url": "https://h/path-of-mine",
        });
        let linted = lint(&text.to_string(), now());
        if let Ok(fixed) = fix(&linted.items[0], now()) {
            let text = serde_json::to_string(&fixed.message).unwrap();
            prop_assert!(!text.contains("of-mine"));
            let again = lint(&text, now());
            prop_assert!(again.items[0].problems.is_empty(), "{text}: {:?}", again.items[0].problems);
            prop_assert_eq!(fix(&again.items[0], now()).unwrap().message, fixed.message);
        }
    }
}
