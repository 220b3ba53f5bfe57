//! The list of invalid regIds: on the wire, with a token that ran out, and whatever a hostile vendor answers.

use crate::setup::{AMPLE, MemoryCache, client, credentials, now, wait_for};
use crate::vendor::{Received, Reply, Vendor, answer, json};
use opush::clock::Clock;
use opush::config::Region;
use opush::failure::{Explain, Kind};
use opush::oppo::{Call, CallError, Cause, Client, Endpoints, InvalidRegIds, Overrides};
use std::time::Duration;

const AUTH: &str = r#"{"code":0,"data":{"auth_token":"s3cret-auth-token","create_time":1700000000000}}"#;
const LIST: &str =
    r#"{"code":0,"message":"success","data":{"registration_ids":["CN_01","CN_02"],"totalCount":2}}"#;

/// Auth works; each question for the list is answered by `list`, which is given the number of those before it.
fn vendor(list: impl Fn(usize) -> Reply + Send + Sync + 'static) -> Vendor {
    Vendor::start(
        move |request, before| if request.is_auth() { Reply::Keep(json(AUTH)) } else { list(before) },
    )
}

fn ask(vendor: &Vendor, timeout: Duration) -> Result<InvalidRegIds, CallError> {
    let client = client(&vendor.url(), timeout);
    let asked = wait_for(client.invalid_reg_ids(&credentials(), &MemoryCache::empty()));
    assert!(!format!("{asked:?}").contains("s3cret-auth-token"));
    asked
}

fn questions(vendor: &Vendor) -> Vec<Received> {
    vendor.received().into_iter().filter(|request| !request.is_auth()).collect()
}

#[test]
fn it_is_a_get_with_the_token_in_its_query() {
    let vendor = vendor(|_| Reply::Keep(json(LIST)));
    let list = ask(&vendor, AMPLE).expect("a list");
    assert_eq!(
        (list.reg_ids.as_slice(), list.total),
        (["CN_01".to_owned(), "CN_02".to_owned()].as_slice(), Some(2))
    );
    assert!(list.contains("CN_02") && !list.contains("CN_03") && !list.is_partial());
    let asked = questions(&vendor);
    let line = "GET /server/v1/feedback/fetch_invalid_regidList?auth_token=s3cret-auth-token HTTP/1.1\r\n";
    assert!(asked[0].head.starts_with(line), "{}", asked[0].head);
    assert_eq!((asked.len(), asked[0].body.as_str()), (1, ""));
    assert!(!asked[0].head.to_ascii_lowercase().contains("content-type"), "{}", asked[0].head);
    let exchange = &list.exchanges[1];
    assert_eq!((exchange.call, exchange.method), (Call::InvalidRegIds, "GET"));
    let curl = exchange.to_curl();
    assert!(curl.starts_with("curl -sS -G ") && curl.contains("auth_token=$OPUSH_AUTH_TOKEN"), "{curl}");
}

#[test]
fn a_token_that_is_over_is_renewed_once() {
    let over = r#"{"code":11,"message":"Invalid AuthToken"}"#;
    let once = vendor(move |before| Reply::Keep(json(if before == 0 { over } else { LIST })));
    assert_eq!(ask(&once, AMPLE).expect("a list").reg_ids.len(), 2);
    let always = vendor(move |_| Reply::Keep(json(over)));
    let error = ask(&always, AMPLE).expect_err("refused");
    assert!(matches!(&error.cause, Cause::Refused(refused) if refused.code == 11), "{error}");
    assert_eq!(questions(&always).len(), 2);
}

