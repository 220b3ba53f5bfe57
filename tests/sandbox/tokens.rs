//! Auth tokens over time, and the reference's auth example.

use super::harness::{APP_ID, MASTER_SECRET, NOW, Sandbox};
use super::wire;
use serde_json::json;

const DAY: i64 = 86_400_000;

#[test]
fn the_references_auth_example_is_accepted() {
    let sandbox = Sandbox::new();
    let reply = wire::exchange(sandbox.addr, &close(include_bytes!("wire/auth.http")));
    let answer = reply.json();
    assert_eq!((reply.status, &answer["code"], &answer["message"]), (200, &json!(0), &json!("success")));
    assert_eq!(answer["data"]["create_time"], json!(NOW));
    assert!(answer["data"]["auth_token"].as_str().is_some_and(|token| token.len() == 32));
    assert!(reply.head.to_ascii_lowercase().contains("content-type: application/json"), "{}", reply.head);
}

/// The example's head with a Connection header, so that the answer ends.
pub fn close(example: &[u8]) -> Vec<u8> {
    let text = std::str::from_utf8(example).unwrap();
    text.replacen("\r\n", "\r\nConnection: close\r\n", 1).into_bytes()
}

#[test]
fn a_token_is_valid_for_a_day_to_the_millisecond() {
    let sandbox = Sandbox::new();
    let token = sandbox.token();
    let message = sandbox.message(json!({}));
    sandbox.move_clock(DAY - 1);
    assert_eq!(sandbox.unicast(&token, &message).code(), 0);
    sandbox.move_clock(1);
    assert_eq!(sandbox.unicast(&token, &message).code(), 11);
    assert_eq!(sandbox.last_call().app_id.as_deref(), Some(APP_ID), "the log still knows whose token it was");
    let renewed = sandbox.token();
    assert_eq!(sandbox.unicast(&renewed, &message).code(), 0);
}

#[test]
fn the_lifetime_is_a_rule() {
    let sandbox = Sandbox::with_rules(&["token-lifetime=90s".into()]);
    let token = sandbox.token();
    sandbox.move_clock(90_000);
    assert_eq!(sandbox.unicast(&token, &sandbox.message(json!({}))).code(), 11);
}

#[test]
fn a_new_token_leaves_the_old_one_valid_unless_the_rule_says_otherwise() {
    for (rules, expected) in [(vec![], 0), (vec!["new-token-voids-old=yes".to_owned()], 11)] {
        let sandbox = Sandbox::with_rules(&rules);
        let (old, new) = (sandbox.token(), sandbox.token());
        assert_ne!(old, new);
        let message = sandbox.message(json!({}));
        assert_eq!(sandbox.unicast(&old, &message).code(), expected);
        assert_eq!(sandbox.unicast(&new, &message).code(), 0);
    }
}

#[test]
fn an_upper_case_sign_is_taken_when_the_rule_says_so() {
    let sandbox = Sandbox::with_rules(&["upper-hex-sign=accept".into()]);
    let sign = super::harness::sign(NOW, MASTER_SECRET).to_uppercase();
    let fields = ["app_key=demo-app-key".into(), format!("timestamp={NOW}"), format!("sign={sign}")];
    assert_eq!(sandbox.form("/server/v1/auth", &fields).code(), 0);
    assert_eq!(sandbox.last_call().dialects, ["upper-hex-sign"]);
}

#[test]
fn the_log_keeps_neither_sign_nor_token_nor_master_secret() {
    let sandbox = Sandbox::new();
    let token = sandbox.token();
    sandbox.unicast(&token, &sandbox.message(json!({})));
    let fields = [format!("auth_token={token}"), format!("message={MASTER_SECRET}{token}")];
    sandbox.form("/server/v1/message/notification/unicast?auth_token=other", &fields);
    let sent_as_key =
        ["app_key=demo-app-key".into(), format!("timestamp={NOW}"), format!("sign={MASTER_SECRET}")];
    assert_eq!(sandbox.form("/server/v1/auth", &sent_as_key).code(), 16);
    let calls = sandbox.calls();
    let log = serde_json::to_string(&calls).unwrap();
    assert!(!log.contains(&token) && !log.contains(MASTER_SECRET) && !log.contains("other"), "{log}");
    // For ten minutes a sign is as good as a token: it buys one.
    assert!(!log.contains(&super::harness::sign(NOW, MASTER_SECRET)), "{log}");
    assert!(calls[0].request.contains("&sign=***"), "{}", calls[0].request);
    assert!(calls[0].answer.contains(r#""auth_token":"***""#), "{}", calls[0].answer);
    assert_eq!(calls[1].code, 0);
    assert!(calls[1].request.starts_with("POST /server/v1/message/notification/unicast HTTP/1.1\r\n"));
}

#[test]
fn tokens_and_what_was_pushed_before_are_forgotten_with_their_time() {
    let sandbox = Sandbox::with_rules(&["repeat-window=1h".into()]);
    let push = |number: i64| {
        let message = sandbox.message(json!({ "app_message_id": format!("m{number}") }));
        assert_eq!(sandbox.unicast(&sandbox.token(), &message).code(), 0);
    };
    let rows = || {
        let count = "SELECT (SELECT count(*) FROM token), (SELECT count(*) FROM repeat)";
        let pair = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?));
        sandbox.state.with(|tx| tx.query_row(count, [], pair)).unwrap()
    };
    (0..20).for_each(push);
    assert_eq!(rows(), (20, 20));
    sandbox.move_clock(DAY / 2);
    push(20);
    assert_eq!(rows(), (21, 1), "the window of the others is over");
    sandbox.move_clock(DAY / 2);
    push(21);
    assert_eq!(rows(), (2, 1), "a token is valid for a day");
}
