//! What the IM server posts to the app's webhook, to a listener read by hand: presence, and the life of a push.

use serde_json::{Value, json};

use super::faults::set;
use super::im::{Im, SDK_APP_ID};
use super::listener::{Listener, PATIENCE};
use opush::sandbox::faults::NewFault;

const OK: &[Option<&str>] = &[Some("200 OK")];

/// An IM server that posts to this listener, and a second phone.
fn with(rules: &[String]) -> (Im, Listener) {
    let im = Im::with_rules(rules);
    let listener = Listener::answering(OK);
    im.control("PUT", "/im/webhook", json!({ "url": listener.url() }));
    im.control(
        "POST",
        "/phones",
        json!({ "app_id": super::harness::APP_ID, "name": "second", "channel_id": "chat" }),
    );
    (im, listener)
}

/// The next change of presence: user, action and reason.
fn change(listener: &Listener) -> (String, String, String, usize) {
    let posted = listener.next();
    assert_eq!(posted.body["CallbackCommand"], "State.StateChange", "{posted:?}");
    let info = &posted.body["Info"];
    let text = |name: &str| info[name].as_str().unwrap().to_owned();
    let kicked = posted.body["KickedDevice"].as_array().map_or(0, Vec::len);
    (text("To_Account"), text("Action"), text("Reason"), kicked)
}

fn told(user: &str, action: &str, reason: &str, kicked: usize) -> (String, String, String, usize) {
    (user.into(), action.into(), reason.into(), kicked)
}

fn on(im: &Im, phone: &str, how: &str, body: Value) {
    let answer = im.control("POST", &format!("/phones/{phone}/{how}"), body);
    assert!(answer.get("error").is_none(), "{answer}");
}

fn network(im: &Im, word: &str) {
    im.control("PATCH", "/phones/phone-1", json!({ "network": word }));
}

/// Waits until nothing is on its way; the list as the control API gives it.
fn callbacks(im: &Im) -> Vec<Value> {
    let began = std::time::Instant::now();
    loop {
        let list = im.control("GET", "/im/callbacks", json!({}))["items"].as_array().unwrap().clone();
        let now = im.sandbox.now();
        let waits = |one: &Value| {
            one["stage"] == "posting" || one["stage"] == "waiting" && one["due_at"].as_i64().unwrap() <= now
        };
        if !list.iter().any(waits) {
            return list;
        }
        assert!(began.elapsed() < PATIENCE, "{list:?}");
        std::thread::yield_now();
    }
}

#[test]
fn presence_is_posted_as_it_changes() {
    let (im, listener) = with(&[]);
    im.phone("login", json!({ "user": "bob" }));
    let first = listener.next();
    let target = first.head.lines().next().unwrap().to_owned();
    let query = format!(
        "SdkAppid={SDK_APP_ID}&CallbackCommand=State.StateChange&contenttype=json&ClientIP=127.0.0.1&OptPlatform=Android"
    );
    assert_eq!(target, format!("POST /r/secret?{query} HTTP/1.1"));
    assert!(first.head.to_ascii_lowercase().contains("content-type: application/json"), "{}", first.head);
    assert_eq!(
        first.body,
        json!({
            "CallbackCommand": "State.StateChange", "EventTime": im.sandbox.now(),
            "Info": { "Action": "Login", "To_Account": "bob", "Reason": "Register" },
        })
    );
    im.phone("kill", json!({}));
    assert_eq!(change(&listener), told("bob", "Disconnect", "LinkClose", 0));
    im.phone("open", json!({}));
    assert_eq!(change(&listener), told("bob", "Login", "Register", 0));
    // The phone before is kicked: one callback tells both.
    on(&im, "second", "login", json!({ "user": "bob" }));
    assert_eq!(change(&listener), told("bob", "Login", "Register", 1));
    on(&im, "second", "login", json!({ "user": "alice" }));
    assert_eq!(change(&listener), told("bob", "Logout", "Unregister", 0));
    assert_eq!(change(&listener), told("alice", "Login", "Register", 0));
    on(&im, "second", "logout", json!({}));
    assert_eq!(change(&listener), told("alice", "Logout", "Unregister", 0));
    // Nothing of apps that come and go out of sight.
    im.phone("login", json!({ "user": "bob" }));
    im.phone("background", json!({ "do_background": true }));
    im.phone("open", json!({}));
    assert_eq!(callbacks(&im).len(), 8);
}

#[test]
fn a_lost_connection_is_told_when_the_server_notices() {
    let (im, listener) = with(&[]);
    im.phone("login", json!({ "user": "bob" }));
    assert_eq!(change(&listener), told("bob", "Login", "Register", 0));
    // Back in time: nothing was noticed.
    network(&im, "off");
    im.sandbox.move_clock(399_000);
    network(&im, "wifi");
    assert_eq!(change(&listener), told("bob", "Login", "Register", 0));
    network(&im, "off");
    assert_eq!(callbacks(&im).last().unwrap()["stage"], "waiting");
    let lost = im.sandbox.now();
    im.sandbox.move_clock(399_999);
    assert_eq!(callbacks(&im).last().unwrap()["stage"], "waiting");
    im.sandbox.move_clock(1);
    let posted = listener.next();
    assert_eq!(
        (&posted.body["Info"]["Reason"], &posted.body["EventTime"]),
        (&json!("TimeOut"), &json!(lost + 400_000))
    );
    // `elapse` has it noticed at once.
    network(&im, "wifi");
    assert_eq!(change(&listener), told("bob", "Login", "Register", 0));
    network(&im, "off");
    im.phone("elapse", json!({ "by_ms": 600_000 }));
    assert_eq!(change(&listener), told("bob", "Disconnect", "TimeOut", 0));
}

