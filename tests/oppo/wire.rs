//! The wire, byte for byte: requests against the reference's own examples, answers as the reference has them.
//! The files under tests/wire are transcribed from the reference; nothing in them was made by opush.

use crate::setup::{AMPLE, MemoryCache, client, credentials, push, reg_id, wait_for};
use crate::vendor::{Received, Reply, Vendor, json};
use opush::oppo::{Outcome, Push};
use serde_json::Value;

const AUTH_ANSWER: &str = include_str!("../wire/auth.answer.json");
const UNICAST_ANSWER: &str = include_str!("../wire/unicast.answer.json");
const BAD_REG_ID_ANSWER: &str = include_str!("../wire/unicast.bad-reg-id.answer.json");

fn vendor(unicast: &'static str) -> Vendor {
    Vendor::start(move |request, _| Reply::Keep(json(if request.is_auth() { AUTH_ANSWER } else { unicast })))
}

/// Every head line of the example is among ours, byte for byte; ours has a User-Agent beside them, and its own host.
fn assert_same(actual: &Received, example: &str, host: &str) {
    let (head, body) = example.split_once("\r\n\r\n").expect("head and body");
    assert_eq!(actual.body, body);
    let example_head = head.replace("Host: api-push-cn.heytapmobi.com", &format!("Host: {host}"));
    let mut expected: Vec<&str> = example_head.split("\r\n").collect();
    let agent = concat!("User-Agent: opush/", env!("CARGO_PKG_VERSION"));
    expected.push(agent);
    let mut lines: Vec<&str> = actual.head.split("\r\n").collect();
    assert_eq!(lines[0], expected[0]);
    expected.sort_unstable();
    lines.sort_unstable();
    assert_eq!(lines, expected);
}

#[test]
fn auth_and_unicast_are_the_references_examples() {
    let vendor = vendor(UNICAST_ANSWER);
    let client = client(&vendor.url(), AMPLE);
    let message: Value = serde_json::from_str(include_str!("../wire/unicast.message.json")).expect("JSON");
    let notification = message["notification"].as_object().expect("an object");
    let target = reg_id();
    let push = Push { target: &target, notification, verify_registration_id: true };
    let sent = wait_for(client.unicast(&credentials(), &MemoryCache::empty(), &push)).expect("sent");

    let message_id = "30001-1-1-0123456789abcdef01234567".to_owned();
    assert_eq!(sent.outcome, Outcome::Accepted { message_id, warnings: vec![] });
    let host = vendor.address.to_string();
    let received = vendor.received();
    assert_eq!(received.len(), 2);
    assert_same(&received[0], include_str!("../wire/auth.http"), &host);
    assert_same(&received[1], include_str!("../wire/unicast.http"), &host);
    assert_eq!(received[0].connection, received[1].connection, "the connection is kept alive");

    assert_eq!(sent.exchanges[1].form[1].1, include_str!("../wire/unicast.message.json"));
    let shown = format!("{sent:?}");
    for secret in ["demo-master-secret", "demo-auth-token", "0c313fd797b0533e"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}

#[test]
fn a_refused_reg_id_carries_the_vendors_code() {
    let vendor = vendor(BAD_REG_ID_ANSWER);
    let sent = push(&client(&vendor.url(), AMPLE), &MemoryCache::empty(), &reg_id()).expect("an answer");
    let Outcome::Refused(error) = sent.outcome else { panic!("{:?}", sent.outcome) };
    assert_eq!((error.code, error.vendor_message.as_str()), (10000, "Invalid Registration_id"));
    assert_eq!((sent.tries, sent.exchanges[1].status), (1, Some(200)));
    assert_eq!(sent.exchanges[1].answer.as_deref(), Some(BAD_REG_ID_ANSWER));
}

#[test]
fn a_path_prefix_of_the_endpoint_is_kept() {
    let vendor = Vendor::start(|request, _| {
        assert!(request.head.starts_with("POST /proxy/oppo/server/v1/"), "{}", request.head);
        Reply::Keep(json(if request.head.contains("/auth ") { AUTH_ANSWER } else { UNICAST_ANSWER }))
    });
    let url = format!("{}/proxy/oppo/", vendor.url());
    let sent = push(&client(&url, AMPLE), &MemoryCache::empty(), &reg_id()).expect("sent");
    assert!(matches!(sent.outcome, Outcome::Accepted { .. }));
}
