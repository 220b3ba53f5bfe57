//! Which layer wins: certificate, message file, flags, --set; and how custom content is merged.
//! Whether the values are good is tried elsewhere.

use super::*;
use crate::click::Target;

fn wire_of(draft: &Draft, key: &str) -> String {
    passed(draft).wire().get(key).map(ToString::to_string).unwrap_or_default()
}

#[test]
fn the_command_line_wins_over_the_file_and_the_file_over_the_certificate() {
    let click = Target::Activity("a.B".to_owned());
    let mut draft = Draft::new();
    draft.flag(Field::Title, "flag");
    draft.read_json(r#"{"title":"file","content":"file","channel_id":"file"}"#, "m.json");
    draft.certificate(Some("certificate"), Some(&click));
    assert_eq!(wire_of(&draft, "title"), "\"flag\"");
    assert_eq!(wire_of(&draft, "content"), "\"file\"");
    assert_eq!(wire_of(&draft, "channel_id"), "\"file\"");
    assert_eq!(wire_of(&draft, "click_action_type"), "4");
    draft.flag(Field::ChannelId, "flag");
    draft.set("category=\"IM\"");
    assert_eq!(wire_of(&draft, "channel_id"), "\"flag\"");
    assert_eq!(warned(&draft), ["set-known-field"]);
}

#[test]
fn a_click_target_is_replaced_whole() {
    let certificate = Target::Activity("a.B".to_owned());
    let mut draft = sound();
    draft.certificate(None, Some(&certificate));
    draft.read_json(r#"{"click_action_type":2,"click_action_url":"https://a.b/x"}"#, "m.json");
    assert_eq!(wire_of(&draft, "click_action_type"), "2");
    assert_eq!(wire_of(&draft, "click_action_activity"), "");
    draft.click(Target::OpenApp, flag("--click"));
    assert_eq!(wire_of(&draft, "click_action_type"), "0");
    assert_eq!(wire_of(&draft, "click_action_url"), "");
    draft.set("click_action_type=0");
    assert_eq!(kinds(&draft), ["duplicate-field"]);
}

#[test]
fn a_value_of_a_certificate_that_is_unusable_is_said_to_be_there() {
    let mut draft = sound();
    draft.certificate(None, Some(&Target::Url("htp://a.b".to_owned())));
    assert_eq!(problems(&draft)[0].place, "certificate: click");
}

#[test]
fn saying_it_by_flag_and_by_set_is_a_mistake() {
    let mut draft = sound();
    draft.set("title=\"x\"");
    let found = problems(&draft);
    assert_eq!(found[0].kind.as_str(), "duplicate-field");
    assert!(found[0].message.contains("--title") && found[0].place == "--set title", "{found:?}");
    let mut draft = sound();
    draft.set("x=1").set("x=2");
    assert_eq!(kinds(&draft), ["duplicate-field"]);
}

#[test]
fn set_sends_unknown_fields_as_they_are_with_a_warning() {
    let mut draft = sound();
    draft.set(r#"new_field={"a":[1,2]}"#).set("channelId=\"x\"");
    assert_eq!(warned(&draft), ["set-unknown-field", "set-unknown-field"]);
    assert!(passed(&draft).warnings()[1].message.ends_with("channel_id is"));
    assert_eq!(wire_of(&draft, "new_field"), r#"{"a":[1,2]}"#);
    for (assignment, kind) in [("x", "malformed-flag"), ("=1", "malformed-flag"), ("x=y", "not-json")] {
        let mut draft = sound();
        draft.set(assignment);
        assert_eq!(kinds(&draft), [kind], "{assignment}");
        assert!(problems(&draft)[0].place.starts_with("--set"), "{assignment}");
    }
}

#[test]
fn set_sends_what_it_is_given() {
    for (assignment, key, value, warning) in [
        ("off_line_ttl=0", "off_line_ttl", "0", "set-known-field"),
        ("off_line_ttl=-1", "off_line_ttl", "-1", "set-would-be-refused"),
        ("style=\"1\"", "style", "\"1\"", "set-known-field"),
        ("notify_level=16", "notify_level", "16", "set-would-be-refused"),
        ("sub_title=\"12345678901\"", "sub_title", "\"12345678901\"", "set-would-be-refused"),
        ("action_parameters=\"[]\"", "action_parameters", "\"[]\"", "set-known-field"),
        ("time_zone=\"GMT+08:00\"", "time_zone", "\"GMT+08:00\"", "set-known-field"),
        ("push_start_time=1", "push_start_time", "1", "set-would-be-refused"),
        ("target_type=2", "target_type", "2", "set-unknown-field"),
        ("sound=1", "sound", "1", "set-unknown-field"),
    ] {
        let mut draft = sound();
        draft.set(assignment);
        assert_eq!(wire_of(&draft, key), value, "{assignment}");
        assert!(warned(&draft).contains(&warning), "{assignment}: {:?}", warned(&draft));
    }
    let mut draft = with(r#"{"click_action_type":2,"click_action_url":"demo://page"}"#);
    draft.set("click_action_type=5");
    assert_eq!(
        wire_of(&draft, "click_action_type") + &wire_of(&draft, "click_action_url"),
        "5\"demo://page\""
    );
}

#[test]
fn what_is_not_set_leaves_what_is_said_elsewhere() {
    let mut draft = Draft::new();
    draft.flag(Field::Title, "t").flag(Field::Content, "c");
    draft.read_json(r#"{"channel_id":"","category":"IM","sub_title":null,"style":0}"#, "m.json");
    draft.certificate(Some("certificate"), None);
    assert_eq!(wire_of(&draft, "channel_id"), "\"certificate\"");
    assert_eq!(wire_of(&draft, "category"), "\"IM\"");
    assert_eq!(wire_of(&draft, "style"), "");
    let checked = passed(&draft);
    let [warning] = checked.warnings() else { panic!("{:?}", checked.warnings()) };
    assert_eq!(warning.message, "channel_id, sub_title, style are not set");
}

#[test]
fn custom_content_is_merged_and_duplicates_are_refused() {
    let mut draft = with(r#"{"action_parameters":{"file":"f","both":"file"}}"#);
    draft.ext("both=flag").ext("eq=a=b").ext_json(r#"{"entity":{"n":1}}"#, None);
    assert_eq!(
        passed(&draft).wire()["action_parameters"],
        serde_json::json!(r#"{"both":"flag","entity":{"n":1},"eq":"a=b","file":"f"}"#)
    );
    assert_eq!(warned(&draft), ["extra-not-text"]);
    draft.ext_json(r#"{"both":"again"}"#, Some("e.json"));
    assert_eq!(kinds(&draft), ["duplicate-field"]);
    for (text, kind) in [("[]", "not-an-object"), ("{", "not-json"), (r#"{"a":1,"a":2}"#, "duplicate-field")]
    {
        let mut draft = sound();
        draft.ext_json(text, Some("e.json"));
        let found = problems(&draft);
        assert_eq!(found[0].kind.as_str(), kind);
        assert!(found[0].message.contains("e.json") && found[0].place == "--ext-json", "{found:?}");
    }
}

#[test]
fn errors_in_a_file_name_line_and_column() {
    let mut draft = sound();
    draft.read_toml("style = 1\nnotify_id = \n", "m.toml");
    assert_eq!(problems(&draft)[0].kind.as_str(), "not-toml");
    assert!(problems(&draft)[0].place.starts_with("m.toml:2:"), "{}", problems(&draft)[0].place);
    let mut draft = sound();
    draft.read_json("{\n \"style\": x}", "m.json");
    assert!(problems(&draft)[0].place.starts_with("m.json:2:"), "{}", problems(&draft)[0].place);
}

/// What is said about a file, warning or problem, and the channel that is sent.
fn of_file(text: &str) -> (Vec<String>, String) {
    let mut draft = Draft::new();
    draft.flag(Field::Title, "t").flag(Field::Content, "c").read_file(text, "m");
    match draft.check(now(), TargetKind::RegId) {
        Ok(checked) => (
            checked.warnings().iter().filter_map(|warning| warning.id).map(str::to_owned).collect(),
            checked.wire().get("channel_id").map(ToString::to_string).unwrap_or_default(),
        ),
        Err(problems) => (problems.into_iter().map(|problem| problem.message).collect(), String::new()),
    }
}

#[test]
fn a_file_that_is_not_the_notification_itself_is_unwrapped() {
    let message = r#"{"target_type":2,"target_value":"x","notification":{"channel_id":"a"}}"#;
    let form = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("auth_token", "secret")
        .append_pair("message", message)
        .finish();
    for (text, said) in [
        (message, &["unwrapped"][..]),
        (r#"{"targetType":2,"notification":{"channelId":"a"}}"#, &["unwrapped", "camel-case"]),
        (r#"{"target_type":2,"notification":"{\"channel_id\":\"a\"}"}"#, &["unwrapped"]),
        (&form, &["unwrapped", "unwrapped"]),
        ("auth_token=secret&channel_id=a&style=1", &["unwrapped", "other-type"]),
        (r#"[{"target_type":2,"notification":{"channel_id":"a"}}]"#, &["unwrapped"]),
        (r#"{"messages":[{"notification":{"channel_id":"a"}}]}"#, &["unwrapped"]),
        (r#"{"channelId":"a","clickActionType":0}"#, &["camel-case"]),
        ("channel_id=\"a\"", &[]),
        ("channelId = \"a\"", &["camel-case"]),
    ] {
        let (ids, channel) = of_file(text);
        assert_eq!(
            (ids.iter().map(String::as_str).collect::<Vec<_>>().as_slice(), channel.as_str()),
            (said, "\"a\""),
            "{text}"
        );
    }
}

#[test]
fn a_file_for_another_call_is_named() {
    for (text, named) in [
        (r#"{"messages":[{},{}]}"#, "unicast_batch"),
        ("[{},{}]", "unicast_batch"),
        (r#"{"To_Account":"alice","MsgBody":[]}"#, "openim/sendmsg"),
        (r#"{"To_Account":["alice","bob"],"MsgBody":[]}"#, "openim/batchsendmsg"),
        (r#"{"GroupId":"g","MsgBody":[]}"#, "group message"),
        (r#"{"To_Account":["alice"],"OfflinePushInfo":{},"DataId":"d"}"#, "push plugin"),
        (r#"{"Title":"t","Desc":"d"}"#, "OfflinePushInfo"),
        (r#"{"channelId":"a","channel_id":"b"}"#, "channel_id is given twice"),
        (r#"{"notification":7}"#, "notification is the number 7"),
    ] {
        let (said, _) = of_file(text);
        assert!(said.len() == 1 && said[0].contains(named), "{text}: {said:?}");
    }
}

#[test]
fn a_field_that_could_not_be_read_is_not_missing_as_well() {
    let mut draft = Draft::new();
    draft.read_toml("title = 1\ncontent = 2026-01-01\n", "m.toml");
    let found: Vec<_> = problems(&draft).into_iter().map(|problem| problem.message).collect();
    // A date becomes its text, so content is good.
    assert_eq!(found, ["title is the number 1; it must be text in quotes"]);
}