/// Rules im-kick-callback and im-kicked-logout.
#[test]
fn a_kick_is_told_as_the_rules_say() {
    let kick = json!({ "Identifier": "bob" });
    for (rule, more) in [("im-kick-callback=logout", 1), ("im-kick-callback=none", 0)] {
        let (im, listener) = with(&[rule.into()]);
        im.phone("login", json!({ "user": "bob" }));
        change(&listener);
        assert_eq!(im.post("im_open_login_svc/kick", kick.clone())["ErrorCode"], 0);
        if more == 1 {
            let posted = listener.next();
            assert!(posted.head.contains("OptPlatform=RESTAPI "), "{}", posted.head);
            assert_eq!(posted.body["Info"]["Action"], "Logout");
        }
        assert_eq!(callbacks(&im).len(), 1 + more, "{rule}");
    }
    let (im, listener) = with(&["im-kicked-logout=yes".into()]);
    im.phone("login", json!({ "user": "bob" }));
    on(&im, "second", "login", json!({ "user": "bob" }));
    let all = [
        told("bob", "Login", "Register", 0),
        told("bob", "Login", "Register", 1),
        told("bob", "Logout", "Unregister", 0),
    ];
    assert_eq!([change(&listener), change(&listener), change(&listener)], all);
}

#[test]
fn a_push_is_sent_reached_and_clicked() {
    let (im, listener) = with(&[]);
    im.phone("login", json!({ "user": "bob" }));
    im.phone("kill", json!({}));
    change(&listener);
    change(&listener);
    let answer = im.send(json!({ "MsgRandom": 5, "MsgSeq": 9 }));
    im.phone("tap", json!({}));
    let mut events = Vec::new();
    while events.len() < 3 {
        let posted = listener.next();
        assert!(posted.head.contains("CallbackCommand=Push.OfflinePush"), "{}", posted.head);
        events.extend(posted.body["Events"].as_array().unwrap().clone());
    }
    let stages: Vec<&Value> = events.iter().map(|event| &event["PushStage"]).collect();
    assert_eq!(stages, [1, 2, 3]);
    let push_id = im.pushes()[0]["push_id"].clone();
    let second = im.sandbox.now() / 1000;
    assert_eq!(
        events[0],
        json!({
            "CallbackCommand": "Push.OfflinePush", "EventType": 1, "EventTime": second, "From_Account": "alice",
            "To_Account": "bob", "PushPlatform": 6, "PushStage": 1, "MsgKey": answer["MsgKey"], "MsgSeq": 9,
            "MsgRandom": 5, "MsgTime": second, "PushID": push_id, "ErrCode": 0, "ErrInfo": "",
        })
    );
}

#[test]
fn a_push_that_waits_at_oppo_is_reached_later_and_a_refused_one_never() {
    let (im, listener) = with(&[]);
    im.phone("login", json!({ "user": "bob" }));
    im.phone("kill", json!({}));
    network(&im, "off");
    change(&listener);
    change(&listener);
    im.send(json!({ "MsgRandom": 1 }));
    assert_eq!(listener.next().body["Events"][0]["PushStage"], 1);
    network(&im, "wifi");
    assert_eq!(listener.next().body["Events"][0]["PushStage"], 2);
    set(&im.sandbox, NewFault { call: Some("unicast".into()), ..NewFault::of("code=33") });
    im.send(json!({ "MsgRandom": 2 }));
    let refused = listener.next().body["Events"][0].clone();
    assert_eq!((&refused["PushStage"], &refused["ErrCode"]), (&json!(1), &json!(33)));
    assert_ne!(refused["ErrInfo"], "");
    assert_eq!(callbacks(&im).len(), 5);
}

#[test]
fn nothing_is_posted_without_an_address_or_to_another_machine() {
    let im = Im::new();
    im.phone("login", json!({ "user": "bob" }));
    assert_eq!(callbacks(&im), [] as [Value; 0]);
    let refused = im.control("PUT", "/im/webhook", json!({ "url": "ftp://127.0.0.1/" }));
    assert_eq!(refused["error"]["id"], "bad-value");
    im.control("PUT", "/im/webhook", json!({ "url": "http://example.com/receipts/0123456789abcdef" }));
    assert_eq!(im.control("GET", "/im/webhook", json!({}))["url"], "http://example.com/receipts/***");
    im.phone("kill", json!({}));
    let kept = callbacks(&im);
    assert_eq!((kept.len(), &kept[0]["stage"], &kept[0]["tries"]), (1, &json!("withheld"), &json!(0)));
    im.control("PUT", "/im/webhook", json!({ "url": null }));
    im.phone("open", json!({}));
    assert_eq!(callbacks(&im).len(), 1);
}

/// The IM server never asks twice.
#[test]
fn a_callback_that_is_not_taken_is_given_up() {
    let im = Im::new();
    let listener = Listener::answering(&[Some("500 Internal Server Error"), Some("200 OK")]);
    im.control("PUT", "/im/webhook", json!({ "url": listener.url() }));
    im.phone("login", json!({ "user": "bob" }));
    im.phone("kill", json!({}));
    change(&listener);
    change(&listener);
    let stages: Vec<Value> = callbacks(&im).iter().map(|one| one["stage"].clone()).collect();
    assert_eq!(stages, ["given-up", "posted"]);
}

#[test]
fn only_the_newest_are_kept() {
    let im = Im::new();
    im.control("PUT", "/im/webhook", json!({ "url": "http://example.com/" }));
    for _ in 0..501 {
        im.phone("login", json!({ "user": "bob" }));
        im.phone("kill", json!({}));
    }
    let count = "SELECT count(*) FROM im_callback";
    assert_eq!(
        im.sandbox.state.with(|tx| tx.query_row(count, [], |row| row.get::<_, i64>(0))).unwrap(),
        1000
    );
}
