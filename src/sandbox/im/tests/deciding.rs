//! The push rule case by case, and what of a message reaches the phone.
//! Presence alone is in `presence`.

use super::*;

#[test]
fn the_rule_decides_in_its_order() {
    let fresh = |after| {
        let saved_at = Some(T0);
        story()
            .saved(Certificate { saved_at, ..certificate(7) })
            .login("a", "bob")
            .moved("a", "kill")
            .later(after)
    };
    let reported = |certificate_id| {
        let story = story();
        story.login_with("a", "bob", Some(certificate_id), true).unwrap();
        story.moved("a", "kill")
    };
    let unreported = |story: Story| {
        story.login_with("a", "bob", None, false).unwrap();
        story.moved("a", "kill")
    };
    let deleted = || {
        let story = story().login("a", "bob").moved("a", "kill");
        assert!(story.state.with(|tx| delete_certificate(tx, SDK_APP_ID, 7)).unwrap());
        story
    };
    let away = || story().login("a", "bob").moved("a", "kill");
    let two = |rules: &[&str]| with_rules(rules).login("a", "bob").moved("a", "kill").login("b", "bob");
    let several = "im-multi-device=several";
    for (mut story, reasons) in [
        (story(), &["logged-out"][..]),
        (away().moved("a", "logout"), &["logged-out"]),
        (away().login("a", "carol"), &["logged-out"]),
        (two(&[]), &["kicked", "online"]),
        (two(&[several]), &["pushed", "online"]),
        (two(&[several, "im-online-elsewhere=per-user"]), &["online", "online"]),
        (away().later(7 * DAY), &["expired-7-days"]),
        (story().login("a", "bob"), &["online"]),
        (story().login("a", "bob").moved("a", "hide"), &["online"]),
        (story().login("a", "bob").moved("a", "offline").later(399_000), &["online"]),
        (unreported(story()), &["no-report"]),
        (unreported(away().moved("a", "open").moved("a", "logout")), &["no-report"]),
        (reported(8), &["certificate-missing"]),
        (deleted(), &["certificate-missing"]),
        (fresh(10 * MINUTE - 1), &["certificate-not-yet-active"]),
        (fresh(10 * MINUTE), &["pushed"]),
        (story().login("a", "bob").moved("a", "doBackground"), &["pushed"]),
        (story().login("a", "bob").moved("a", "doBackground").moved("a", "offline"), &["pushed"]),
        (story().login("a", "bob").moved("a", "doBackground").moved("a", "open"), &["online"]),
        (story().login("a", "bob").moved("a", "offline").later(400_000), &["pushed"]),
        (away(), &["pushed"]),
        (away().later(7 * DAY - 1), &["pushed"]),
    ] {
        assert_eq!(story.send(), reasons);
    }
    let mut kept = with_rules(&["im-report-kept=yes"]).login("a", "bob").moved("a", "logout");
    kept = unreported(kept);
    assert_eq!(kept.send(), ["pushed"]);
}

