//! Anything at all as a message file: never a panic, never an unknown key, and JSON and TOML say the same.
//! Sensible values are in the other modules.

use super::*;
use proptest::prelude::*;
use serde_json::{Map, Value};

/// Values near what fields take, and far from it.
fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-2i64..20).prop_map(Value::from),
        (0i64..200_000).prop_map(Value::from),
        (1_767_000_000_000i64..1_768_000_000_000).prop_map(Value::from),
        "\\PC{0,60}".prop_map(Value::from),
        "[a-zA-Z .]{0,12}".prop_map(Value::from),
        Just(Value::from("https://example.com/x")),
        Just(Value::from("com.example.Splash")),
        Just(Value::from("{\"k\":\"v\"}")),
        Just(Value::from("intent://a#Intent;end")),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::vec(("[a-z]{1,4}", inner), 0..3)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

fn names() -> impl Strategy<Value = String> {
    let known: Vec<String> = Field::unicast().map(|field| field.name().to_owned()).collect();
    prop_oneof![20 => prop::sample::select(known), 1 => "[a-zA-Z_]{1,12}", 1 => Just("sound".to_owned())]
}

fn objects() -> impl Strategy<Value = Map<String, Value>> {
    prop::collection::vec((names(), values()), 0..8).prop_map(|pairs| pairs.into_iter().collect())
}

/// One good value for each field, some of which contradict each other.
fn good_objects() -> impl Strategy<Value = Map<String, Value>> {
    let all: Map<String, Value> = serde_json::from_str(
        r#"{"app_message_id":"m","style":2,"title":"t","sub_title":"s","content":"c","click_action_type":4,
            "click_action_activity":"a.B","action_parameters":{"k":"v","n":{"x":1}},"off_line":true,
            "off_line_ttl":60,"push_time_type":0,"fix_speed":false,"network_type":1,
            "call_back_url":"https://a.b/r","call_back_parameter":"p","channel_id":"c","show_ttl":21600,
            "notify_id":7,"category":"IM","notify_level":2,"small_picture_id":"p","badge_operation_type":1,
            "badge_message_count":2,"auditResponse":"x","show_time_type":1,"show_start_time":1767225600000,
            "show_end_time":1767225600001}"#,
    )
    .expect("an object");
    let entries: Vec<(String, Value)> = all.into_iter().collect();
    let count = entries.len();
    prop::sample::subsequence(entries, 0..=count).prop_map(|entries| entries.into_iter().collect())
}

fn right_type(key: &str, value: &Value) -> bool {
    match key {
        "off_line" | "fix_speed" => value.is_boolean(),
        "auditResponse" => value.is_string() || value.is_object() || value.is_array(),
        "buttons" | "option" => true,
        "style"
        | "click_action_type"
        | "show_time_type"
        | "show_start_time"
        | "show_end_time"
        | "off_line_ttl"
        | "push_time_type"
        | "network_type"
        | "show_ttl"
        | "notify_id"
        | "notify_level"
        | "badge_operation_type"
        | "badge_message_count" => value.is_i64(),
        _ => value.is_string(),
    }
}

fn examine(draft: &Draft) -> Result<(), TestCaseError> {
    match draft.check(now(), TargetKind::RegId) {
        Ok(checked) => {
            for (key, value) in checked.wire() {
                prop_assert!(Field::named(key).is_some(), "unknown key {key}");
                prop_assert!(right_type(key, value), "{key}: {value}");
            }
            for warning in checked.warnings() {
                prop_assert!(!warning.hint.is_empty() && !warning.message.is_empty());
            }
        }
        Err(problems) => {
            prop_assert!(!problems.is_empty());
            for problem in problems {
                prop_assert!(!problem.hint.is_empty() && !problem.place.is_empty(), "{problem:?}");
            }
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn whatever_passes_has_known_keys_of_the_right_type(object in prop_oneof![objects(), good_objects()]) {
        let text = Value::Object(object).to_string();
        let mut bare = Draft::new();
        bare.read_json(&text, "m");
        examine(&bare)?;
        let mut filled = sound();
        filled.read_json(&text, "m");
        examine(&filled)?;
    }

    #[test]
    fn json_and_toml_of_the_same_object_give_the_same_draft(object in prop_oneof![objects(), good_objects()]) {
        let toml = toml::to_string(&object).expect("TOML can say it");
        let (mut from_json, mut from_toml) = (Draft::new(), Draft::new());
        from_json.read_json(&Value::Object(object).to_string(), "m");
        from_toml.read_toml(&toml, "m");
        // The order of a TOML table is not kept, so neither is that of the complaints.
        for draft in [&mut from_json, &mut from_toml] {
            draft.problems.sort_by(|a, b| (&a.place, &a.message).cmp(&(&b.place, &b.message)));
        }
        prop_assert_eq!(from_json, from_toml);
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,80}", key in "[a-z_]{0,20}") {
        let mut draft = sound();
        draft
            .read_json(&text, "m")
            .read_toml(&text, "m")
            .ext_json(&text, None)
            .ext(&text)
            .set(&text)
            .set(&format!("{key}={text}"))
            .flag(Field::Title, text.as_str())
            .flag(Field::CallBackUrl, text.as_str())
            .click(crate::click::Target::Activity(text.clone()), flag("--click"));
        let _ = draft.check(now(), TargetKind::Alias).map(|checked| checked.wire().len());
    }
}
