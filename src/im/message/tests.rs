//! The rules of a message, each broken in turn, and what may not be refused.
//! How flags become fields is tested with the command.

use super::fields::{ANDROID, APNS, OFFLINE_PUSH};
use super::warning::WARNINGS;
use super::*;
use crate::failure::Kind;
use crate::failure::WarningKind;
use proptest::prelude::*;
use serde_json::{Value, json};

fn draft(value: Value) -> Draft {
    let mut draft = Draft::default();
    draft.read_json(&value.to_string(), "m.json");
    draft
}

/// A sound message with one part added or replaced.
fn with(path: &str, value: Value) -> Value {
    let mut message = sample();
    let mut at = &mut message;
    for part in path.split('.') {
        at = &mut at[part];
    }
    *at = value;
    message
}

fn sample() -> Value {
    json!({
        "SyncOtherMachine": 2, "From_Account": "alice", "To_Account": "bob", "MsgLifeTime": 3600, "MsgRandom": 1287657,
        "MsgBody": [{ "MsgType": "TIMTextElem", "MsgContent": { "Text": "hi" } }],
        "OfflinePushInfo": {
            "PushFlag": 0, "Title": "Alice", "Desc": "hi", "Ext": "{\"extKey\":\"ext content\"}",
            "AndroidInfo": { "OPPOChannelID": "tuikit" },
        },
    })
}

fn kinds(value: Value) -> Vec<Kind> {
    let problems = draft(value).check().err().unwrap_or_default();
    assert!(
        problems.iter().all(|problem| !problem.hint.is_empty() && !problem.place.is_empty()),
        "{problems:?}"
    );
    problems.iter().map(|problem| problem.kind).collect()
}

fn warned(value: Value) -> Vec<&'static str> {
    draft(value).check().unwrap().warnings().iter().filter_map(|warning| warning.id).collect()
}

#[test]
fn the_references_sample_is_sound_and_goes_out_as_it_is() {
    let checked = draft(sample()).check().unwrap();
    assert_eq!(checked.warnings(), []);
    assert_eq!(checked.body(7), sample());
    let mut bare = sample();
    bare.as_object_mut().unwrap().remove("MsgRandom");
    assert_eq!(draft(bare).check().unwrap().body(7)["MsgRandom"], 7);
}

#[test]
fn each_rule_is_kept() {
    let push = |name: &str, value: Value| with(&format!("OfflinePushInfo.{name}"), value);
    let android = |name: &str, value: Value| with(&format!("OfflinePushInfo.AndroidInfo.{name}"), value);
    for (value, kind) in [
        (with("To_Account", json!("")), Kind::Empty),
        (with("To_Account", json!("a".repeat(33))), Kind::TooLong),
        (with("To_Account", json!("😀".repeat(50))), Kind::TooLong),
        (with("To_Account", json!("a\nb")), Kind::ControlCharacter),
        (with("From_Account", json!(" a")), Kind::SurroundingSpace),
        (with("To_Account", json!(["bob"])), Kind::UnknownField),
        (with("To_Account", json!(7)), Kind::WrongFieldType),
        (with("MsgLifeTime", json!(604_801)), Kind::OutOfRange),
        (with("MsgLifeTime", json!(-1)), Kind::OutOfRange),
        (with("MsgLifeTime", json!(1.5)), Kind::OutOfRange),
        (with("MsgLifeTime", json!("3600")), Kind::WrongFieldType),
        (with("MsgRandom", json!(4_294_967_296_i64)), Kind::OutOfRange),
        (with("SyncOtherMachine", json!(0)), Kind::OutOfRange),
        (with("OnlineOnlyFlag", json!(true)), Kind::WrongFieldType),
        (with("SendMsgControl", json!(["NoUnraed"])), Kind::OutOfRange),
        (with("SendMsgControl", json!("NoUnread")), Kind::WrongFieldType),
        (with("Offlinepushinfo", json!({})), Kind::UnknownField),
        (with("OfflinePushInfo", json!("{}")), Kind::WrongFieldType),
        (with("MsgBody", json!({})), Kind::WrongFieldType),
        (with("MsgBody", json!([])), Kind::Empty),
        (with("MsgBody", json!(["hi"])), Kind::WrongFieldType),
        (with("MsgBody", json!([{ "MsgContent": {} }])), Kind::MissingField),
        (with("MsgBody", json!([{ "MsgType": "TIMTextElem" }])), Kind::MissingField),
        (with("MsgBody", json!([{ "MsgType": "TIMTextElem", "MsgContent": { "Text": "" } }])), Kind::Empty),
        (
            with("MsgBody", json!([{ "MsgType": "TIMTextElem", "MsgContent": { "Text": 7 } }])),
            Kind::WrongFieldType,
        ),
        (with("MsgBody", json!([{ "MsgType": 1, "MsgContent": {} }])), Kind::WrongFieldType),
        (with("CloudCustomData", json!("x".repeat(13_000))), Kind::TooLong),
        (push("PushFlag", json!(2)), Kind::OutOfRange),
        (push("PushFlag", json!("yes")), Kind::WrongFieldType),
        (push("PushFlag", json!("2")), Kind::OutOfRange),
        (push("Ext", json!({ "extKey": "v" })), Kind::WrongFieldType),
        (push("Ext", json!("extKey=v")), Kind::NotJson),
        (push("Ext", json!("[1]")), Kind::NotAnObject),
        (push("Ext", json!("\"text\"")), Kind::NotAnObject),
        (push("Ext", json!("null")), Kind::NotAnObject),
        (push("Title", json!(7)), Kind::WrongFieldType),
        (push("Tilte", json!("x")), Kind::UnknownField),
        (push("AndroidInfo", json!([])), Kind::WrongFieldType),
        (push("ApnsInfo", json!({ "InterruptionLevel": "loud" })), Kind::OutOfRange),
        (android("OPPOChannelId", json!("x")), Kind::UnknownField),
        (android("OPPONotifyLevel", json!(16)), Kind::MissingField),
        (android("VIVONotifyType", json!("9")), Kind::OutOfRange),
        (android("HuaWeiImage", json!("http://h/x.png")), Kind::BadUrl),
        (android("HuaWeiImportance", json!("HIGH")), Kind::OutOfRange),
    ] {
        assert_eq!(kinds(value.clone()), [kind], "{value}");
    }
}

