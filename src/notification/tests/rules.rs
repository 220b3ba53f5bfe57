//! Rules between fields, types of fields, and names that are not fields.

use super::*;
use crate::notification::warning::WARNINGS;

#[test]
fn rules_between_fields() {
    let ok: &[(&str, &[&str])] = &[
        (r#"{"off_line":true,"off_line_ttl":60}"#, &[]),
        (r#"{"off_line":false}"#, &[]),
        (r#"{"off_line":false,"off_line_ttl":60}"#, &["ttl-without-effect"]),
        (r#"{"category":"IM"}"#, &[]),
        (r#"{"category":"im"}"#, &["category-unusual"]),
        (r#"{"call_back_parameter":"x"}"#, &["call-back-parameter-alone"]),
        (r#"{"call_back_url":"http://127.0.0.1:9/r"}"#, &[]),
        (r#"{"badge_operation_type":1}"#, &["badge-incomplete"]),
        (r#"{"badge_message_count":1}"#, &["badge-incomplete"]),
        (r#"{"auditResponse":"x"}"#, &[]),
        (r#"{"auditResponse":{"a":1}}"#, &[]),
        (r#"{"small_picture_id":"p"}"#, &[]),
        (r#"{"app_message_id":"7"}"#, &[]),
        (r#"{"click_action_type":5,"click_action_url":"intent://a#Intent;scheme=x;end"}"#, &[]),
        (r#"{"click_action_type":5,"click_action_url":"intent:#Intent;end"}"#, &[]),
        (
            r#"{"click_action_type":2,"click_action_url":"https://a.b","action_parameters":{"k":"v"}}"#,
            &["custom-content-with-url"],
        ),
        (r#"{"action_parameters":{"k":1}}"#, &["extra-not-text"]),
        (r#"{"action_parameters":"{\"k\":{\"n\":\"v\"}}"}"#, &["extra-not-text"]),
        (r#"{"action_parameters":{}}"#, &[]),
        (r#"{"action_parameters":"[]"}"#, &["not-set"]),
        (r#"{"action_parameters":"null"}"#, &["not-set"]),
        (r#"{"action_parameters":[]}"#, &["not-set"]),
        (r#"{"show_start_time":1767225600000}"#, &["not-used"]),
        (r#"{"show_start_time":0,"show_end_time":0,"push_start_time":0,"fix_speed_rate":0}"#, &["not-set"]),
        (r#"{"click_action_activity":"a.B"}"#, &["click-type-missing"]),
        (r#"{"click_action_type":0,"click_action_url":"https://a.b"}"#, &["not-used"]),
        (
            r#"{"click_action_type":4,"click_action_activity":"a.B","click_action_url":"https://a.b"}"#,
            &["not-used"],
        ),
        (r#"{"click_action_type":5,"click_action_url":"command://test?key1=val1&key2=val2"}"#, &[]),
        (r#"{"click_action_type":"5","click_action_url":"https://a.b"}"#, &["other-type", "scheme-web-page"]),
        (r#"{"category":"","network_type":null}"#, &["not-set"]),
        (r#"{"category":"subscribe"}"#, &["category-unusual"]),
        (
            r#"{"private_msg_template_id":"t","private_title_parameters":{"a":1}}"#,
            &["title-from-template", "title-from-template", "template-parameter-not-text"],
        ),
        (r#"{"app_message_id":7,"off_line":"true"}"#, &["other-type"]),
        (r#"{"push_start_time":1767225600000}"#, &["not-used"]),
        (r#"{"time_zone":"GMT+08:00"}"#, &[]),
        (r#"{"time_zone":"Asia/Shanghai"}"#, &["time-zone-unusual"]),
        (r#"{"fix_speed_rate":1000,"big_picture_id":"p"}"#, &["not-used", "not-used"]),
        (r#"{"buttons":[],"option":7}"#, &["paid-field", "paid-field"]),
        (r#"{"auditResponse":[]}"#, &[]),
    ];
    for (fields, ids) in ok {
        assert_eq!(warned(&with(fields)), *ids, "{fields}");
    }
    let bad: &[(&str, &[&str])] = &[
        (r#"{"notify_level":16}"#, &["missing-field"]),
        (r#"{"show_time_type":1}"#, &["missing-field", "missing-field"]),
        (
            r#"{"show_time_type":1,"show_start_time":1767225600002,"show_end_time":1767225600001}"#,
            &["bad-time"],
        ),
        (
            r#"{"show_time_type":1,"show_start_time":1767225500000,"show_end_time":1767225600000}"#,
            &["bad-time"],
        ),
        (r#"{"click_action_type":1}"#, &["missing-field"]),
        (r#"{"click_action_type":2}"#, &["missing-field"]),
        (r#"{"click_action_type":4}"#, &["missing-field"]),
        (r#"{"click_action_type":5}"#, &["missing-field"]),
        (r#"{"click_action_type":2,"click_action_url":"ftp://a.b"}"#, &["bad-url"]),
        (r#"{"click_action_type":4,"click_action_activity":".B"}"#, &["bad-activity"]),
        (r#"{"click_action_type":1,"click_action_activity":"a b"}"#, &["bad-intent"]),
        (r#"{"click_action_type":5,"click_action_url":"hello"}"#, &["bad-url"]),
        (r#"{"click_action_type":5,"click_action_url":"intent://a#Intent;scheme=x"}"#, &["bad-intent"]),
        (r#"{"click_action_type":5,"click_action_activity":"demo://a"}"#, &["missing-field"]),
        (r#"{"show_start_time":1767225600}"#, &["bad-time"]),
        (r#"{"call_back_url":"https://a.b/c d"}"#, &["bad-url"]),
        (r#"{"action_parameters":"{\\\"a\\\":1}"}"#, &["not-json"]),
        (r#"{"click_action_type":5,"click_action_url":"intent://a b#Intent;end"}"#, &["control-character"]),
        (r#"{"call_back_url":"ftp://a.b"}"#, &["bad-url"]),
        (r#"{"call_back_url":"https://u:p@a.b/"}"#, &["bad-url"]),
        (r#"{"private_title_parameters":{"a":"b"}}"#, &["missing-field"]),
        (r#"{"private_content_parameters":"{\"a\":\"b\"}"}"#, &["missing-field"]),
        (r#"{"category":" IM"}"#, &["surrounding-space"]),
        (r#"{"small_picture_id":"a\nb"}"#, &["control-character"]),
        (r#"{"auditResponse":7}"#, &["wrong-field-type"]),
        (r#"{"action_parameters":"[1]"}"#, &["not-an-object"]),
        (r#"{"action_parameters":"x"}"#, &["not-json"]),
        (r#"{"action_parameters":7}"#, &["wrong-field-type"]),
        (r#"{"action_parameters":{"":"v"}}"#, &["empty"]),
        (r#"{"action_parameters":{"a":123456789012345678901234567890}}"#, &["not-json"]),
        (r#"{"notify_id":1,"notify_id":2}"#, &["duplicate-field"]),
        (r#"{"sound":"x"}"#, &["no-sound"]),
        (r#"{"sound_name":"x"}"#, &["no-sound"]),
        (r#"{"play_sound":true}"#, &["no-sound"]),
        (r#"{"vibrate":true}"#, &["no-sound"]),
        (r#"[1]"#, &["not-an-object"]),
        (r#"{"#, &["not-json"]),
    ];
    for (fields, expected) in bad {
        assert_eq!(kinds(&with(fields)), *expected, "{fields}");
        assert!(problems(&with(fields)).iter().all(|p| !p.hint.is_empty() && p.place.contains("m.json")));
    }
}

#[test]
fn a_private_template_takes_the_place_of_title_and_content() {
    let mut draft = Draft::new();
    draft.flag(Field::ChannelId, "c");
    draft.read_json(
        r#"{"private_msg_template_id":"t1","private_title_parameters":{"name":"A"},"private_content_parameters":{}}"#,
        "m.json",
    );
    assert_eq!(warned(&draft), ["template-parameters-empty"]);
    let wire = serde_json::to_string(passed(&draft).wire()).expect("JSON");
    assert_eq!(
        wire,
        r#"{"channel_id":"c","private_msg_template_id":"t1","private_title_parameters":"{\"name\":\"A\"}"}"#
    );
    draft.flag(Field::Title, "x");
    assert!(warned(&draft).contains(&"title-from-template"));
    assert!(!passed(&draft).wire().contains_key("title"));
}

#[test]
fn an_alias_gets_no_receipts() {
    let draft = with(r#"{"call_back_url":"https://a.b/r"}"#);
    assert!(draft.check(now(), TargetKind::RegId).is_ok());
    let problems = draft.check(now(), TargetKind::Alias).expect_err("no receipts for an alias");
    assert_eq!(problems[0].kind.as_str(), "contradictory-fields");
    assert_eq!(problems[0].place, "m.json: call_back_url");
}

#[test]
fn what_is_missing_is_said_by_flag() {
    let problems = problems(&Draft::new());
    let places: Vec<_> = problems.iter().map(|problem| problem.place.as_str()).collect();
    assert_eq!(places, ["--title", "--content"]);
    let mut draft = Draft::new();
    draft.flag(Field::Title, "t").flag(Field::Content, "c");
    assert_eq!(warned(&draft), ["channel-missing"]);
}

#[test]
fn all_violations_come_at_once_each_with_its_place() {
    let mut draft = with(r#"{"style":9,"sub_title":"01234567890","notify_level":2,"Titel":"x"}"#);
    draft.flag(Field::Title, "t".repeat(51)).set("network_type").ext("novalue");
    let places: Vec<_> = problems(&draft).into_iter().map(|problem| problem.place).collect();
    assert_eq!(
        places,
        [
            "m.json: style",
            "m.json: Titel",
            "--set",
            "--ext",
            "--title",
            "m.json: sub_title",
            "m.json: notify_level",
        ]
    );
}

#[test]
fn unknown_names_are_answered_with_the_right_one() {
    for (key, meant) in [
        ("audit_response", "\"auditResponse\""),
        ("custom-content", "\"action_parameters\""),
        ("chanel_id", "\"channel_id\""),
        ("titel", "\"title\""),
        ("off-line", "\"off_line\""),
        ("description", "\"content\""),
        ("androidOPPOChannelID", "\"channel_id\""),
        ("show_expire_time", "\"show_end_time\""),
        ("nothing_like_it", "--set 'nothing_like_it=JSON'"),
    ] {
        let found = problems(&with(&format!("{{\"{key}\":1}}")));
        assert_eq!(found.len(), 1);
        assert!(
            found[0].hint.sentence().contains(meant) && found[0].hint.sentence().contains("--set"),
            "{key}: {}",
            found[0].hint.sentence()
        );
    }
}

#[test]
fn a_sound_is_answered_with_what_decides_instead() {
    let problem = no_sound("--sound");
    assert!(problem.message.contains("OPPO has no custom sounds"));
    for word in ["channel", "notify level 16", "system"] {
        assert!(problem.hint.sentence().contains(word), "{}", problem.hint.sentence());
    }
    let mut draft = sound();
    draft.set("sound=\"x\"");
    assert!(passed(&draft).warnings()[0].message.contains("OPPO has no custom sounds"));
}

#[test]
fn warnings_have_unique_ids_and_hints() {
    let ids: std::collections::BTreeSet<_> = WARNINGS.iter().map(|kind| kind.id).collect();
    assert_eq!(ids.len(), WARNINGS.len());
    assert!(WARNINGS.iter().all(|kind| !kind.hint.is_empty()));
}

#[test]
fn texts_with_control_characters_are_pointed_out() {
    let mut draft = sound();
    draft.flag(Field::Content, "two\nlines");
    assert_eq!(warned(&draft), [""; 0]);
    draft.flag(Field::Title, "two\nlines");
    assert_eq!(warned(&draft), ["control-character"]);
    let mut draft = sound();
    draft.off_line_ttl(std::time::Duration::from_millis(1500), flag("--ttl"));
    assert_eq!(kinds(&draft), ["out-of-range"]);
}
