//! Faults on OPPO's side over a raw socket: what goes out in place of an answer, what was done all the same, what the log says.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use opush::sandbox::faults::{self, NewFault};
use serde_json::{Value, json};

use super::harness::{APP_ID, APP_KEY, FORM, MASTER_SECRET, Sandbox, sign};
use super::{phones, wire};

/// Sets a fault; its number.
pub fn set(sandbox: &Sandbox, fault: NewFault) -> i64 {
    assert_eq!(fault.flaws(), []);
    sandbox.state.with(|tx| faults::set(tx, sandbox.now(), &fault)).unwrap().id
}

fn on(call: &str, fault: &str) -> NewFault {
    NewFault { call: Some(call.into()), ..NewFault::of(fault) }
}

/// What the log says of the faults that struck the last call.
fn logged(sandbox: &Sandbox) -> Vec<String> {
    let failed = sandbox.last_call().checks.into_iter().filter(|check| check.name == "fault" && !check.ok);
    failed.map(|check| check.detail).collect()
}

fn arrived(sandbox: &Sandbox) -> usize {
    phones::arrived(&sandbox.state, &sandbox.reg_id).len()
}

/// A unicast by hand: what came back before the end, and how it ended.
fn push_by_hand(sandbox: &Sandbox, token: &str) -> (Vec<u8>, std::io::Result<usize>) {
    let message = sandbox.message(json!({}));
    let body = wire::form(&[format!("auth_token={token}"), format!("message={message}")]);
    let path = "/server/v1/message/notification/unicast";
    let mut stream = TcpStream::connect(sandbox.addr).unwrap();
    stream.write_all(&wire::request("POST", path, &[FORM.into()], body.as_bytes())).unwrap();
    let mut answer = Vec::new();
    let end = stream.read_to_end(&mut answer);
    (answer, end)
}

#[test]
fn a_fault_with_a_code_answers_it_and_does_nothing() {
    let sandbox = Sandbox::new();
    let token = sandbox.token();
    let message = sandbox.message(json!({}));
    let id = set(&sandbox, NewFault { count: Some(1), ..on("unicast", "code=33") });
    let reply = sandbox.unicast(&token, &message);
    assert_eq!((reply.status, reply.code()), (200, 33));
    assert_eq!(reply.json()["message"], "The number of messages exceeds the daily limit");
    assert_eq!(logged(&sandbox), [format!("code=33 struck (fault {id})")]);
    let call = sandbox.last_call();
    assert_eq!((call.app_id.as_deref(), call.code), (Some(APP_ID), 33));
    assert!(!format!("{call:?}").contains(&token));
    assert_eq!(arrived(&sandbox), 0);
    // It is spent.
    assert_eq!(sandbox.unicast(&token, &message).code(), 0);
    assert_eq!((logged(&sandbox).len(), arrived(&sandbox)), (0, 1));
}

#[test]
fn a_fault_can_answer_any_code_even_an_unknown_one() {
    let sandbox = Sandbox::new();
    for code in [-2, -1, 13, 14, 16, 19, 26, 27, 28, 30, 54, 55, 67, 10000, 10001, 777] {
        let id = set(&sandbox, on("auth", &format!("code={code}")));
        assert_eq!(sandbox.form("/server/v1/auth", &[]).code(), code);
        sandbox.state.with(|tx| faults::clear(tx, Some(id))).unwrap();
    }
}

#[test]
fn a_reset_does_nothing_and_a_dropped_answer_does_the_work() {
    let sandbox = Sandbox::new();
    let token = sandbox.token();
    let id = set(&sandbox, on("unicast", "reset"));
    let (answer, end) = push_by_hand(&sandbox, &token);
    assert_eq!((answer.len(), end.map_err(|error| error.kind())), (0, Err(ErrorKind::ConnectionReset)));
    assert_eq!((arrived(&sandbox), logged(&sandbox)), (0, vec![format!("reset struck (fault {id})")]));
    assert!(!format!("{:?}", sandbox.last_call()).contains(&token));
    sandbox.state.with(|tx| faults::clear(tx, None)).unwrap();

    let id = set(&sandbox, on("unicast", "drop"));
    let (answer, end) = push_by_hand(&sandbox, &token);
    assert_eq!((answer.len(), end.ok()), (0, Some(0)));
    assert_eq!((arrived(&sandbox), logged(&sandbox)), (1, vec![format!("drop struck (fault {id})")]));
    assert_eq!(sandbox.last_call().code, 0);
}