#[test]
fn category_level_and_template_belong_together() {
    let android = |value: Value| with("OfflinePushInfo.AndroidInfo", value);
    assert_eq!(warned(android(json!({ "OPPOCategory": "IM", "OPPONotifyLevel": 16 }))), [""; 0]);
    assert_eq!(kinds(android(json!({ "OPPOCategory": "IM", "OPPONotifyLevel": 3 }))), [Kind::OutOfRange]);
    assert_eq!(kinds(android(json!({ "OPPOCategory": "", "OPPONotifyLevel": 2 }))), [Kind::MissingField]);
    let template = json!({ "OPPOPrivateMsgTemplateId": "t", "OPPOPrivateTitleParameters": { "title": "x" } });
    assert_eq!(warned(android(template)), [""; 0]);
    let void = json!({ "OPPOPrivateMsgTemplateId": "t", "OPPOCategory": "MARKETING" });
    assert_eq!(warned(android(void)), ["template-void"]);
    let mixed = json!({ "OPPOPrivateMsgTemplateId": "t", "OPPOPrivateTitleParameters": { "n": 7 } });
    assert_eq!(kinds(android(mixed)), [Kind::WrongFieldType]);
}

#[test]
fn other_forms_are_brought_into_the_documented_one_with_a_note() {
    let info = json!({
        "PushFlag": "0", "Title": null, "Ext": "",
        "AndroidInfo": {
            "PushStyle": true, "OPPONotifyLevel": "16", "OPPOCategory": "IM", "VIVONotifyType": 0, "HuaWeiImportance": "",
            "OPPOPrivateMsgTemplateId": "t", "OPPOPrivateTitleParameters": "{\"a\":\"b\"}",
            "VIVOClassification": "1",
        },
        "ApnsInfo": { "BadgeMode": "false" },
    });
    let checked = draft(with("OfflinePushInfo", info.clone())).check().unwrap();
    let documented = json!({
        "PushFlag": 0,
        "AndroidInfo": {
            "PushStyle": 1, "OPPONotifyLevel": 16, "OPPOCategory": "IM",
            "OPPOPrivateMsgTemplateId": "t", "OPPOPrivateTitleParameters": { "a": "b" },
            "VIVOClassification": 1,
        },
        "ApnsInfo": { "BadgeMode": 0 },
    });
    assert_eq!(checked.body(7)["OfflinePushInfo"], documented);
    let mut ids = warned(with("OfflinePushInfo", info));
    ids.sort_unstable();
    assert_eq!(ids, [["not-set"; 4].as_slice(), &["other-type"; 6]].concat());
    let alone = json!({ "OPPOPrivateTitleParameters": { "a": "b" } });
    assert_eq!(warned(with("OfflinePushInfo.AndroidInfo", alone.clone())), ["not-used"]);
    let sent = draft(with("OfflinePushInfo.AndroidInfo", alone)).check().unwrap().body(7);
    assert_eq!(sent["OfflinePushInfo"]["AndroidInfo"], json!({}));
}

