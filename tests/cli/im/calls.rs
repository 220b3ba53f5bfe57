//! What each call puts on the wire, and what is made of the answers that the documents have, the odd ones too.

use std::time::Duration;

use opush::clock::Timestamp;
use opush::config::Secret;
use opush::im::user_sig::{Expected, verify};
use serde_json::{Value, json};

use super::server::{KEY, Reply, Vendor, answers, assert_silent, body, home, json as as_json, target};

const OK: &str = r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}"#;

#[test]
fn every_call_carries_the_documented_query_and_a_fresh_user_sig() {
    let server = answers(OK);
    let home = home(&server.url());
    home.run(&["im", "kick", "bob"]).expect(0);
    home.run(&["im", "kick", "bob"]).expect(0);
    let requests = server.received();
    let mut randoms = Vec::new();
    for request in &requests {
        let (path, query) = target(request);
        assert_eq!(path, "/v4/im_open_login_svc/kick");
        let names: Vec<&str> = query.keys().map(String::as_str).collect();
        assert_eq!(names, ["contenttype", "identifier", "random", "sdkappid", "usersig"]);
        assert_eq!(
            (query["sdkappid"].as_str(), query["identifier"].as_str()),
            ("1400000001", "administrator")
        );
        assert_eq!(query["contenttype"], "json");
        randoms.push(query["random"].parse::<u32>().expect("32 bits"));
        let key = Secret::new(KEY);
        #[allow(clippy::disallowed_methods)]
        let now = Timestamp::now();
        let expected = Expected { sdk_app_id: 1_400_000_001, user: Some("administrator"), key: &key, now };
        assert_eq!(verify(&query["usersig"], &expected).flaws, []);
        assert!(request.head.contains("Content-Type: application/json"), "{}", request.head);
        assert_eq!(body(request), json!({ "UserID": "bob" }));
    }
    assert_ne!(randoms[0], randoms[1]);
}

#[test]
fn states_in_both_spellings_with_both_words() {
    let chinese = r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"QueryResult":[
        {"To_Account":"id1","Status":"Online","Detail":[{"Platform":"iPhone","Status":"PushOnline"},{"Platform":"Web","Status":"Online"}]},
        {"To_Account":"id2","Status":"Offline"}]}"#;
    let international = chinese
        .replace("Status\":\"O", "State\":\"O")
        .replace("Status\":\"P", "State\":\"P")
        .replace("iPhone", "IPhone");
    for answer in [chinese.to_owned(), international.replace("ActionState", "ActionStatus")] {
        let server = answers(&answer);
        let home = home(&server.url());
        let ran = home.run(&["im", "state", "id1", "id2", "id1"]).expect(0);
        insta::allow_duplicates!(insta::assert_snapshot!(ran.stdout, @r"
        USER  PLATFORM  REST        SDK        MEANING
        id1   (user)    Online      ONLINE     connected: no push unless in background
              iPhone    PushOnline  OFFLINE
              Web       Online      ONLINE
        id2   (user)    Offline     UNLOGINED  not logged in: no push
        "));
        let request = &server.received()[0];
        assert_eq!(target(request).0, "/v4/openim/query_online_status");
        assert_eq!(body(request), json!({ "IsNeedDetail": 1, "To_Account": ["id1", "id2"] }));
        let (code, printed) = home.json(&["im", "state", "id1", "id2"]);
        assert_eq!((code, &printed["error"]), (0, &Value::Null));
        assert_eq!(
            printed["items"][0]["terminals"][0],
            json!({ "platform": "iPhone", "rest": "PushOnline", "sdk": "OFFLINE" })
        );
        assert_eq!(
            (&printed["items"][1]["rest"], &printed["items"][1]["sdk"]),
            (&json!("Offline"), &json!("UNLOGINED"))
        );
        assert_silent(&ran, &server);
    }
}

#[test]
fn an_unknown_user_is_listed_beside_the_others() {
    let some = r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0,"QueryResult":[{"To_Account":"id1","Status":"PushOnline"}],
        "ErrorList":[{"To_Account":"id4","ErrorCode":70107}]}"#;
    let (code, printed) = home(&answers(some).url()).json(&["im", "state", "id1", "id4"]);
    assert_eq!((code, &printed["error"]["kind"]), (7, &json!("partly-done")));
    assert_eq!(printed["items"][1]["error"]["code"], 70107);
    let none =
        r#"{"ActionStatus":"OK","ErrorCode":0,"ErrorList":[{"To_Account":"id4","ErrorCode":"70107"}]}"#;
    let (code, printed) = home(&answers(none).url()).json(&["im", "state", "id4"]);
    assert_eq!(
        (code, &printed["error"]["kind"], &printed["error"]["code"]),
        (5, &json!("im-refused"), &json!(70107))
    );
    let fail = r#"{"ActionStatus":"FAIL","ErrorInfo":"UserID is not exist","ErrorCode":70107}"#;
    let (code, printed) = home(&answers(fail).url()).json(&["im", "state", "id4"]);
    assert_eq!((code, &printed["error"]["code"]), (5, &json!(70107)));
    assert!(printed["error"]["message"].as_str().unwrap().contains("UserID is not exist"), "{printed}");
}