#[test]
fn try_later_is_tried_again_and_other_refusals_are_final() {
    let later = vendor(|before| Reply::Keep(json(if before == 0 { r#"{"code":-1}"# } else { LIST })));
    assert_eq!(ask(&later, AMPLE).expect("a list").reg_ids.len(), 2);
    let denied = vendor(|_| Reply::Keep(json(r#"{"code":30,"message":"Api Permission Denied"}"#)));
    let problem = ask(&denied, AMPLE).expect_err("refused").explain();
    assert_eq!((problem.kind, problem.code), (Kind::VendorRefused, Some(30)));
    assert!(
        problem.message.starts_with("OPPO refused to list the invalid regIds: 30"),
        "{}",
        problem.message
    );
    assert_eq!(questions(&denied).len(), 1);
}

/// Should reading clear the list, a second answer would lack what the first had.
#[test]
fn after_a_lost_answer_it_is_not_asked_again() {
    let cut = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 200\r\n\r\n{\"code\":0"
        .to_vec();
    let vendor = vendor(move |_| Reply::Close(cut.clone()));
    assert_eq!(ask(&vendor, AMPLE).expect_err("cut").explain().kind, Kind::BadAnswer);
    assert_eq!(questions(&vendor).len(), 1);
}

/// Also where the vendor refuses, a Date header tells how far apart the clocks are.
#[test]
fn a_refusal_shows_the_clock_of_the_vendor_too() {
    let refused = r#"{"code":19,"message":"Invalid Timestamp"}"#;
    let head = "HTTP/1.1 200 OK\r\nDate: Tue, 14 Nov 2023 22:28:20 GMT\r\nContent-Type: application/json\r\n";
    let bytes = format!("{head}Content-Length: {}\r\n\r\n{refused}", refused.len()).into_bytes();
    let vendor = Vendor::start(move |_, _| Reply::Close(bytes.clone()));
    let error = ask(&vendor, AMPLE).expect_err("refused");
    let clocks: Vec<Option<i64>> = error
        .exchanges
        .iter()
        .map(|exchange| exchange.clock.map(|clock| clock.vendor_ahead_seconds))
        .collect();
    assert_eq!(clocks, [Some(900)]);
}

#[test]
fn an_answer_without_a_list_is_a_bad_answer() {
    let many = format!(r#"{{"code":0,"data":{{"registration_ids":["{}"]}}}}"#, "x".repeat(2 << 20));
    for (name, bytes) in [
        ("a page", answer("200 OK", "text/html", b"<html></html>")),
        ("nothing", answer("200 OK", "application/json", b"")),
        ("another object", json(r#"{"code":0,"data":{"a":1}}"#)),
        ("no list", json(r#"{"code":0,"data":{"registration_ids":7}}"#)),
        ("deep JSON", answer("200 OK", "application/json", &[b'['; 100_000])),
        ("not UTF-8", answer("200 OK", "application/json", b"{\"code\":0,\"message\":\"\xff\"}")),
        ("longer than 1 MiB", json(&many)),
        ("status and code contradict", answer("503 Unavailable", "application/json", LIST.as_bytes())),
        ("no HTTP", b"SSH-2.0-OpenSSH_9.9\r\n".to_vec()),
    ] {
        let vendor = vendor(move |_| Reply::Close(bytes.clone()));
        let error = ask(&vendor, AMPLE).expect_err(name);
        assert_eq!(error.explain().kind, Kind::BadAnswer, "{name}");
    }
}

#[test]
fn a_secret_that_is_echoed_does_not_come_back() {
    let echo = r#"{"code":0,"data":{"registration_ids":["s3cret-auth-token","a\u001b[2J"],"totalCount":9}}"#;
    let vendor = vendor(move |_| Reply::Keep(json(echo)));
    let list = ask(&vendor, AMPLE).expect("a list");
    assert_eq!((list.unusable, list.is_partial()), (1, true));
}

#[test]
fn a_redirect_is_not_followed() {
    let moved = b"HTTP/1.1 302 Found\r\nLocation: https://example.com/?auth_token=s3cret-auth-token\r\nContent-Length: 0\r\n\r\n";
    let vendor = vendor(move |_| Reply::Close(moved.to_vec()));
    assert_eq!(ask(&vendor, AMPLE).expect_err("moved").explain().kind, Kind::Redirect);
}

#[test]
fn no_host_is_known_overseas_for_the_invalid_list() {
    let endpoints = Endpoints::resolve(Region::Intl, &Overrides::default()).expect("known");
    let client = Client::new(endpoints, Clock::fixed(now()), AMPLE).expect("a client");
    let asked = wait_for(client.invalid_reg_ids(&credentials(), &MemoryCache::empty()));
    let error = asked.expect_err("no host");
    assert!(matches!(error.cause, Cause::NoHost { call: Call::InvalidRegIds }) && error.exchanges.is_empty());
    let problem = error.explain();
    assert_eq!(problem.kind, Kind::MissingKey);
    assert!(
        problem.message.contains("no host is known for the fetch_invalid_regidList call"),
        "{}",
        problem.message
    );
}
