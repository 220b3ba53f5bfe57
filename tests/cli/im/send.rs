//! `im send`: the request that the reference shows, what the answers mean, and what is shown without sending.
//! Messages that are refused before that are in the table of bad input.

use serde_json::{Value, json};

use super::server::{KEY, answers, assert_silent, body, home, target};

const TAKEN: &str = r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"MsgTime":1572870301,"MsgKey":"89541_2574206_1572870301"}"#;

#[test]
fn the_sample_of_the_reference_is_sent_unchanged() {
    let server = answers(TAKEN);
    let home = home(&server.url());
    let ran = home.run(&[
        "im",
        "send",
        "--to",
        "bob",
        "--from",
        "alice",
        "--text",
        "hi",
        "--title",
        "Alice",
        "--desc",
        "hi",
        "--ext",
        "extKey=ext content",
        "--channel-id",
        "tuikit",
        "--push-flag",
        "0",
        "--life-time",
        "1h",
    ]);
    let ran = ran.expect(0);
    assert!(ran.stdout.starts_with("accepted   89541_2574206_1572870301   to bob, demo (cn), "), "{ran}");
    assert!(ran.stderr.is_empty(), "{ran}");
    let request = &server.received()[0];
    assert_eq!(target(request).0, "/v4/openim/sendmsg");
    let mut sent = body(request);
    let random = sent["MsgRandom"].take();
    assert!(random.as_u64().is_some_and(|random| random <= u64::from(u32::MAX)), "{random}");
    assert_eq!(
        sent,
        json!({
            "From_Account": "alice", "To_Account": "bob", "MsgLifeTime": 3600, "MsgRandom": null,
            "MsgBody": [{ "MsgType": "TIMTextElem", "MsgContent": { "Text": "hi" } }],
            "OfflinePushInfo": {
                "PushFlag": 0, "Title": "Alice", "Desc": "hi", "Ext": "{\"extKey\":\"ext content\"}",
                "AndroidInfo": { "OPPOChannelID": "tuikit" },
            },
        })
    );
    assert_silent(&ran, &server);
}

#[test]
fn a_message_file_is_sent_whole_and_flags_override_it() {
    let server = answers(TAKEN);
    let home = home(&server.url());
    let file = json!({
        "SyncOtherMachine": 2, "To_Account": "alice", "MsgRandom": 7,
        "MsgBody": [{ "MsgType": "TIMCustomElem", "MsgContent": { "Data": "d" } }],
        "OfflinePushInfo": { "Desc": "你好 😀", "Ext": "{\"a\":\"1\"}", "ApnsInfo": { "BadgeMode": 1 } },
    });
    home.write("m.json", file.to_string());
    let args = [
        "im",
        "send",
        "--message-file",
        "m.json",
        "--to",
        "bob",
        "--ext",
        "b=2",
        "--category",
        "IM",
        "--notify-level",
        "16",
    ];
    let (code, printed) = home.json(&args);
    assert_eq!(
        (code, &printed["status"], &printed["message_key"]),
        (0, &json!("accepted"), &json!("89541_2574206_1572870301"))
    );
    assert_eq!((&printed["at"], &printed["to"]), (&json!("2019-11-04T12:25:01Z"), &json!("bob")));
    let mut expected = file;
    expected["To_Account"] = json!("bob");
    expected["OfflinePushInfo"]["Ext"] = json!("{\"a\":\"1\",\"b\":\"2\"}");
    expected["OfflinePushInfo"]["AndroidInfo"] = json!({ "OPPOCategory": "IM", "OPPONotifyLevel": 16 });
    assert_eq!(body(&server.received()[0]), expected);
}

#[test]
fn a_refusal_has_code_meaning_and_remedy() {
    for (answer, code) in [
        (
            r#"{"ActionStatus":"FAIL","ErrorInfo":"Fail to Parse json data of body, Please check it","ErrorCode":90001}"#,
            90001,
        ),
        (r#"{"ActionStatus":"FAIL","ErrorInfo":"","ErrorCode":20003}"#, 20003),
        (r#"{"ActionStatus":"FAIL","ErrorCode":"90012"}"#, 90012),
        (r#"{"ErrorCode":90043,"ErrorInfo":"OfflinePushInfo"}"#, 90043),
        (r#"{"ActionStatus":"FAIL","ErrorCode":120001,"ErrorInfo":"the app says no"}"#, 120_001),
    ] {
        let (exit, printed) =
            home(&answers(answer).url()).json(&["im", "send", "--to", "bob", "--text", "hi"]);
        assert_eq!(
            (exit, &printed["error"]["kind"], &printed["error"]["code"]),
            (5, &json!("im-refused"), &json!(code))
        );
    }
    let newer = r#"{"ActionStatus":"OK","ErrorCode":0,"MsgTime":"1572870301","MsgId":"144115"}"#;
    let (exit, printed) = home(&answers(newer).url()).json(&["im", "send", "--to", "bob", "--text", "hi"]);
    assert_eq!((exit, &printed["message_id"], &printed["message_key"]), (0, &json!("144115"), &Value::Null));
}

#[test]
fn a_dry_run_sends_no_request_and_shows_no_secret() {
    let server = answers(TAKEN);
    let home = home(&server.url());
    let args = ["im", "send", "--to", "bob", "--text", "hi", "--online-only", "--dry-run"];
    let ran = home.run(&args).expect(0);
    assert!(ran.stderr.contains("OnlineOnlyFlag 1 means: only to those who are online"), "{ran}");
    assert!(ran.stdout.contains("usersig=********&random="), "{ran}");
    let (code, printed) = home.json(&args);
    assert_eq!(
        (code, &printed["status"], &printed["warnings"][0]["id"]),
        (0, &json!("dry_run"), &json!("push-disabled-by-sender"))
    );
    assert_eq!(printed["request"]["body"]["OnlineOnlyFlag"], 1);
    assert!(!printed.to_string().contains(KEY) && !ran.to_string().contains(KEY));
    assert_eq!(server.received().len(), 0);
    let china = "[profile.demo]\nregion = \"cn\"\n[profile.demo.im]\nsdk_app_id = 1\nadmin = \"a\"\nsecret_key = { env = \"NOT_SET\" }\n";
    let (code, printed) = super::super::harness::Home::with_config(china).json(&args);
    assert_eq!(code, 0);
    let url = printed["request"]["url"].as_str().unwrap();
    assert!(
        url.starts_with("https://console.tim.qq.com/v4/openim/sendmsg?sdkappid=1&identifier=a&"),
        "{url}"
    );
}
