//! The IM server over a raw socket, with UserSigs made here by hand: from the import of an account to the phone's extras.
//! The table of refusals is im_rows.rs.

use std::io::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use hmac::{Hmac, KeyInit, Mac};
use opush::sandbox::im::{self, Certificate, Click, ImApp};
use serde_json::{Value, json};
use sha2::Sha256;

use super::harness::{APP_ID, Sandbox};

pub const SDK_APP_ID: i64 = 1_400_000_001;
/// The invented key of the reference's vectors.
pub const KEY: &str = "opush-demo-secret-key-not-a-real-one-0000000000000000000000000000";
const ADMIN: &str = "administrator";
const PYTHON: &str = "eJyrVgrxCdYrSy1SslJQMtIzUNJRAItkpqTmlWSmZUIkElNyM-Myi0uKEkvyi2BKilOyEwsKMlOACgxNDCDAECqXWlGQWZQKlLEwA0pBBUsyc0FChuZQxTDx4sx0kCUmhuZeRmVOzkE5hhHuntkmhaZ5JS5BfrlGnjleHuYpIa6ZpgHJFgYlBqXltkq1ACECNHA_";
const NODE: &str = "eJw1yssKwjAUBNB-uWspSUhNCbjxgbaISO3CbTFRLm1iTGIVxH8Xmjq7OTMfaPanbNAeJLCMwGzsqLSNeMWRW2XQYoi*jXc-HYLqWudQgaScpNC0RDQaJBWTkqT67dBrkMWc-yngDSRwKio2LFd1T8-bsuOP3MZ1fTCs7KudUM0G8*OlIJE8Xwv4-gCP-zMQ";

/// A sandbox with an IM app, its certificate 7 for the OPPO app, and the users alice and bob.
pub struct Im {
    pub sandbox: Sandbox,
}

/// One REST call.
pub struct Call<'a> {
    pub method: &'a str,
    pub command: &'a str,
    pub query: Option<String>,
    pub body: String,
}

impl Im {
    pub fn new() -> Im {
        Im::with_rules(&[])
    }

    pub fn with_rules(rules: &[String]) -> Im {
        let sandbox = Sandbox::with_rules(rules);
        let app = ImApp { sdk_app_id: SDK_APP_ID, admin: ADMIN.into(), secret_key: KEY.into() };
        let certificate = Certificate {
            sdk_app_id: SDK_APP_ID,
            certificate_id: 7,
            app_id: APP_ID.into(),
            channel_id: Some("chat".into()),
            click: Click::OpenApp,
            saved_at: None,
        };
        let state = &sandbox.state;
        state.with(|tx| im::set_up(state.moment(tx), &app, &[certificate])).unwrap();
        let im = Im { sandbox };
        let users = json!({ "Accounts": ["alice", "bob"] });
        assert_eq!(im.post("im_open_login_svc/multiaccount_import", users)["ErrorCode"], 0);
        // The call rate counts by the second: the rows begin in one of their own.
        im.sandbox.move_clock(1000);
        im
    }

    fn seconds(&self) -> i64 {
        self.sandbox.now().div_euclid(1000)
    }

    /// The admin's UserSig of now.
    pub fn sig(&self) -> String {
        user_sig(SDK_APP_ID, ADMIN, self.seconds(), 86_400, None, KEY)
    }