#[test]
fn the_message_decides_too() {
    let info = |info: Value| json!({ "OfflinePushInfo": info });
    let custom = |content: Value| json!([{ "MsgType": "TIMCustomElem", "MsgContent": content }]);
    for (more, reason) in [
        (json!({}), "pushed"),
        (info(json!({ "PushFlag": 1 })), "push-disabled-by-sender"),
        (json!({ "MsgLifeTime": 0 }), "push-disabled-by-sender"),
        (json!({ "OnlineOnlyFlag": 1 }), "push-disabled-by-sender"),
        (json!({ "MsgBody": custom(json!({ "Data": "x" })) }), "nothing-to-show"),
        (json!({ "MsgBody": custom(json!({ "Data": "x", "Desc": "a call" })) }), "pushed"),
        (
            json!({ "MsgBody": custom(json!({ "Data": "x" })), "OfflinePushInfo": { "Desc": "a call" } }),
            "pushed",
        ),
        (info(json!({ "Ext": "not json" })), "ext-not-json"),
        (info(json!({ "Ext": "[1]" })), "ext-not-json"),
        (info(json!({ "Ext": r#"{"a":1}"# })), "pushed"),
        (info(json!({ "Ext": "" })), "pushed"),
        (info(json!({ "Title": "t".repeat(51) })), "oppo-refused"),
    ] {
        let mut story = story().login("a", "bob").moved("a", "kill");
        assert_eq!(story.reasons(more.clone()), [reason], "{more}");
    }
    let mut lenient = with_rules(&["im-ext-not-object=no-extras"]).login("a", "bob").moved("a", "kill");
    assert_eq!(lenient.reasons(info(json!({ "Ext": "[1]" }))), ["pushed"]);
}

#[test]
fn muting_counts_only_where_the_message_says_so() {
    let mut story = story().login("a", "bob").moved("a", "kill");
    story.state.with(|tx| set_mute(tx, SDK_APP_ID, "bob", "alice", true)).unwrap();
    assert_eq!(story.send(), ["pushed"]);
    let with = json!({ "SendMsgControl": ["WithMuteNotifications"] });
    assert_eq!(story.reasons(with.clone()), ["muted"]);
    story.state.with(|tx| set_mute(tx, SDK_APP_ID, "bob", "alice", false)).unwrap();
    assert_eq!(story.reasons(with), ["pushed"]);
}

#[test]
fn an_edit_serves_nothing_or_the_old_values_until_it_is_in_effect() {
    for (rule, early) in [("im-edit-keeps-old=no", None), ("im-edit-keeps-old=yes", Some("tuikit"))] {
        let edited = Certificate { channel_id: Some("other".into()), saved_at: Some(T0), ..certificate(7) };
        let mut story = with_rules(&[rule]).login("a", "bob").moved("a", "kill").saved(edited);
        let channel = |story: &mut Story| {
            let id = story.send_with(json!({})).remove(0).message_id?;
            let wanted = phone::Wanted { message_id: Some(id), ..phone::Wanted::default() };
            let messages = story.state.with(|tx| phone::messages(tx, story.now, &wanted)).unwrap();
            messages[0].channel_id.clone()
        };
        assert_eq!(channel(&mut story).as_deref(), early, "{rule}");
        story = story.later(10 * MINUTE);
        assert_eq!(channel(&mut story).as_deref(), Some("other"), "{rule}");
    }
}

#[test]
fn what_the_phone_shows_is_what_the_message_says() {
    let body = |elements: Value| json!({ "MsgBody": elements });
    let element = |kind: &str| json!({ "MsgType": kind, "MsgContent": {} });
    let text = |text: &str| json!({ "MsgType": "TIMTextElem", "MsgContent": { "Text": text } });
    let mixed = json!([text("at "), element("TIMLocationElem"), element("TIMImageElem")]);
    for (rules, more, title, content) in [
        (&[][..], json!({}), "Alice", "hi"),
        (&["im-default-title=app"], json!({}), "com.example.demo", "hi"),
        (&[], json!({ "OfflinePushInfo": { "Title": "T", "Desc": "D" } }), "T", "D"),
        (&[], body(mixed.clone()), "Alice", "at [位置][图片]"),
        (&["im-default-text=english"], body(mixed.clone()), "Alice", "at [Location][Image]"),
        (&["im-media-text=nothing"], body(mixed), "Alice", "at [位置]"),
    ] {
        let mut story = with_rules(rules).login("a", "bob").moved("a", "kill");
        assert_eq!(story.reasons(more), ["pushed"]);
        let shown = story.state.with(|tx| phone::messages(tx, story.now, &Default::default())).unwrap();
        let seen = (shown[0].title.as_deref(), shown[0].content.as_deref());
        assert_eq!(seen, (Some(title), Some(content)), "{rules:?}");
        assert_eq!(shown[0].notification["click_action_activity"], "com.example.demo.Chat");
    }
}

#[test]
fn ext_and_android_info_reach_oppo() {
    let info = json!({ "OfflinePushInfo": {
        "Ext": r#"{"k":"v","n":1}"#,
        "AndroidInfo": { "OPPOChannelID": "calls", "OPPOCategory": "IM", "OPPONotifyLevel": 2, "PushStyle": 1 },
    } });
    for (rules, parameters) in
        [(&[][..], r#"{"k":"v","n":1}"#), (&["im-ext-values=strings"], r#"{"k":"v","n":"1"}"#)]
    {
        let mut story = with_rules(rules).login("a", "bob").moved("a", "kill");
        assert_eq!(story.reasons(info.clone()), ["pushed"]);
        let shown = story.state.with(|tx| phone::messages(tx, story.now, &Default::default())).unwrap();
        let sent = &shown[0].notification;
        assert_eq!(sent["action_parameters"], parameters);
        assert_eq!((&sent["channel_id"], &sent["category"]), (&json!("calls"), &json!("IM")));
        assert_eq!((&sent["notify_level"], &sent["style"]), (&json!(2), &json!(2)));
    }
}

#[test]
fn a_stale_reg_id_is_reported_until_the_app_starts_again() {
    let mut story = story().login("a", "bob").moved("a", "kill");
    story.on("a", |tx, _| phone::register_anew(tx, T0, "a"));
    assert_eq!(story.send(), ["pushed"]);
    let dropped = story.state.with(|tx| phone::messages(tx, T0, &Default::default())).unwrap();
    assert_eq!(dropped[0].reason.as_deref(), Some("stale-reg-id"));
    story = story.moved("a", "open").moved("a", "kill");
    assert_eq!(story.send(), ["pushed"]);
    let shown = story.state.with(|tx| phone::messages(tx, T0, &Default::default())).unwrap();
    assert_eq!((shown.len(), shown[1].stage), (2, phone::Stage::Shown));
}