#[test]
fn garbage_and_a_bare_status_are_not_an_envelope() {
    let sandbox = Sandbox::new();
    let token = sandbox.token();
    let message = sandbox.message(json!({}));
    for (fault, status, begins) in [("garbage", 200, "<html>"), ("status=503", 503, "")] {
        set(&sandbox, NewFault { count: Some(1), ..on("unicast", fault) });
        let reply = sandbox.unicast(&token, &message);
        let body = String::from_utf8(reply.body).unwrap();
        assert_eq!(reply.status, status);
        assert!(body.starts_with(begins) && body.is_empty() == begins.is_empty(), "{fault}: {body}");
        assert_eq!(logged(&sandbox).len(), 1);
    }
    assert_eq!(arrived(&sandbox), 0);
}

#[test]
fn an_answer_with_a_delay_comes_after_it() {
    let sandbox = Sandbox::new();
    set(&sandbox, on("auth", "delay=150ms"));
    let began = Instant::now();
    sandbox.token();
    assert!(began.elapsed() >= Duration::from_millis(150));
    assert_eq!(logged(&sandbox).len(), 1);
}

#[test]
fn a_clock_that_is_ahead_shows_in_the_date_and_refuses_timestamps() {
    let sandbox = Sandbox::new();
    let auth = |timestamp: i64| {
        let fields = [
            format!("app_key={APP_KEY}"),
            format!("timestamp={timestamp}"),
            format!("sign={}", sign(timestamp, MASTER_SECRET)),
        ];
        sandbox.form("/server/v1/auth", &fields)
    };
    for (fault, shift, date) in [
        ("clock=+15m", 900_000, "date: Tue, 14 Nov 2023 22:28:20 GMT"),
        ("clock=-15m", -900_000, "date: Tue, 14 Nov 2023 21:58:20 GMT"),
    ] {
        let id = set(&sandbox, NewFault::of(fault));
        let reply = auth(sandbox.now());
        assert_eq!(reply.code(), 19, "{fault}");
        assert!(reply.head.to_ascii_lowercase().contains(&date.to_ascii_lowercase()), "{}", reply.head);
        let reply = auth(sandbox.now() + shift);
        assert_eq!((reply.code(), &reply.json()["data"]["create_time"]), (0, &json!(sandbox.now() + shift)));
        sandbox.state.with(|tx| faults::clear(tx, Some(id))).unwrap();
    }
    assert_eq!(auth(sandbox.now()).code(), 0);
}

#[test]
fn a_fault_strikes_one_reg_id_also_by_its_alias_and_one_app() {
    let sandbox = Sandbox::new();
    let token = sandbox.token();
    let other = phones::add_phone(&sandbox.state, APP_ID);
    phones::set_alias(&sandbox.state, APP_ID, &sandbox.reg_id, "alice");
    let to = |kind: i64, value: &str| {
        let notification = json!({ "title": "T", "content": "C" });
        json!({ "target_type": kind, "target_value": value, "notification": notification })
    };
    let reg_id = Some(sandbox.reg_id.clone());
    set(&sandbox, NewFault { reg_id, app: Some(APP_ID.into()), ..NewFault::of("code=10001") });
    set(&sandbox, NewFault { app: Some("30002".into()), ..NewFault::of("code=28") });
    let code = |message: &Value| sandbox.unicast(&token, message).code();
    assert_eq!(code(&to(2, &sandbox.reg_id)), 10001);
    assert_eq!(code(&to(5, "alice")), 10001);
    assert_eq!(code(&to(2, &other)), 0);
}

#[test]
fn a_quota_refuses_what_comes_after_it() {
    let sandbox = Sandbox::new();
    let token = sandbox.token();
    let message = sandbox.message(json!({}));
    set(&sandbox, NewFault::of("quota=2"));
    let codes: Vec<i64> = (0..4).map(|_| sandbox.unicast(&token, &message).code()).collect();
    assert_eq!((codes, arrived(&sandbox)), (vec![0, 0, 33, 33], 2));
}

#[test]
fn pushes_are_taken_and_do_not_arrive() {
    for (fault, reached) in
        [("lost-push", 0), ("night-control", 0), ("stale-reg-id", 0), ("daily-limit=1", 1)]
    {
        let sandbox = Sandbox::new();
        let token = sandbox.token();
        let id = set(&sandbox, NewFault::of(fault));
        for _ in 0..2 {
            assert_eq!(sandbox.unicast(&token, &sandbox.message(json!({}))).code(), 0);
        }
        assert_eq!(
            (arrived(&sandbox), logged(&sandbox)),
            (reached, vec![format!("{fault} struck (fault {id})")])
        );
    }
}

#[test]
fn one_of_a_rapid_series_is_lost() {
    let sandbox = Sandbox::new();
    let token = sandbox.token();
    set(&sandbox, NewFault { share: 20, ..NewFault::of("lost-push") });
    (0..10).for_each(|_| assert_eq!(sandbox.unicast(&token, &sandbox.message(json!({}))).code(), 0));
    assert_eq!(arrived(&sandbox), 8);
}
