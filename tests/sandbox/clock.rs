//! The sandbox's clock moved: what goes by it, what goes by the machine's, what is kept of it; and ids from a seed.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;

use opush::sandbox::LIMITS;
use serde_json::{Value, json};

use super::harness::{APP_KEY, MASTER_SECRET, NOW, Sandbox, register, sign, state};
use super::im::Im;

const MINUTE: i64 = 60_000;
const DAY: i64 = 86_400_000;

fn advance(sandbox: &Sandbox, by_ms: i64) -> Value {
    sandbox.control("POST", "/clock/advance", json!({ "by_ms": by_ms }))
}

fn clock(now: i64, ahead: i64) -> Value {
    json!({ "now": now, "machine": NOW, "ahead_ms": ahead })
}

#[test]
fn it_is_set_moved_on_and_put_back() {
    let sandbox = Sandbox::new();
    assert_eq!(sandbox.control("GET", "/clock", json!({})), clock(NOW, 0));
    let new_year = 1_767_225_600_000;
    let set = sandbox.control("PUT", "/clock", json!({ "now": new_year }));
    assert_eq!(set, clock(new_year, new_year - NOW));
    assert_eq!(advance(&sandbox, MINUTE), clock(new_year + MINUTE, new_year - NOW + MINUTE));
    assert_eq!(
        sandbox.control("GET", "/info", json!({}))["clock"],
        sandbox.control("GET", "/clock", json!({}))
    );
    // It runs on from where it was set.
    sandbox.move_clock(5);
    assert_eq!(sandbox.control("GET", "/clock", json!({}))["now"], new_year + MINUTE + 5);
    sandbox.move_clock(-5);
    assert_eq!(sandbox.control("DELETE", "/clock", json!({})), clock(NOW, 0));
    advance(&sandbox, MINUTE);
    sandbox.control("POST", "/reset", json!({}));
    assert_eq!(sandbox.control("GET", "/clock", json!({})), clock(NOW, 0));
}

#[test]
fn a_time_that_is_none_is_refused_and_changes_nothing() {
    let sandbox = Sandbox::new();
    for (method, path, body, id) in [
        ("PUT", "/clock", json!({ "now": -1 }), "bad-value"),
        ("PUT", "/clock", json!({ "now": 253_402_300_800_000_i64 }), "bad-value"),
        ("PUT", "/clock", json!({ "now": "2026-01-01T00:00:00Z" }), "bad-body"),
        ("PUT", "/clock", json!({}), "bad-body"),
        ("POST", "/clock/advance", json!({ "by_ms": 0 }), "bad-value"),
        ("POST", "/clock/advance", json!({ "by_ms": -1 }), "bad-value"),
        ("POST", "/clock/advance", json!({ "by_ms": i64::MAX }), "bad-value"),
        ("DELETE", "/clock", json!({ "now": 1 }), "bad-body"),
    ] {
        assert_eq!(sandbox.control(method, path, body.clone())["error"]["id"], id, "{method} {path} {body}");
    }
    assert_eq!(sandbox.control("GET", "/clock", json!({})), clock(NOW, 0));
}

#[test]
fn a_sender_goes_by_the_machines_clock_and_a_tokens_lifetime_by_the_sandboxs() {
    let sandbox = Sandbox::new();
    sandbox.control("PUT", "/clock", json!({ "now": NOW - 300 * DAY }));
    let auth = |timestamp: i64| {
        let sign = sign(timestamp, MASTER_SECRET);
        let fields = [format!("app_key={APP_KEY}"), format!("timestamp={timestamp}"), format!("sign={sign}")];
        sandbox.form("/server/v1/auth", &fields).json()
    };
    assert_eq!(auth(NOW - 300 * DAY)["code"], 19);
    let granted = auth(NOW);
    assert_eq!((&granted["code"], &granted["data"]["create_time"]), (&json!(0), &json!(NOW)));
    let token = granted["data"]["auth_token"].as_str().unwrap();
    advance(&sandbox, DAY - 1);
    assert_eq!(sandbox.unicast(token, &sandbox.message(json!({}))).code(), 0);
    advance(&sandbox, 1);
    assert_eq!(sandbox.unicast(token, &sandbox.message(json!({}))).code(), 11);
    let calls = sandbox.control("GET", "/calls", json!({}));
    assert_eq!(calls["items"][3]["at_ms"], NOW - 299 * DAY);
}

