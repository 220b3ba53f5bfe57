//! What a test in any language asks: a whole set-up in one call, and waiting for a message that matches.

use std::io::{Read, Write};
use std::net::TcpStream;

use opush::sandbox::LIMITS;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::harness::{Sandbox, state};

/// A sandbox that knows nothing.
fn empty() -> Sandbox {
    let (state, clock) = state(None, &[]);
    Sandbox::serve(state, clock, LIMITS)
}

fn set_up(sandbox: &Sandbox, wanted: Value) -> Value {
    let made = sandbox.control("POST", "/setup", wanted);
    assert!(made.get("error").is_none(), "{made}");
    made
}

/// A push with the credentials of a set-up, in the plain way of a client.
fn push(sandbox: &Sandbox, made: &Value, notification: Value) -> String {
    let text = |key: &str| made[key].as_str().unwrap().to_owned();
    let now = sandbox.now();
    let digest = Sha256::digest(format!("{}{now}{}", text("app_key"), text("master_secret")));
    let sign: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let fields = [format!("app_key={}", text("app_key")), format!("timestamp={now}"), format!("sign={sign}")];
    let token =
        sandbox.form("/server/v1/auth", &fields).json()["data"]["auth_token"].as_str().unwrap().to_owned();
    let message = json!({ "target_type": 2, "target_value": made["reg_id"], "notification": notification });
    let reply = sandbox.unicast(&token, &message).json();
    reply["data"]["messageId"].as_str().unwrap_or_else(|| panic!("{reply}")).to_owned()
}

#[test]
fn one_call_makes_an_app_a_phone_and_a_user_who_gets_pushes_both_ways() {
    let sandbox = empty();
    let made = set_up(&sandbox, json!({ "user": "bob", "click": { "activity": "com.example.app.Order" } }));
    assert_eq!((&made["user"], &made["phone"]["session"]["state"]), (&json!("bob"), &json!("push-online")));
    assert_eq!(made["endpoint"], "http://127.0.0.1");
    let id = push(
        &sandbox,
        &made,
        json!({ "title": "T", "content": "C", "channel_id": "chat",
        "click_action_type": 4, "click_action_activity": "com.example.app.Order",
        "action_parameters": "{\"orderId\":\"42\"}" }),
    );
    let waited = sandbox.control("GET", "/messages/wait?user=bob&title=T", json!({}));
    assert_eq!((&waited["message_id"], &waited["stage"]), (&json!(id), &json!("shown")));
    assert_eq!(
        (&waited["tap"]["target"], &waited["tap"]["extras"]),
        (&json!("com.example.app.Order"), &json!({ "orderId": "42" }))
    );
    assert_eq!(
        sandbox.control("GET", "/messages", json!({}))["items"][0]["stage"],
        "shown",
        "nothing was tapped"
    );

    // By the IM server, with the UserSig that was made.
    let text = |key: &str| made[key].as_str().unwrap();
    let path = format!(
        "/v4/openim/sendmsg?sdkappid={}&identifier={}&usersig={}&random=1&contenttype=json",
        made["sdk_app_id"],
        text("admin"),
        text("user_sig")
    );
    let body = json!({ "SyncOtherMachine": 2, "To_Account": "bob", "MsgRandom": 7,
        "MsgBody": [{ "MsgType": "TIMTextElem", "MsgContent": { "Text": "by the IM server" } }] });
    let answer = sandbox.send("POST", &path, &[], body.to_string().as_bytes()).json();
    assert_eq!(answer["ErrorCode"], 0, "{answer}");
    let next = sandbox.control("GET", &format!("/messages/wait?after={}", waited["id"]), json!({}));
    assert_eq!(next["content"], "by the IM server");
}

#[test]
fn each_set_up_is_one_of_its_own_and_one_that_fails_leaves_nothing() {
    let sandbox = empty();
    let (first, second) = (set_up(&sandbox, json!({})), set_up(&sandbox, json!({})));
    for key in ["app_id", "app_key", "master_secret", "sdk_app_id", "secret_key", "reg_id"] {
        assert_ne!(first[key], second[key], "{key}");
    }
    for (wanted, id) in [
        (json!({ "phone": "phone-1" }), "name-taken"),
        (json!({ "user": "" }), "bad-value"),
        (json!({ "package": "" }), "bad-value"),
        (json!({ "app_key": "mine" }), "bad-body"),
    ] {
        assert_eq!(sandbox.control("POST", "/setup", wanted.clone())["error"]["id"], id, "{wanted}");
    }
    for (list, count) in [("/apps", 2), ("/im/apps", 2), ("/im/certificates", 2), ("/phones", 2)] {
        assert_eq!(
            sandbox.control("GET", list, json!({}))["items"].as_array().unwrap().len(),
            count,
            "{list}"
        );
    }
}