    /// `${sig}` and its broken kin, `${x*50}`.
    pub fn fill(&self, text: &str) -> String {
        let now = self.seconds();
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, from)) = rest.split_once("${") {
            let (name, after) = from.split_once('}').unwrap();
            filled.push_str(before);
            filled.push_str(&match name {
                "sig" => self.sig(),
                "other_app" => user_sig(1_400_000_002, ADMIN, now, 86_400, None, KEY),
                "other_user" => user_sig(SDK_APP_ID, "alice", now, 86_400, None, KEY),
                "other_key" => user_sig(SDK_APP_ID, ADMIN, now, 86_400, None, &KEY.to_uppercase()),
                "expired" => user_sig(SDK_APP_ID, ADMIN, now - 61, 60, None, KEY),
                "last_second" => user_sig(SDK_APP_ID, ADMIN, now - 60, 60, None, KEY),
                "future" => user_sig(SDK_APP_ID, ADMIN, now + 1, 60, None, KEY),
                "user_buf" => user_sig(SDK_APP_ID, ADMIN, now, 86_400, Some("YWJj"), KEY),
                "truncated" => self.sig()[..60].to_owned(),
                "standard_base64" => self.sig().replace('*', "%2B").replace('-', "/").replace('_', "%3D"),
                _ => match name.split_once('*') {
                    Some(("item", times)) => r#",{"UserID":"a"}"#.repeat(times.parse().unwrap()),
                    Some((what, times)) => what.repeat(times.parse().unwrap()),
                    None => panic!("no placeholder {name}"),
                },
            });
            rest = after;
        }
        filled + rest
    }

    /// A plain message to bob with these members over it.
    pub fn message(&self, many: bool, members: &Value) -> String {
        let to = if many { json!(["bob"]) } else { json!("bob") };
        let mut body = json!({
            "SyncOtherMachine": 2, "From_Account": "alice", "To_Account": to, "MsgRandom": 7,
            "MsgBody": [{ "MsgType": "TIMTextElem", "MsgContent": { "Text": "hi" } }],
        });
        for (name, value) in members.as_object().unwrap() {
            if value.is_null() {
                body.as_object_mut().unwrap().remove(name);
            } else {
                body[name] = value.clone();
            }
        }
        body.to_string()
    }

    pub fn call(&self, call: &Call<'_>) -> Value {
        let query = call.query.clone().unwrap_or_else(|| {
            let sig = self.sig();
            format!("sdkappid={SDK_APP_ID}&identifier={ADMIN}&usersig={sig}&random=99&contenttype=json")
        });
        let path = format!("/v4/{}?{query}", call.command);
        let headers = ["Content-Type: application/json".to_owned()];
        let reply = self.sandbox.send(call.method, &path, &headers, call.body.as_bytes());
        assert_eq!(reply.status, 200);
        let answer = reply.json();
        for field in ["ActionStatus", "ErrorInfo", "ErrorCode"] {
            assert!(answer.get(field).is_some(), "{answer}");
        }
        answer
    }

    pub fn post(&self, command: &str, body: Value) -> Value {
        self.call(&Call { method: "POST", command, query: None, body: body.to_string() })
    }

    pub fn send(&self, members: Value) -> Value {
        let body = self.message(false, &members);
        self.call(&Call { method: "POST", command: "openim/sendmsg", query: None, body })
    }

    /// The control API, spoken by hand.
    pub fn control(&self, method: &str, path: &str, body: Value) -> Value {
        self.sandbox.control(method, path, body)
    }

    pub fn phone(&self, how: &str, body: Value) -> Value {
        let answer = self.control("POST", &format!("/phones/phone-1/{how}"), body);
        assert!(answer.get("error").is_none(), "{answer}");
        answer
    }

    pub fn pushes(&self) -> Vec<Value> {
        self.control("GET", "/pushes", json!({}))["items"].as_array().unwrap().clone()
    }

    pub fn presence(&self, users: Value) -> Value {
        self.post("openim/query_online_status", json!({ "IsNeedDetail": 1, "To_Account": users }))
    }
}

pub fn user_sig(app: i64, user: &str, time: i64, expire: i64, user_buf: Option<&str>, key: &str) -> String {
    let mut base =
        format!("TLS.identifier:{user}\nTLS.sdkappid:{app}\nTLS.time:{time}\nTLS.expire:{expire}\n");
    let mut object = json!({
        "TLS.ver": "2.0", "TLS.identifier": user, "TLS.sdkappid": app, "TLS.expire": expire, "TLS.time": time,
    });
    if let Some(user_buf) = user_buf {
        base.push_str(&format!("TLS.userbuf:{user_buf}\n"));
        object["TLS.userbuf"] = user_buf.into();
    }
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
    mac.update(base.as_bytes());
    object["TLS.sig"] = STANDARD.encode(mac.finalize().into_bytes()).into();
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::none());
    packed.write_all(object.to_string().as_bytes()).unwrap();
    STANDARD.encode(packed.finish().unwrap()).replace('+', "*").replace('/', "-").replace('=', "_")
}