#[test]
fn ten_minutes_of_a_certificate_and_seven_days_of_a_login_pass_with_it() {
    let im = Im::new();
    let saved_at = im.sandbox.now();
    im.control(
        "PUT",
        "/im/certificates",
        json!({ "sdk_app_id": super::im::SDK_APP_ID, "certificate_id": 8, "app_id": "30001", "click": "open-app", "saved_at": saved_at }),
    );
    im.phone("login", json!({ "user": "bob", "certificate_id": 8 }));
    im.phone("kill", json!({}));
    let reason = |random: i64| {
        assert_eq!(
            im.send(json!({ "MsgRandom": random }))["ErrorCode"],
            0,
            "the UserSig goes by the machine's clock"
        );
        im.pushes().pop().unwrap()["reason"].clone()
    };
    assert_eq!(reason(1), "certificate-not-yet-active");
    advance(&im.sandbox, 10 * MINUTE);
    assert_eq!(reason(2), Value::Null);
    advance(&im.sandbox, 7 * DAY);
    assert_eq!(reason(3), "expired-7-days");
}

#[test]
fn a_kick_voids_the_user_sigs_made_before_it_wherever_the_clock_is() {
    let im = Im::new();
    im.control("PUT", "/clock", json!({ "now": NOW + 300 * DAY }));
    assert_eq!(im.post("im_open_login_svc/kick", json!({ "UserID": "administrator" }))["ErrorCode"], 0);
    assert_eq!(im.presence(json!(["bob"]))["ErrorCode"], 70052);
    im.sandbox.move_clock(1000);
    assert_eq!(im.presence(json!(["bob"]))["ErrorCode"], 0);
}

#[test]
fn what_is_due_happens_when_the_clock_gets_there_and_is_reported() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/r", listener.local_addr().unwrap());
    let sandbox = Sandbox::new();
    let token = sandbox.token();
    let push = |more: Value| {
        let reply = sandbox.unicast(&token, &sandbox.message(more)).json();
        assert_eq!(reply["code"], 0, "{reply}");
    };
    let stages = || {
        let all = sandbox.control("GET", "/messages", json!({}));
        let of =
            |message: &Value| (message["stage"].clone(), message["reason"].clone(), message["at"].clone());
        all["items"].as_array().unwrap().iter().map(of).collect::<Vec<_>>()
    };
    push(json!({ "channel_id": "chat", "show_time_type": 1, "show_start_time": NOW + 20 * MINUTE,
        "show_end_time": NOW + 30 * MINUTE, "show_ttl": 600 }));
    sandbox.control("PATCH", "/phones/phone-1", json!({ "network": "off" }));
    push(json!({ "channel_id": "chat", "off_line_ttl": 60, "call_back_url": url }));
    push(json!({ "channel_id": "chat", "off_line_ttl": 864_000, "call_back_url": url }));
    advance(&sandbox, 21 * MINUTE);
    assert_eq!(
        stages(),
        [
            (json!("shown"), Value::Null, json!(NOW + 20 * MINUTE)),
            (json!("dropped"), json!("ttl-over-while-offline"), json!(NOW + MINUTE)),
            (json!("held"), json!("waits-for-network"), json!(NOW)),
        ]
    );
    advance(&sandbox, DAY);
    sandbox.control("PATCH", "/phones/phone-1", json!({ "network": "wifi" }));
    assert_eq!(stages()[0], (json!("hidden"), Value::Null, json!(NOW + 30 * MINUTE)));
    let arrived = NOW + 21 * MINUTE + DAY;
    assert_eq!(stages()[2], (json!("shown"), Value::Null, json!(arrived)));
    // It is posted once, although the clock moves on while it is on its way.
    let (mut stream, _) = listener.accept().unwrap();
    advance(&sandbox, DAY);
    let mut request = [0; 4096];
    let length = stream.read(&mut request).unwrap();
    assert!(String::from_utf8_lossy(&request[..length]).contains("POST /r"));
    stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").unwrap();
    let receipt = || sandbox.control("GET", "/receipts", json!({}))["items"][0].clone();
    while receipt()["stage"] == "posting" {
        std::thread::yield_now();
    }
    assert_eq!((&receipt()["stage"], &receipt()["tries"]), (&json!("posted"), &json!(1)));
    assert_eq!(receipt()["event_at"], arrived);
}