#[test]
fn what_is_unwise_is_warned_about() {
    let push = |name: &str, value: Value| with(&format!("OfflinePushInfo.{name}"), value);
    let custom = |push: Value| {
        let mut message =
            with("MsgBody", json!([{ "MsgType": "TIMCustomElem", "MsgContent": { "Data": "d" } }]));
        message["OfflinePushInfo"] = push;
        message
    };
    for (value, ids) in [
        (with("To_Account", json!("用户_1")), vec!["user-odd"]),
        (with("To_Account", json!("😀")), vec!["user-odd"]),
        (with("OnlineOnlyFlag", json!(1)), vec!["push-disabled-by-sender"]),
        (with("MsgLifeTime", json!(0)), vec!["push-disabled-by-sender"]),
        (push("PushFlag", json!(1)), vec!["push-disabled-by-sender"]),
        (with("MsgBody", json!([{ "MsgType": "TIMNewElem", "MsgContent": {} }])), vec!["element-unknown"]),
        (push("Ext", json!(format!("{{\"k\":\"{}\"}}", "v".repeat(1024)))), vec!["ext-length"]),
        (push("Ext", json!("{\"n\":1,\"b\":true,\"z\":null}")), vec!["ext-not-text"; 3]),
        (push("Ext", json!("{\"o\":{},\"a\":[]}")), vec!["ext-nested"; 2]),
        (push("Ext", json!("{\"entity\":{\"action\":1}}")), vec![]),
        (push("Ext", json!("{}")), vec![]),
        (push("Title", json!("t".repeat(51))), vec!["oppo-length"]),
        (push("Desc", json!("d".repeat(3_100))), vec!["push-length", "oppo-length"]),
        (push("AndroidInfo", json!({ "OPPOCategory": "im" })), vec!["category-unusual"]),
        (push("AndroidInfo", json!({ "Sound": "bell" })), vec!["no-sound-on-oppo"]),
        (with("CloudCustomData", json!("x".repeat(9_000))), vec!["message-length-disputed"]),
        (custom(json!({ "Title": "x" })), vec!["nothing-to-show"]),
        (custom(json!({ "Desc": "x" })), vec![]),
    ] {
        assert_eq!(warned(value.clone()), ids, "{value}");
    }
}

#[test]
fn everything_wrong_is_said_at_once_with_its_place() {
    let mut draft =
        draft(json!({ "OfflinePushInfo": { "Ext": "x", "AndroidInfo": { "OPPONotifyLevel": 3 } } }));
    draft.flag("--to", "a".repeat(33)).ext_pair("no-equals").ext_pair("=v").ext_pair("a=1").ext_pair("a=2");
    let problems = draft.check().unwrap_err();
    let places: Vec<&str> = problems.iter().map(|problem| problem.place.as_str()).collect();
    let info = "m.json: OfflinePushInfo";
    assert_eq!(
        places,
        [
            "--ext",
            "--ext",
            "--ext",
            &format!("{info}.AndroidInfo.OPPONotifyLevel"),
            "--to",
            &format!("{info}.Ext"),
            &format!("{info}.AndroidInfo.OPPONotifyLevel")
        ]
    );
}

