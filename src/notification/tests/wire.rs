//! The wire form against the reference's examples, written out here by hand.
//! The form encoding around it is tested with `oppo`.

use super::*;
use crate::click::Target;
use std::time::Duration;

fn text_of(draft: &Draft) -> String {
    serde_json::to_string(passed(draft).wire()).expect("a map of JSON values")
}

#[test]
fn the_unicast_example_of_the_reference() {
    let mut draft = Draft::new();
    draft
        .flag(Field::ChannelId, "chat")
        .click(Target::OpenApp, flag("--click"))
        .flag(Field::Content, "hello 你好")
        .flag(Field::Title, "A & B + 50%");
    assert_eq!(
        text_of(&draft),
        r#"{"title":"A & B + 50%","content":"hello 你好","click_action_type":0,"channel_id":"chat"}"#
    );
}

#[test]
fn each_click_target_becomes_its_number_and_companion() {
    for (target, expected) in [
        (Target::OpenApp, r#""click_action_type":0"#),
        (Target::Intent("a.OPEN".into()), r#""click_action_type":1,"click_action_activity":"a.OPEN""#),
        (Target::Url("https://a.b/x".into()), r#""click_action_type":2,"click_action_url":"https://a.b/x""#),
        (Target::Activity("a.B".into()), r#""click_action_type":4,"click_action_activity":"a.B""#),
    ] {
        let mut draft = sound();
        draft.click(target, flag("--click"));
        let wire = text_of(&draft);
        assert!(wire.contains(&format!("\"first push\",{expected},\"channel_id\"")), "{wire}");
    }
}

#[test]
fn every_field_is_in_the_order_of_the_reference() {
    let mut draft = sound();
    draft
        .flag(Field::Style, 2)
        .flag(Field::SubTitle, "sub")
        .click(Target::Activity("a.B".into()), flag("--click"))
        .ext("k=v")
        .off_line_ttl(Duration::from_secs(3600), flag("--ttl"))
        .flag(Field::CallBackUrl, "https://a.b/r")
        .flag(Field::Category, "IM")
        .flag(Field::NotifyLevel, 16);
    draft.read_json(
        r#"{"off_line":true,"network_type":1,"call_back_parameter":"p","show_ttl":21600,"notify_id":7,
            "small_picture_id":"pic","badge_operation_type":1,"badge_message_count":2,"auditResponse":{"a":"b"},
            "push_time_type":0,"fix_speed":false,
            "show_time_type":1,"show_start_time":1800000000000,"show_end_time":1800000600000}"#,
        "m.json",
    );
    let checked = passed(&draft).with_app_message_id("id-1".to_owned());
    assert_eq!(
        serde_json::to_string(checked.wire()).expect("JSON"),
        concat!(
            r#"{"app_message_id":"id-1","style":2,"title":"Hello","sub_title":"sub","content":"first push","#,
            r#""click_action_type":4,"click_action_activity":"a.B","action_parameters":"{\"k\":\"v\"}","#,
            r#""show_time_type":1,"show_start_time":1800000000000,"show_end_time":1800000600000,"#,
            r#""off_line":true,"off_line_ttl":3600,"push_time_type":0,"fix_speed":false,"network_type":1,"#,
            r#""call_back_url":"https://a.b/r","call_back_parameter":"p","channel_id":"tuikit","show_ttl":21600,"#,
            r#""notify_id":7,"category":"IM","notify_level":16,"small_picture_id":"pic","#,
            r#""badge_operation_type":1,"badge_message_count":2,"auditResponse":{"a":"b"}}"#
        )
    );
    let order: Vec<_> = Field::unicast().map(Field::name).collect();
    let place = |key: &String| order.iter().position(|name| name == key).expect("a known key");
    assert!(checked.wire().keys().map(place).is_sorted());
}

#[test]
fn an_app_message_id_is_put_in_front_and_replaced() {
    let checked = passed(&with(r#"{"app_message_id":"mine"}"#));
    assert_eq!(checked.app_message_id(), Some("mine"));
    let checked = checked.with_app_message_id("other".to_owned());
    assert_eq!(checked.app_message_id(), Some("other"));
    assert_eq!(checked.wire().keys().next().map(String::as_str), Some("app_message_id"));
    assert_eq!(passed(&sound()).app_message_id(), None);
}