#[test]
fn many_users_go_in_batches() {
    let users: Vec<String> = (0..1001).map(|number| format!("u{number}")).collect();
    let state = |request: &super::server::Received, _| {
        let asked = body(request)["To_Account"].as_array().unwrap().clone();
        let found: Vec<Value> =
            asked.into_iter().map(|user| json!({ "To_Account": user, "Status": "Online" })).collect();
        Reply::Keep(as_json(
            &json!({ "ActionStatus": "OK", "ErrorCode": 0, "QueryResult": found }).to_string(),
        ))
    };
    let server = Vendor::start(state);
    let args: Vec<&str> = ["im", "state"].into_iter().chain(users.iter().map(String::as_str)).collect();
    let (code, printed) = home(&server.url()).json(&args);
    assert_eq!((code, printed["items"].as_array().unwrap().len()), (0, 1001));
    let sizes: Vec<usize> = server
        .received()
        .iter()
        .map(|request| body(request)["To_Account"].as_array().unwrap().len())
        .collect();
    assert_eq!(sizes, [500, 500, 1]);

    let account = |request: &super::server::Received, _| {
        let asked = body(request)["CheckItem"].as_array().unwrap().clone();
        let found: Vec<Value> = asked
            .into_iter()
            .map(|item| json!({ "UserID": item["UserID"], "ResultCode": 0, "ResultInfo": "", "AccountStatus": "Imported" }))
            .collect();
        Reply::Keep(as_json(
            &json!({ "ActionStatus": "OK", "ErrorCode": 0, "ResultItem": found }).to_string(),
        ))
    };
    let server = Vendor::start(account);
    let args: Vec<&str> =
        ["im", "account"].into_iter().chain(users[..201].iter().map(String::as_str)).collect();
    let (code, printed) = home(&server.url()).json(&args);
    assert_eq!((code, printed["items"].as_array().unwrap().len()), (0, 201));
    let sizes: Vec<usize> = server
        .received()
        .iter()
        .map(|request| body(request)["CheckItem"].as_array().unwrap().len())
        .collect();
    assert_eq!(sizes, [100, 100, 1]);
    assert_eq!(target(&server.received()[0]).0, "/v4/im_open_login_svc/account_check");
}

#[test]
fn accounts_are_imported_or_not() {
    let answer = r#"{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","ResultItem":[
        {"UserID":"bob","ResultCode":0,"ResultInfo":"","AccountStatus":"NotImported"},
        {"UserID":"alice","ResultCode":0,"AccountStatus":"Imported"},
        {"UserID":"carol","ResultCode":"70169","ResultInfo":"busy"}]}"#;
    let home = home(&answers(answer).url());
    let (code, printed) = home.json(&["im", "account", "alice", "bob"]);
    assert_eq!(code, 0);
    assert_eq!(
        (&printed["items"][0]["imported"], &printed["items"][1]["imported"]),
        (&json!(true), &json!(false))
    );
    let (code, printed) = home.json(&["im", "account", "alice", "carol"]);
    assert_eq!((code, &printed["items"][1]["error"]["code"]), (7, &json!(70169)));
}