/// A server on the state of this file, with phone-1.
fn on_file(path: &Path) -> Sandbox {
    let (state, clock) = state(Some(path), &[]);
    register(&state);
    Sandbox::serve(state, clock, LIMITS)
}

#[test]
fn it_is_where_it_was_after_a_restart_and_the_same_in_every_process() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sandbox.db");
    let first = on_file(&path);
    advance(&first, DAY);
    let second = on_file(&path);
    assert_eq!(second.control("GET", "/clock", json!({})), clock(NOW + DAY, DAY));
    advance(&second, DAY);
    assert_eq!(first.control("GET", "/clock", json!({})), clock(NOW + 2 * DAY, 2 * DAY));
}

/// The ids of a phone, a token, a push and a new regId.
fn ids(sandbox: &Sandbox) -> Vec<Value> {
    let phone = sandbox.control("POST", "/phones", json!({ "app_id": "30001" }));
    let message = json!({ "target_type": 2, "target_value": phone["reg_id"], "notification": { "title": "T", "content": "C" } });
    let token = sandbox.token();
    let pushed = sandbox.unicast(&token, &message).json()["data"]["messageId"].clone();
    let anew = sandbox.control("POST", "/phones/phone-1/register", json!({}))["reg_id"].clone();
    vec![phone["reg_id"].clone(), json!(token), pushed, anew]
}

#[test]
fn a_seed_makes_ids_regids_and_tokens_again_after_each_reset() {
    let seeded = |seed: u32| {
        let (state, clock) = state(None, &[]);
        register(&state);
        state.start(None, Some(seed)).unwrap();
        Sandbox::serve(state, clock, LIMITS)
    };
    let sandbox = seeded(7);
    let first = ids(&sandbox);
    assert_eq!(first.iter().map(Value::to_string).collect::<BTreeSet<_>>().len(), 4, "{first:?}");
    sandbox.control("POST", "/reset", json!({}));
    assert_eq!(ids(&sandbox), first);
    assert_eq!(ids(&seeded(7)), first);
    assert!(ids(&seeded(8)).iter().all(|id| !first.contains(id)));
}

#[test]
fn another_seed_or_the_same_on_a_file_that_has_ids_makes_none_of_them_twice() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sandbox.db");
    for seed in [Some(7), None, Some(7), Some(8)] {
        let sandbox = on_file(&path);
        sandbox.state.start(None, seed).unwrap();
        let phone = sandbox.control("POST", "/phones", json!({ "app_id": "30001" }));
        assert!(phone.get("error").is_none(), "{phone}");
    }
}

#[test]
fn a_sandbox_that_was_started_at_a_time_is_there_again_after_a_reset() {
    let sandbox = Sandbox::new();
    sandbox.state.start(Some(NOW - DAY), None).unwrap();
    assert_eq!(sandbox.control("GET", "/clock", json!({})), clock(NOW - DAY, -DAY));
    advance(&sandbox, 3 * DAY);
    sandbox.control("POST", "/reset", json!({}));
    assert_eq!(sandbox.control("GET", "/clock", json!({})), clock(NOW - DAY, -DAY));
    // Started without one, it stays where it is, and a reset lets it follow.
    sandbox.state.start(None, None).unwrap();
    assert_eq!(sandbox.control("GET", "/clock", json!({})), clock(NOW - DAY, -DAY));
    sandbox.control("POST", "/reset", json!({}));
    assert_eq!(sandbox.control("GET", "/clock", json!({})), clock(NOW, 0));
}
