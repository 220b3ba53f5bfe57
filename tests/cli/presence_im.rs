//! `presence explain` and `send --user` where the profile has an IM server: its answer decides for the devices of each platform.

use serde_json::{Value, json};

use crate::harness::Home;
use crate::vendor::{Reply, Vendor, json as answer};

const KEY: &str = "an-im-secret-key";

/// A home of bob's phone and pad, whose IM server gives this result for him.
fn home(result: &Value) -> (Home, Vendor) {
    let body = result.to_string();
    let server = Vendor::start(move |_, _| Reply::Keep(answer(&body)));
    (at(&server.url()), server)
}

fn at(url: &str) -> Home {
    let config = format!(
        "[profile.demo]\nregion = \"cn\"\nmulti_device = \"several\"\n[profile.demo.im]\nsdk_app_id = 1400000001\n\
         admin = \"administrator\"\nsecret_key = {{ env = \"IM_KEY\" }}\nendpoint = {url:?}\n\
         [[profile.demo.certificate]]\nid = 7005\napp_id = \"30001\"\napp_key = \"k\"\nmaster_secret = {{ env = \"NOT_SET\" }}\n\
         channel_id = \"tuikit\"\n"
    );
    let home = Home::with_config(&config).variable("IM_KEY", KEY);
    for (device, hex) in [("pad", "1"), ("phone", "2")] {
        let reg_id = format!("CN_{}", hex.repeat(32));
        let report = ["token", "report", "--user", "bob", "--device", device, "--reg-id", &reg_id];
        home.run(&report).expect(0);
    }
    home
}

fn said(status: &str, detail: &[(&str, &str)]) -> Value {
    let detail: Vec<Value> =
        detail.iter().map(|(platform, status)| json!({ "Platform": platform, "Status": status })).collect();
    json!({
        "ActionStatus": "OK", "ErrorInfo": "", "ErrorCode": 0,
        "QueryResult": [{ "To_Account": "bob", "Status": status, "Detail": detail }],
    })
}

const EXPLAIN: [&str; 4] = ["presence", "explain", "--user", "bob"];

fn decisions(value: &Value) -> Vec<(&str, &str)> {
    let items = value["items"].as_array().unwrap().iter();
    items.map(|item| (text_of(&item["device"]), text_of(&item["decision"]))).collect()
}