#[test]
fn check_names_each_usual_mistake_of_credentials() {
    let imported = r#"{"ActionStatus":"OK","ErrorCode":0,"ResultItem":[{"UserID":"administrator","ResultCode":0,"AccountStatus":"Imported"}]}"#;
    let server = answers(imported);
    let (code, printed) = home(&server.url()).json(&["im", "check"]);
    assert_eq!((code, &printed["valid"], &printed["error"]), (0, &json!(true), &Value::Null));
    assert_eq!(body(&server.received()[0]), json!({ "CheckItem": [{ "UserID": "administrator" }] }));
    for (number, kind) in [
        (70001, "im-credentials-refused"),
        (70003, "im-credentials-refused"),
        (70009, "im-credentials-refused"),
        (70013, "im-credentials-refused"),
        (70020, "im-credentials-refused"),
        (60006, "im-credentials-refused"),
        (60010, "im-credentials-refused"),
        (60007, "im-refused"),
        (60021, "im-refused"),
        (99_999, "im-refused"),
    ] {
        let refused = format!(r#"{{"ActionStatus":"FAIL","ErrorInfo":"no","ErrorCode":{number}}}"#);
        let server = answers(&refused);
        let home = home(&server.url());
        let (code, printed) = home.json(&["im", "check"]);
        assert_eq!(
            (code, &printed["valid"], &printed["error"]["kind"]),
            (5, &json!(false), &json!(kind)),
            "{number}"
        );
        assert_eq!(printed["error"]["code"], number);
        assert_silent(&home.run(&["im", "check"]).expect(5), &server);
    }
}

#[test]
fn a_trace_shows_every_link() {
    let answer = json!({
        "ActionStatus": "OK", "ErrorInfo": "sucess", "ErrorCode": 0,
        "InstanceTrace": [{
            "InstanceId": "1", "PushTime": "2024-01-01 10:00:00", "DeviceModel": "PHN110", "PushPlatform": 6,
            "Token": "CN_5e", "CertId": "7005", "NotificationStatus": 1,
            "IMCommitStat": { "IMStat": { "PushStatus": 1, "ErrorCode": 0, "ErrorInfo": "", "EventTime": "2024-01-01 10:00:00" } },
            "OfflinePushStat": { "ChannelStat": { "PushStatus": 2, "ErrorCode": 10000, "ErrorInfo": "Invalid Registration_id" } },
        }],
    });
    let server = answers(&answer.to_string());
    let home = home(&server.url());
    let ran = home.run(&["im", "trace", "p1"]).expect(0);
    insta::assert_snapshot!(ran.stdout, @r"
    PHN110   OPPO, certificate 7005, pushed at 2024-01-01T02:00:00Z, notification switch 1
    LINK       AT (UTC)             STATUS  ANSWER
    im-server  2024-01-01 02:00:00  1       ok
    vendor                          2       10000 Invalid Registration_id
    ");
    assert_eq!(target(&server.received()[0]).0, "/v4/timpush/normal_push_trace");
    assert_eq!(body(&server.received()[0]), json!({ "PushID": "p1" }));
    let (code, printed) = home.json(&["im", "trace", "p1"]);
    assert_eq!((code, &printed["items"][0]["certificate_id"]), (0, &json!("7005")));
    let empty = r#"{"ActionStatus":"OK","ErrorCode":0,"InstanceTrace":[]}"#;
    let (code, printed) = super::server::home(&answers(empty).url()).json(&["im", "trace", "p2"]);
    assert_eq!((code, &printed["error"]["kind"]), (4, &json!("not-found")));
}

#[test]
fn losses_are_counted_with_their_meaning() {
    let answer = json!({
        "ActionStatus": "OK", "ErrorInfo": "sucess", "ErrorCode": 0,
        "ReadyToSendLoss": [{ "ErrCode": "-2", "ErrCount": 3, "ErrInfo": "no token" }],
        "PlatformPostSendDeliveredLoss": [{ "PushPlatform": 6, "ErrCode": "10000", "ErrCount": 2, "ErrInfo": "Invalid Registration_id" }],
    });
    let server = answers(&answer.to_string());
    let home = home(&server.url());
    let ran = home.run(&["im", "loss", "--since", "2h"]).expect(0);
    assert!(ran.stdout.contains("the push was lost because the device has no token"), "{ran}");
    assert!(ran.stdout.contains("OPPO    10000  2      Invalid Registration_id"), "{ran}");
    let sent = body(&server.received()[0]);
    let span = sent["EndTime"].as_i64().unwrap() - sent["StartTime"].as_i64().unwrap();
    assert_eq!(Duration::from_secs(span.unsigned_abs()), Duration::from_secs(7200));
    let (code, printed) = home.json(&["im", "loss", "--since", "8d"]);
    assert_eq!((code, &printed["error"]["place"]), (4, &json!("--since")));
}

#[test]
fn the_tables_of_codes_are_explained_side_by_side() {
    let home = super::super::harness::Home::new();
    let (code, printed) = home.json(&["explain", "70001"]);
    assert_eq!((code, &printed["source"], &printed["name"]), (0, &json!("im"), &json!("UserSig")));
    let (_, printed) = home.json(&["explain", "16"]);
    assert_eq!(
        (&printed["source"], &printed["name"], printed.get("also")),
        (&json!("oppo"), &json!("Invalid Signature"), None)
    );
    let (_, printed) = home.json(&["explain", "-1"]);
    assert_eq!((&printed["source"], &printed["also"][0]["source"]), (&json!("oppo"), &json!("im")));
    let (_, printed) = home.json(&["explain", "-1", "--source", "im"]);
    assert_eq!((&printed["source"], printed.get("also")), (&json!("im"), None));
    let text = home.run(&["explain", "0"]).expect(0);
    assert!(text.stdout.contains("0  Success  (OPPO)") && text.stdout.contains("(IM server)"), "{text}");
    for unknown in ["9999", "60001", "99999999999999999999", "x"] {
        assert_eq!(home.json(&["explain", unknown]).0, 4, "{unknown}");
    }
    assert_eq!(home.json(&["explain", "70001", "--source", "oppo"]).0, 4);
}

#[test]
fn a_profile_without_im_settings_or_without_a_region_says_what_to_add() {
    let bare = super::super::harness::Home::with_config("[profile.demo]\nregion = \"cn\"\n");
    for args in [
        vec!["im", "check"],
        vec!["im", "usersig", "--user", "bob"],
        vec!["im", "send", "--to", "b", "--text", "t"],
    ] {
        let (code, printed) = bare.json(&args);
        assert_eq!((code, &printed["error"]["kind"]), (3, &json!("no-im-settings")), "{args:?}");
    }
    let nowhere = "[profile.demo]\nregion = \"intl\"\n[profile.demo.im]\nsdk_app_id = 1\nadmin = \"a\"\nsecret_key = { env = \"IM_KEY\" }\n";
    let home = super::super::harness::Home::with_config(nowhere).variable("IM_KEY", KEY);
    let (code, printed) = home.json(&["im", "check"]);
    assert_eq!((code, &printed["error"]["kind"]), (3, &json!("missing-key")));
    home.run(&["im", "usersig", "--user", "bob"]).expect(0);
    let unset = super::super::harness::Home::with_config(nowhere);
    let (code, printed) = unset.json(&["im", "usersig", "--user", "bob"]);
    assert_eq!((code, &printed["error"]["kind"]), (3, &json!("missing-secret")));
}