#[test]
fn flags_go_before_the_file_and_pairs_add_to_ext() {
    let mut draft = draft(sample());
    draft.flag("--text", text_body("new")).flag("--title", "T").flag("--category", "IM");
    draft.ext_pair("extKey=other").ext_pair("more=a=b");
    let body = draft.check().unwrap().body(0);
    assert_eq!(body["MsgBody"][0]["MsgContent"]["Text"], "new");
    assert_eq!(body["OfflinePushInfo"]["Title"], "T");
    assert_eq!(
        body["OfflinePushInfo"]["AndroidInfo"],
        json!({ "OPPOChannelID": "tuikit", "OPPOCategory": "IM" })
    );
    assert_eq!(body["OfflinePushInfo"]["Ext"], r#"{"extKey":"other","more":"a=b"}"#);
}

#[test]
fn a_file_that_is_no_json_says_where() {
    let mut draft = Draft::default();
    draft.read_json("{\n \"To_Account\": }", "m.json");
    let problems = draft.check().unwrap_err();
    assert_eq!(
        (problems.len(), problems[0].kind, problems[0].place.as_str()),
        (1, Kind::NotJson, "m.json:2:16")
    );
}

#[test]
fn the_page_names_every_field_flag_and_warning() {
    let page = include_str!("../../../docs/commands/im.md");
    for field in [MESSAGE, OFFLINE_PUSH, ANDROID, APNS].into_iter().flatten() {
        assert!(page.contains(&format!("`{}`", field.name)), "{}", field.name);
        if let Some(flag) = field.flag {
            assert!(page.contains(&format!("`{flag}")), "{flag}");
        }
    }
    for WarningKind { id, when, hint } in WARNINGS {
        assert!(!when.is_empty(), "{id}");
        assert!(page.contains(&format!("| `{id}` | {hint} |")), "| `{id}` | {hint} |");
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from)
    ];
    let name = prop_oneof![
        Just("OfflinePushInfo".to_owned()),
        Just("AndroidInfo".to_owned()),
        Just("Ext".to_owned()),
        Just("MsgBody".to_owned()),
        Just("MsgType".to_owned()),
        "\\PC{0,8}"
    ];
    leaf.prop_recursive(4, 32, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::vec((name.clone(), inner), 0..5)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_file_is_checked_without_panic(value in any_json()) {
        let mut draft = draft(value);
        draft.flag("--title", "t").flag("--channel-id", "c").ext_pair("a=b");
        let _ = draft.check();
    }

    #[test]
    fn what_passes_keeps_every_field(key in "[a-z]{1,8}", text in "\\PC{0,40}") {
        let mut draft = draft(sample());
        draft.ext_pair(&format!("{key}={text}"));
        let body = draft.check().unwrap().body(0);
        let ext: Value = serde_json::from_str(body["OfflinePushInfo"]["Ext"].as_str().unwrap()).unwrap();
        prop_assert_eq!(ext[&key].as_str(), Some(text.as_str()));
    }
}

#[test]
fn names_of_other_sdks_get_the_rest_name() {
    for (name, meant) in [
        ("title", "OfflinePushInfo.Title"),
        ("description", "OfflinePushInfo.Desc"),
        ("extension", "OfflinePushInfo.Ext"),
        ("disablePush", "OfflinePushInfo.PushFlag"),
        ("androidOPPOChannelID", "OfflinePushInfo.AndroidInfo.OPPOChannelID"),
        ("androidVIVOClassification", "OfflinePushInfo.AndroidInfo.VIVOClassification"),
        ("FCMChannelID", "OfflinePushInfo.AndroidInfo.GoogleChannelID"),
        ("androidInfo", "OfflinePushInfo.AndroidInfo"),
    ] {
        let mut draft = Draft::default();
        draft.flag("--to", "bob").flag("--text", text_body("hi"));
        draft.set(&format!("OfflinePushInfo.{name}"), "x", "--message-file");
        let problems = draft.check().unwrap_err();
        let hint = problems[0].hint.to_string();
        assert!(problems.len() == 1 && hint.contains(&format!("{meant:?}")), "{name}: {hint}");
    }
}

#[test]
fn a_file_of_another_form_is_unwrapped_or_named() {
    let check = |text: &str, to: bool| {
        let mut draft = Draft::default();
        draft.read_json(text, "m.json").flag("--text", text_body("hi"));
        if to {
            draft.flag("--to", "bob");
        }
        draft.check()
    };
    let alone = check(r#"{"Title":"t","Desc":"d","AndroidInfo":{"OPPOChannelID":"c"}}"#, true).unwrap();
    assert_eq!(alone.body(1)["OfflinePushInfo"]["AndroidInfo"]["OPPOChannelID"], "c");
    assert_eq!(alone.warnings()[0].id, Some("unwrapped"));
    let batch = r#"{"To_Account":["alice","bob"],"MsgBody":[]}"#;
    assert_eq!(check(batch, true).unwrap().to(), "bob");
    for (text, named) in [
        (batch, "batchsendmsg"),
        (r#"{"GroupId":"g","MsgBody":[]}"#, "group message"),
        (r#"{"To_Account":["a"],"OfflinePushInfo":{}}"#, "push plugin"),
        (r#"{"title":"t","content":"c","channel_id":"x"}"#, "OPPO's notification"),
        (r#"{"target_type":2,"notification":{}}"#, "unicast"),
    ] {
        let problems = check(text, false).unwrap_err();
        assert!(problems.len() == 1 && problems[0].message.contains(named), "{text}: {problems:?}");
    }
}