#[test]
fn the_libraries_user_sigs_are_taken_while_they_last() {
    // The sandbox's clock stands at 1700000001 by now; these were made at 1700000000 for a day.
    for sig in [PYTHON.to_owned(), NODE.to_owned(), NODE.replace('*', "%2A")] {
        let im = Im::new();
        let query =
            format!("sdkappid={SDK_APP_ID}&identifier={ADMIN}&usersig={sig}&random=1&contenttype=json");
        let code = |im: &Im| {
            let body = json!({ "CheckItem": [{ "UserID": "bob" }] }).to_string();
            let command = "im_open_login_svc/account_check";
            im.call(&Call { method: "POST", command, query: Some(query.clone()), body })["ErrorCode"].clone()
        };
        assert_eq!(code(&im), 0);
        im.sandbox.move_clock(86_398_999);
        assert_eq!((im.seconds(), code(&im)), (1_700_086_400, json!(0)));
        im.sandbox.move_clock(1000);
        assert_eq!(code(&im), 70001);
        im.sandbox.move_clock(-86_403_000);
        assert_eq!(code(&im), 0);
    }
}

#[test]
fn a_message_ends_on_a_phone_with_a_killed_app() {
    let im = Im::new();
    assert_eq!(
        im.presence(json!(["bob"]))["QueryResult"],
        json!([{ "To_Account": "bob", "Status": "Offline" }])
    );
    let session = im.phone("login", json!({ "user": "bob" }))["session"].clone();
    assert_eq!((&session["state"], &session["certificate_id"]), (&json!("online-foreground"), &json!(7)));
    let answer = im.send(json!({ "MsgRandom": 1 }));
    assert_eq!((&answer["ActionStatus"], &answer["MsgTime"]), (&json!("OK"), &json!(1_700_000_001)));
    assert!(answer["MsgKey"].as_str().unwrap().ends_with("_1_1700000001"));
    assert_eq!(im.pushes()[0]["reason"], "online");

    let session = im.phone("kill", json!({}))["session"].clone();
    assert_eq!((&session["rest_state"], &session["sdk_state"]), (&json!("PushOnline"), &json!("OFFLINE")));
    assert_eq!(
        im.presence(json!(["bob", "nobody"])),
        json!({
            "ActionStatus": "OK", "ErrorInfo": "", "ErrorCode": 0,
            "QueryResult": [{ "To_Account": "bob", "Status": "PushOnline",
                "Detail": [{ "Platform": "Android", "Status": "PushOnline" }] }],
            "ErrorList": [{ "To_Account": "nobody", "ErrorCode": 70107 }],
        })
    );
    let info = json!({ "Title": "Alice", "Desc": "see you at 8?", "Ext": r#"{"extKey":"ext content","n":{"a":1}}"# });
    let more = json!({ "MsgRandom": 2, "OfflinePushInfo": info });
    assert_eq!(im.send(more.clone())["ErrorCode"], 0);
    let push = im.pushes().pop().unwrap();
    assert_eq!(
        (&push["decision"], &push["reason"], &push["oppo_code"]),
        (&json!("push"), &Value::Null, &json!(0))
    );
    let shown = im.control("GET", "/phones/phone-1", json!({}))["notifications"][0].clone();
    assert_eq!(shown["message_id"], push["message_id"]);
    assert_eq!((&shown["title"], &shown["channel_id"]), (&json!("Alice"), &json!("chat")));
    let tap = im.phone("tap", json!({}));
    assert_eq!(tap["extras"], json!({ "extKey": "ext content", "n": r#"{"a":1}"# }));

    // A repeat within the second is the same message; a second later it is another.
    assert_eq!(im.send(more.clone())["ErrorCode"], 0);
    assert_eq!(im.pushes().len(), 2);
    im.sandbox.move_clock(1000);
    im.send(more);
    assert_eq!(im.pushes().len(), 3);

    im.phone("logout", json!({}));
    im.send(json!({ "MsgRandom": 3 }));
    let push = im.pushes().pop().unwrap();
    assert_eq!((&push["decision"], &push["reason"]), (&json!("no-push"), &json!("logged-out")));
    assert!(push["message_id"].is_null());
}

#[test]
fn after_400_seconds_without_network_the_user_is_push_online() {
    let im = Im::new();
    im.phone("login", json!({ "user": "bob" }));
    im.control("PATCH", "/phones/phone-1", json!({ "network": "off" }));
    let status = |im: &Im| im.presence(json!(["bob"]))["QueryResult"][0]["Status"].clone();
    im.sandbox.move_clock(399_999);
    assert_eq!(status(&im), "Online");
    im.sandbox.move_clock(1);
    assert_eq!(status(&im), "PushOnline");
    // OPPO takes the push and keeps it until the phone is back.
    im.send(json!({}));
    assert_eq!(im.pushes()[0]["reason"], Value::Null);
    let detail = im.control("GET", "/phones/phone-1", json!({}));
    assert_eq!(detail["held"][0]["reason"], "waits-for-network");
    let phone = im.control("PATCH", "/phones/phone-1", json!({ "network": "wifi" }));
    assert_eq!((&phone["session"]["state"], &phone["shown"]), (&json!("online-foreground"), &json!(1)));
}

#[test]
fn a_kick_ends_logins_and_user_sigs() {
    for (rules, state, code) in [
        (&[][..], "Offline", 70052),
        (&["im-kick-same-second=no", "im-state-after-kick=PushOnline"], "PushOnline", 0),
    ] {
        let im = Im::with_rules(&rules.iter().map(ToString::to_string).collect::<Vec<_>>());
        im.phone("login", json!({ "user": "bob" }));
        assert_eq!(im.post("im_open_login_svc/kick", json!({ "Identifier": "bob" }))["ErrorCode"], 0);
        assert_eq!(im.presence(json!(["bob"]))["QueryResult"][0]["Status"], state);
        im.send(json!({}));
        assert_eq!(im.pushes()[0]["reason"], "kicked");
        // The administrator kicks itself: its UserSigs are void, until it makes a new one.
        let sig = im.sig();
        let query =
            format!("sdkappid={SDK_APP_ID}&identifier={ADMIN}&usersig={sig}&random=1&contenttype=json");
        let old = |im: &Im| {
            let (command, body) = ("openim/querystate", json!({ "To_Account": ["bob"] }).to_string());
            im.call(&Call { method: "POST", command, query: Some(query.clone()), body })["ErrorCode"].clone()
        };
        assert_eq!(old(&im), 0);
        assert_eq!(im.post("im_open_login_svc/kick", json!({ "UserID": ADMIN }))["ErrorCode"], 0);
        assert_eq!(old(&im), code);
        im.sandbox.move_clock(1000);
        assert_eq!(im.presence(json!(["bob"]))["ErrorCode"], 0);
        assert_eq!(old(&im), code);
    }
}

#[test]
fn many_receivers_fail_in_part() {
    let im = Im::new();
    let send = |im: &Im, to: Value| {
        let body = im.message(true, &json!({ "To_Account": to }));
        im.call(&Call { method: "POST", command: "openim/batchsendmsg", query: None, body })
    };
    let answer = send(&im, json!(["alice", "bob"]));
    assert_eq!((&answer["ActionStatus"], answer.get("ErrorList")), (&json!("OK"), None));
    let answer = send(&im, json!(["bob", "nobody"]));
    assert_eq!((&answer["ActionStatus"], &answer["ErrorCode"]), (&json!("SomeError"), &json!(0)));
    assert_eq!(answer["ErrorList"], json!([{ "To_Account": "nobody", "ErrorCode": 70107 }]));
    assert_eq!(send(&im, json!(["nobody"]))["ActionStatus"], "FAIL");
}

#[test]
fn accounts_are_imported_and_checked() {
    let im = Im::new();
    let answer =
        im.post("im_open_login_svc/multiaccount_import", json!({ "Accounts": ["carol", "", "dave"] }));
    assert_eq!((&answer["ErrorCode"], &answer["FailAccounts"]), (&json!(0), &json!([""])));
    let items = json!([{ "UserID": "carol" }, { "UserID": "erin" }]);
    let answer = im.post("im_open_login_svc/account_check", json!({ "CheckItem": items }));
    let status: Vec<&Value> =
        answer["ResultItem"].as_array().unwrap().iter().map(|item| &item["AccountStatus"]).collect();
    assert_eq!(status, ["Imported", "NotImported"]);
}

#[test]
fn the_presence_field_is_a_rule() {
    let im = Im::with_rules(&["im-status-field=State".into()]);
    assert_eq!(
        im.presence(json!(["bob"]))["QueryResult"],
        json!([{ "To_Account": "bob", "State": "Offline" }])
    );
}

#[test]
fn trace_and_loss_show_what_was_pushed() {
    let im = Im::new();
    im.phone("login", json!({ "user": "bob", "report": false }));
    im.phone("kill", json!({}));
    im.send(json!({ "MsgRandom": 1 }));
    im.phone("open", json!({}));
    im.phone("report", json!({}));
    im.phone("kill", json!({}));
    im.send(json!({ "MsgRandom": 2 }));
    im.phone("open", json!({}));
    im.phone("report", json!({ "certificate_id": 7 }));
    im.phone("kill", json!({}));
    im.send(json!({ "MsgRandom": 3 }));
    let reasons: Vec<Value> = im.pushes().iter().map(|push| push["reason"].clone()).collect();
    assert_eq!(reasons, [json!("no-report"), json!("certificate-missing"), Value::Null]);

    let window = json!({ "StartTime": 1_700_000_000, "EndTime": 1_700_000_002 });
    let answer = im.post("timpush/normal_push_loss", window);
    let lost: Vec<(&Value, &Value)> = answer["ReadyToSendLoss"]
        .as_array()
        .unwrap()
        .iter()
        .map(|loss| (&loss["ErrCode"], &loss["ErrCount"]))
        .collect();
    assert_eq!(lost, [(&json!("-2"), &json!(1)), (&json!("-1"), &json!(1))]);
    assert_eq!(answer["PlatformReadyToSendLoss"][0]["PushPlatform"], 6);
    assert_eq!(answer["PostSendDeliveredLoss"], json!([]));

    im.phone("tap", json!({}));
    let push = im.pushes().pop().unwrap();
    let trace = im.post("timpush/normal_push_trace", json!({ "PushID": push["push_id"] }));
    let instance = &trace["InstanceTrace"][0];
    assert_eq!((&instance["CertId"], &instance["PushTime"]), (&json!("7"), &json!("2023-11-15 06:13:21")));
    assert_eq!(instance["Token"], im.sandbox.reg_id);
    for link in ["ChannelStat", "DeviceStat", "ClickStat"] {
        assert_eq!(instance["OfflinePushStat"][link]["PushStatus"], 1, "{link}: {instance}");
    }
    assert_eq!(
        im.post("timpush/normal_push_trace", json!({ "PushID": "other" }))["InstanceTrace"],
        json!([])
    );
}

#[test]
fn secrets_are_not_in_the_log_of_calls() {
    let im = Im::new();
    im.send(json!({}));
    let log = serde_json::to_string(&im.sandbox.calls()).unwrap();
    assert!(log.contains("usersig=***") && !log.contains(&im.sig()) && !log.contains(KEY));
}

#[test]
fn other_paths_under_v4_answer_in_the_im_servers_form() {
    let im = Im::new();
    for command in ["all_member_push/im_push", "openim/unknown", "timpush/push"] {
        assert_eq!(im.post(command, json!({}))["ErrorCode"], 60009);
    }
    // The control API's side of it: a phone's refusals have names.
    let refused = im.control("POST", "/phones/phone-1/kill", json!({}));
    assert_eq!(refused["error"]["id"], "not-logged-in");
    assert_eq!(im.control("DELETE", "/im/certificates/1400000001/7", json!({})), json!({}));
    assert_eq!(im.control("GET", "/im/certificates", json!({}))["items"], json!([]));
}