#[test]
fn secrets_of_a_set_up_never_come_from_the_seed() {
    let seeded = || {
        let (state, clock) = state(None, &[]);
        state.start(None, Some(7)).unwrap();
        set_up(&Sandbox::serve(state, clock, LIMITS), json!({}))
    };
    let (first, second) = (seeded(), seeded());
    assert_eq!(first["reg_id"], second["reg_id"]);
    for key in ["app_key", "master_secret", "secret_key"] {
        assert_ne!(first[key], second[key], "{key}");
    }
}

#[test]
fn each_matcher_finds_its_message_and_no_other() {
    let sandbox = empty();
    let (alice, bob) = (set_up(&sandbox, json!({})), set_up(&sandbox, json!({ "user": "bob" })));
    push(
        &sandbox,
        &alice,
        json!({ "title": "one", "sub_title": "sub", "content": "first of all",
        "channel_id": "chat", "action_parameters": "{\"n\":1,\"k\":\"v\"}" }),
    );
    push(&sandbox, &bob, json!({ "title": "two", "content": "second", "channel_id": "other" }));
    let (app, phone) = (alice["app_id"].as_str().unwrap(), alice["phone"]["name"].as_str().unwrap());
    let first = sandbox.control("GET", "/messages", json!({}))["items"][0].clone();
    for (query, count) in [
        (format!("app={app}"), 1),
        (format!("phone={phone}"), 1),
        ("user=alice".to_owned(), 1),
        ("user=carol".to_owned(), 0),
        ("title=one".to_owned(), 1),
        ("title=on".to_owned(), 0),
        ("content=second".to_owned(), 1),
        ("text=on".to_owned(), 2),
        ("text=sub".to_owned(), 1),
        ("text=of%20all".to_owned(), 1),
        ("text=%25".to_owned(), 0),
        ("stage=shown".to_owned(), 1),
        ("stage=dropped&text=second".to_owned(), 1),
        ("extras=%7B%22k%22%3A%22v%22%7D".to_owned(), 1),
        ("extras=%7B%22n%22%3A1%7D".to_owned(), 1),
        ("extras=%7B%22k%22%3A%22w%22%7D".to_owned(), 0),
        (format!("after={}", first["id"]), 1),
        (format!("message_id={}", first["message_id"].as_str().unwrap()), 1),
    ] {
        let found = sandbox.control("GET", &format!("/messages?{query}"), json!({}));
        assert_eq!(found["items"].as_array().unwrap().len(), count, "{query}: {found}");
        let waited = sandbox.control("GET", &format!("/messages/wait?timeout_ms=0&{query}"), json!({}));
        assert_eq!(waited.get("error").is_none(), count > 0, "{query}: {waited}");
    }
    for query in ["extras=k", "extras=%5B%5D", "after=x", "stage=gone", "title=a&title=b", "colour=red"] {
        let refused = sandbox.control("GET", &format!("/messages/wait?{query}"), json!({}));
        assert_eq!(refused["error"]["id"], "bad-query", "{query}");
    }
}

#[test]
fn those_who_wait_leave_half_of_the_connections_to_others() {
    let sandbox = empty();
    let wait = |timeout: u32| {
        let mut stream = TcpStream::connect(sandbox.addr).unwrap();
        let head = format!(
            "GET /_sandbox/v1/messages/wait?timeout_ms={timeout} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream
    };
    let status = |mut stream: TcpStream| {
        let mut line = [0; 12];
        stream.read_exact(&mut line).unwrap();
        String::from_utf8_lossy(&line).into_owned()
    };
    let mut waiting: Vec<TcpStream> = (0..LIMITS.connections / 2).map(|_| wait(600_000)).collect();
    // Once all of them wait, one more is refused at once.
    let refused = std::iter::repeat_with(|| status(wait(0))).find(|status| !status.ends_with("408")).unwrap();
    assert_eq!(refused, "HTTP/1.1 503");
    assert!(sandbox.control("GET", "/info", json!({})).get("error").is_none(), "others get in");
    drop(waiting.pop());
    let next = std::iter::repeat_with(|| status(wait(0))).find(|status| !status.ends_with("503")).unwrap();
    assert_eq!(next, "HTTP/1.1 408", "one that went away makes room");
}