fn text_of(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[test]
fn the_phones_state_decides_although_the_user_is_online_on_the_web() {
    let (home, server) = home(&said("Online", &[("Android", "PushOnline"), ("Web", "Online")]));
    let (code, value) = home.json(&EXPLAIN);
    assert_eq!(code, 0);
    assert_eq!(decisions(&value), [("pad", "push"), ("phone", "push")]);
    assert_eq!(
        value["im"],
        json!({
            "rest": "Online", "sdk": "ONLINE", "used": "counts", "by_hand": [],
            "terminals": [
                { "platform": "Android", "rest": "PushOnline", "sdk": "OFFLINE" },
                { "platform": "Web", "rest": "Online", "sdk": "ONLINE" },
            ],
        })
    );
    assert_eq!(value["items"][0]["presence"]["told_by"], "im-server");
    assert_eq!(server.received().len(), 1);
    let text = home.run(&EXPLAIN).expect(0).stdout;
    let head: Vec<&str> = text.lines().take(3).collect();
    assert_eq!(
        head,
        [
            "IM server  bob is Online (REST) / ONLINE (SDK)",
            "           on Android PushOnline (REST) / OFFLINE (SDK)",
            "           on Web Online (REST) / ONLINE (SDK)",
        ]
    );
}

#[test]
fn on_the_web_alone_the_phone_is_logged_out() {
    let (home, _server) = home(&said("Online", &[("Web", "Online")]));
    let (_, value) = home.json(&EXPLAIN);
    assert_eq!(decisions(&value), [("pad", "logged-out"), ("phone", "logged-out")]);
    let seen = &value["items"][1]["presence"];
    assert_eq!((&seen["state"], &seen["since"]), (&json!("not-logged-in"), &json!(null)), "{seen}");
    assert_eq!((&seen["source"], seen["seen_at"].is_string()), (&json!("im-server"), true), "{seen}");
    let ground = text_of(&value["items"][1]["ground"]);
    assert!(
        ground.contains("is not logged in, as the IM server said at") && !ground.contains("logged out"),
        "{ground}"
    );
}

#[test]
fn the_servers_answer_counts_against_what_was_told_by_hand() {
    let (home, _server) = home(&said("Offline", &[]));
    home.run(&["presence", "set", "--user", "bob", "--device", "pad", "killed"]).expect(0);
    let (_, value) = home.json(&EXPLAIN);
    assert_eq!(decisions(&value), [("pad", "logged-out"), ("phone", "logged-out")]);
    assert_eq!((&value["im"]["used"], &value["im"]["by_hand"]), (&json!("counts"), &json!(["pad"])));
    home.run(&["presence", "set", "--user", "bob", "--device", "pad", "killed"]).expect(0);
    let text = home.run(&EXPLAIN).expect(0).stdout;
    assert!(text.contains("device pad: killed was set by hand; the IM server's answer counts"), "{text}");
    // A kick set by hand says why it is so, and agrees.
    home.run(&["presence", "set", "--user", "bob", "kicked"]).expect(0);
    let (_, value) = home.json(&EXPLAIN);
    assert_eq!(decisions(&value), [("pad", "kicked"), ("phone", "kicked")]);
    assert_eq!(value["im"]["by_hand"], json!([]));
}

/// Seven days after the connection ended the login has ended by itself; nobody logged out.
#[test]
fn an_expiry_is_not_a_logout() {
    let (home, _server) = home(&said("Offline", &[]));
    home.run(&["presence", "set", "--user", "bob", "killed"]).expect(0);
    let state = home.state_home().join("state.db");
    let old = "UPDATE presence SET disconnected_at = disconnected_at - 700000000, since = since - 700000000";
    rusqlite::Connection::open(state).unwrap().execute_batch(old).unwrap();
    let (_, value) = home.json(&EXPLAIN);
    assert_eq!(decisions(&value), [("pad", "expired-7-days"), ("phone", "expired-7-days")]);
    let seen = &value["items"][0]["presence"];
    assert_eq!((&seen["state"], &seen["source"]), (&json!("expired-7-days"), &json!("derived")), "{seen}");
}

#[test]
fn a_user_unknown_to_the_server_is_a_warning() {
    let in_list = json!({
        "ActionStatus": "OK", "ErrorInfo": "", "ErrorCode": 0, "QueryResult": [],
        "ErrorList": [{ "To_Account": "bob", "ErrorCode": 70107 }],
    });
    let of_all = json!({ "ActionStatus": "FAIL", "ErrorInfo": "no user", "ErrorCode": 70107 });
    for result in [in_list, of_all] {
        let (home, _server) = home(&result);
        let (code, value) = home.json(&EXPLAIN);
        assert_eq!((code, decisions(&value)), (0, vec![("pad", "push"), ("phone", "push")]));
        let message = value["warnings"][0]["message"].as_str().unwrap();
        assert_eq!(message, "the IM server knows no user bob; using the presence stored on this machine");
        assert_eq!((&value["im"]["rest"], &value["im"]["used"]), (&json!(null), &json!("unknown")));
        let ran = home.run(&EXPLAIN).expect(0);
        assert!(ran.stderr.contains("opush im account bob"), "{ran}");
    }
}

#[test]
fn a_server_that_does_not_answer_is_a_warning() {
    let closed = "127.0.0.1:9";
    let refused = json!({ "ActionStatus": "FAIL", "ErrorInfo": "sig", "ErrorCode": 70003 });
    let (wrong_key, _server) = home(&refused);
    let odd = said("Dancing", &[]);
    let (odd, _other) = home(&odd);
    for (home, warned) in [(at(&format!("http://{closed}")), true), (wrong_key, true), (odd, false)] {
        let (code, value) = home.json(&EXPLAIN);
        assert_eq!((code, decisions(&value)), (0, vec![("pad", "push"), ("phone", "push")]), "{value}");
        let warnings = value["warnings"].as_array().unwrap();
        assert_eq!(!warnings.is_empty(), warned, "{value}");
        assert_eq!(value["im"].is_null(), warned, "{value}");
        let ran = home.run(&EXPLAIN).expect(0);
        assert_eq!(ran.stderr.contains("could not be asked about bob"), warned, "{ran}");
        assert!(!ran.to_string().contains(KEY));
    }
}

/// Each "no" of the rule about a message, which no presence and no report can bring about.
#[test]
fn flags_set_the_kind_of_message() {
    let home = Home::with_config("[profile.demo]\nregion = \"cn\"\n");
    home.run(&["presence", "set", "--user", "bob", "killed"]).expect(0);
    let explain = |more: &[&str]| {
        let all: Vec<&str> = EXPLAIN.iter().chain(more).copied().collect();
        let (code, value) = home.json(&all);
        assert_eq!(code, 0, "{value}");
        value["items"][0]["decision"].as_str().unwrap().to_owned()
    };
    for (flags, decision) in [
        (&["--push-flag", "1"][..], "push-disabled-by-sender"),
        (&["--push-flag", "1", "--force"], "push-disabled-by-sender"),
        (&["--online-only"], "push-disabled-by-sender"),
        (&["--life-time", "0s"], "push-disabled-by-sender"),
        (&["--custom-only"], "nothing-to-show"),
        (&["--custom-only", "--online-only"], "push-disabled-by-sender"),
        (&["--muted"], "muted"),
        (&["--muted", "--force"], "muted"),
        (&["--push-flag", "0", "--life-time", "7d"], "no-report"),
        (&[], "no-report"),
    ] {
        assert_eq!(explain(flags), decision, "{flags:?}");
    }
    for (flags, place) in [(["--push-flag", "2"], "--push-flag"), (["--life-time", "7"], "--life-time")] {
        let all: Vec<&str> = EXPLAIN.iter().chain(&flags).copied().collect();
        let (code, value) = home.json(&all);
        assert_eq!((code, &value["error"]["place"]), (2, &json!(place)));
    }
    let (code, value) = home.json(&["presence", "explain", "--user", &"u".repeat(33)]);
    assert_eq!((code, &value["error"]["kind"]), (4, &json!("too-long")));
}
