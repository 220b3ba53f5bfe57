//! A hostile vendor: whatever it answers, the outcome is right, tries and memory are bounded, and no secret leaks.

use crate::setup::{AMPLE, MemoryCache, client, push, reg_id, verify};
use crate::vendor::{Received, Reply, Vendor, answer, json};
use opush::failure::{Explain, Kind};
use opush::oppo::{Alias, Outcome, Sent, Target, Unknown};
use std::collections::BTreeSet;
use std::net::TcpListener;
use std::time::Duration;

const AUTH: &str = r#"{"code":0,"data":{"auth_token":"s3cret-auth-token","create_time":1700000000000}}"#;
const ACCEPTED: &str = r#"{"code":0,"data":{"messageId":"30001-1-1-aa"}}"#;

/// Deadlines that a test waits for: the first in which a machine, however busy, gets as far as the push.
const DEADLINES: [Duration; 4] =
    [Duration::from_millis(1500), Duration::from_secs(6), Duration::from_secs(24), Duration::from_secs(96)];

/// Auth works; each unicast is answered by `unicast`, which is given the number of those before it.
fn vendor(unicast: impl Fn(usize) -> Reply + Send + Sync + 'static) -> Vendor {
    Vendor::start(
        move |request, before| {
            if request.is_auth() { Reply::Keep(json(AUTH)) } else { unicast(before) }
        },
    )
}

fn app_message_id(request: &Received) -> String {
    let (_, rest) = request.body.split_once("app_message_id%22%3A%22").expect("an app_message_id");
    rest.split('%').next().unwrap_or_default().to_owned()
}

/// Pushes to a regId, and checks what must hold whatever the vendor does.
fn push_to(vendor: &Vendor, timeout: Duration) -> Sent {
    let sent =
        push(&client(&vendor.url(), timeout), &MemoryCache::empty(), &reg_id()).expect("left this machine");
    let unicasts = vendor.unicasts();
    assert!(unicasts.len() <= 3, "{} tries", unicasts.len());
    assert_eq!(unicasts.iter().map(app_message_id).collect::<BTreeSet<_>>().len(), 1);
    assert!(!format!("{sent:?}").contains("s3cret-auth-token"));
    sent
}

fn kind_and_tries(sent: Sent) -> (Kind, u32) {
    match sent.outcome {
        Outcome::Unknown(why) => (why.explain().kind, sent.tries),
        other => panic!("{other:?}"),
    }
}

fn message_id_and_tries(sent: &Sent) -> (&str, u32) {
    match &sent.outcome {
        Outcome::Accepted { message_id, .. } => (message_id, sent.tries),
        other => panic!("{other:?}"),
    }
}

fn head(length: usize) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n")
        .into_bytes()
}

fn cut_short() -> Vec<u8> {
    [head(200), br#"{"code":0,"da"#.to_vec()].concat()
}

#[test]
fn an_unreadable_answer_is_unknown_and_the_push_is_not_repeated() {
    let page = |status: &str| answer(status, "text/html", b"<html><body>Bad Gateway</body></html>");
    let wrong_length = [head(10), ACCEPTED.as_bytes().to_vec()].concat();
    for (name, bytes) in [
        ("a proxy's page", page("502 Bad Gateway")),
        ("a page with status 200", page("200 OK")),
        ("no content", b"HTTP/1.1 204 No Content\r\n\r\n".to_vec()),
        ("an empty body", answer("200 OK", "application/json", b"")),
        ("not UTF-8", answer("200 OK", "application/json", b"{\"code\":0,\"message\":\"\xff\xfe\"}")),
        ("deep JSON", answer("200 OK", "application/json", &[b'['; 100_000])),
        ("deep objects", answer("200 OK", "application/json", "{\"data\":".repeat(100_000).as_bytes())),
        ("a code that is none", json(r#"{"code":"soon"}"#)),
        (
            "success and failure at once",
            answer("500 Internal Server Error", "application/json", ACCEPTED.as_bytes()),
        ),
        ("a length that is too small", wrong_length),
        ("huge", answer("200 OK", "application/json", &vec![b' '; 3 << 20])),
    ] {
        let vendor = vendor(move |_| Reply::Close(bytes.clone()));
        assert_eq!(kind_and_tries(push_to(&vendor, AMPLE)), (Kind::BadAnswer, 1), "{name}");
    }
}

#[test]
fn an_answer_of_exactly_one_mebibyte_is_read() {
    let padded = format!("{ACCEPTED}{}", " ".repeat((1 << 20) - ACCEPTED.len()));
    let vendor = vendor(move |_| Reply::Close(json(&padded)));
    assert_eq!(message_id_and_tries(&push_to(&vendor, AMPLE)), ("30001-1-1-aa", 1));
}

#[test]
fn an_answer_that_is_not_http_is_unknown_and_the_push_is_not_repeated() {
    for bytes in [
        "SSH-2.0-OpenSSH_9.9\r\n",
        "HTTP/9.9 200 OK\r\n\r\n",
        "HTTP/1.1 banana\r\n\r\n",
        "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
    ] {
        let vendor = vendor(move |_| Reply::Close(bytes.as_bytes().to_vec()));
        assert_eq!(kind_and_tries(push_to(&vendor, AMPLE)), (Kind::BadAnswer, 1), "{bytes:?}");
    }
}

#[test]
fn an_endless_answer_is_given_up_after_one_mebibyte() {
    let first =
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"code\":0,\"message\":\"".to_vec();
    let vendor = vendor(move |_| Reply::Endless(first.clone(), vec![b'x'; 64 * 1024]));
    let sent = push_to(&vendor, AMPLE);
    let kept = sent.exchanges[1].answer.as_ref().map(String::len);
    assert!(kept.is_some_and(|length| length < 20_000), "{kept:?}");
    assert_eq!(kind_and_tries(sent), (Kind::BadAnswer, 1));
    // What the sockets' buffers hold comes on top.
    assert!(vendor.written() < 32 << 20, "{} bytes", vendor.written());
}

#[test]
fn an_endless_head_is_given_up() {
    let vendor = vendor(|_| {
        Reply::Endless(b"HTTP/1.1 200 OK\r\n".to_vec(), b"X-Filler: xxxxxxxxxxxxxxxx\r\n".repeat(1000))
    });
    let (kind, tries) = kind_and_tries(push_to(&vendor, AMPLE));
    assert!(matches!(kind, Kind::BadAnswer | Kind::OutcomeUnknown), "{kind:?}");
    assert!(tries <= 3);
}

#[test]
fn after_a_lost_answer_the_push_is_repeated_because_one_app_message_id_notifies_once() {
    let always = vendor(|_| Reply::Close(cut_short()));
    assert_eq!(kind_and_tries(push_to(&always, AMPLE)), (Kind::OutcomeUnknown, 3));

    let silent = vendor(|_| Reply::Close(Vec::new()));
    assert_eq!(kind_and_tries(push_to(&silent, AMPLE)), (Kind::OutcomeUnknown, 3));

    let once =
        vendor(|before| if before == 0 { Reply::Close(cut_short()) } else { Reply::Keep(json(ACCEPTED)) });
    assert_eq!(message_id_and_tries(&push_to(&once, AMPLE)), ("30001-1-1-aa", 2));
}

#[test]
fn after_a_lost_answer_a_push_to_an_alias_is_not_repeated() {
    let vendor = vendor(|_| Reply::Close(cut_short()));
    let alias = Target::Alias(Alias::parse("alice").expect("an alias"));
    let sent = push(&client(&vendor.url(), AMPLE), &MemoryCache::empty(), &alias).expect("left this machine");
    assert_eq!((vendor.unicasts().len(), kind_and_tries(sent)), (1, (Kind::OutcomeUnknown, 1)));
}

#[test]
fn a_repeat_that_is_refused_leaves_the_first_unknown_only_where_the_code_is_about_repeats() {
    let then = |code: i64| {
        let refused = json(&format!(r#"{{"code":{code},"message":"no"}}"#));
        let vendor =
            vendor(
                move |before| {
                    if before == 0 { Reply::Close(cut_short()) } else { Reply::Keep(refused.clone()) }
                },
            );
        push_to(&vendor, AMPLE).outcome
    };
    for code in [32, 33, 13, 55, -1, -2] {
        let outcome = then(code);
        assert!(
            matches!(&outcome, Outcome::Unknown(Unknown::RefusedAfterLoss(error)) if error.code == code),
            "{outcome:?}"
        );
    }
    for code in [10000, 41, 67] {
        let outcome = then(code);
        assert!(matches!(&outcome, Outcome::Refused(error) if error.code == code), "{outcome:?}");
    }
}

#[test]
fn a_push_to_a_slow_vendor_ends_with_its_deadline() {
    let drip = [head(5000), vec![b' '; 5000]].concat();
    let replies: [fn(&[u8]) -> Reply; 3] =
        [|_| Reply::Hang(Vec::new()), |_| Reply::Hang(cut_short()), |drip| Reply::Drip(drip.to_vec())];
    for reply in replies {
        let sent = DEADLINES.into_iter().find_map(|deadline| {
            let drip = drip.clone();
            let vendor = vendor(move |_| reply(&drip));
            let sent = push(&client(&vendor.url(), deadline), &MemoryCache::empty(), &reg_id());
            (vendor.unicasts().len() == 1).then(|| sent.expect("left this machine"))
        });
        let sent = sent.expect("the push went out in time");
        assert!(matches!(sent.outcome, Outcome::Unknown(Unknown::TimedOut { .. })), "{:?}", sent.outcome);
        assert_eq!(kind_and_tries(sent).0, Kind::OutcomeUnknown);
    }
}

#[test]
fn a_redirect_is_never_followed() {
    for (status, kept) in
        [("301 Moved", true), ("302 Found", true), ("307 Temporary", true), ("308 Permanent", false)]
    {
        let elsewhere = TcpListener::bind("127.0.0.1:0").expect("a free port");
        elsewhere.set_nonblocking(true).expect("non-blocking");
        let location = format!("http://{}/?x=s3cret-auth-token", elsewhere.local_addr().expect("bound"));
        let bytes =
            format!("HTTP/1.1 {status}\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n").into_bytes();
        let reply = move || if kept { Reply::Keep(bytes.clone()) } else { Reply::Close(bytes.clone()) };

        let pushing = reply.clone();
        let unicast = vendor(move |_| pushing());
        assert_eq!(kind_and_tries(push_to(&unicast, AMPLE)), (Kind::Redirect, 1), "{status}");

        let auth = Vendor::start(move |_, _| reply());
        let error =
            push(&client(&auth.url(), AMPLE), &MemoryCache::empty(), &reg_id()).expect_err("nothing pushed");
        assert!(error.to_string().contains(&location), "{error}");
        assert_eq!((error.explain().kind, auth.received().len()), (Kind::Redirect, 1));

        let visitor = elsewhere.accept().expect_err("nobody came");
        assert_eq!(visitor.kind(), std::io::ErrorKind::WouldBlock);
    }
}

#[test]
fn a_connection_closed_between_the_calls_is_opened_again() {
    let vendor = Vendor::start(|request, _| match request.is_auth() {
        true => Reply::Close(json(AUTH)),
        false => Reply::Keep(json(ACCEPTED)),
    });
    let sent = push_to(&vendor, AMPLE);
    assert_eq!(message_id_and_tries(&sent).0, "30001-1-1-aa");
    assert_eq!(vendor.connections(), 2);
}

#[test]
fn codes_that_say_nothing_was_taken_are_tried_three_times() {
    for code in [-1, -2] {
        let busy = json(&format!(r#"{{"code":{code},"message":"busy"}}"#));
        let (always, first) = (busy.clone(), busy);
        let vendor_busy = vendor(move |_| Reply::Keep(always.clone()));
        let sent = push_to(&vendor_busy, AMPLE);
        assert!(matches!(&sent.outcome, Outcome::Refused(error) if error.code == code), "{:?}", sent.outcome);
        assert_eq!((sent.tries, vendor_busy.unicasts().len()), (3, 3));

        let vendor_later =
            vendor(move |before| Reply::Keep(if before < 2 { first.clone() } else { json(ACCEPTED) }));
        assert_eq!(message_id_and_tries(&push_to(&vendor_later, AMPLE)).1, 3);
    }
    for code in [13, 33, 40, 55, 10000, 99999] {
        let refused = json(&format!(r#"{{"code":{code}}}"#));
        let vendor = vendor(move |_| Reply::Keep(refused.clone()));
        assert_eq!(push_to(&vendor, AMPLE).tries, 1, "{code}");
    }
}

#[test]
fn success_without_a_message_id_is_unknown() {
    for body in [r#"{"code":0}"#, r#"{"code":0,"data":{"messageId":""}}"#, r#"{"code":0,"data":[]}"#] {
        let vendor = vendor(move |_| Reply::Keep(json(body)));
        let sent = push_to(&vendor, AMPLE);
        assert_eq!(sent.outcome, Outcome::Unknown(Unknown::NoMessageId), "{body}");
        assert_eq!(sent.tries, 1);
    }
}

#[test]
fn an_echo_of_the_request_shows_no_secret() {
    for echo in ["41", "0"] {
        let vendor = Vendor::start(move |request, _| {
            let body = &request.body;
            let text =
                format!(r#"{{"code":{echo},"message":"{body}","data":{{"messageId":"s3cret-auth-token"}}}}"#);
            Reply::Keep(json(if request.is_auth() { AUTH } else { &text }))
        });
        let sent = push_to(&vendor, AMPLE);
        assert!(format!("{sent:?}").contains("auth_token=********"), "the echo is there: {sent:?}");
    }
    let vendor = Vendor::start(|request, _| {
        Reply::Keep(answer(
            "200 OK",
            "text/plain",
            format!("{{\"code\":16,\"message\":\"{}\"}}", request.body).as_bytes(),
        ))
    });
    let error = verify(&client(&vendor.url(), AMPLE), &MemoryCache::empty()).expect_err("refused");
    let shown = format!("{error:?} {error}");
    assert!(shown.contains("sign=********") && !shown.contains("0c313fd797b0533e"), "{shown}");
}

#[test]
fn an_auth_answer_that_cannot_be_used_pushes_nothing() {
    for (reply, kind, calls) in [
        (json(r#"{"code":0,"data":{}}"#), Kind::BadAnswer, 1),
        (json(r#"{"code":0,"data":{"auth_token":"a\nb"}}"#), Kind::BadAnswer, 1),
        (answer("502 Bad Gateway", "text/html", b"<html></html>"), Kind::BadAnswer, 1),
        (b"garbage\r\n\r\n".to_vec(), Kind::BadAnswer, 1),
        (cut_short(), Kind::BadAnswer, 3),
        (Vec::new(), Kind::BadAnswer, 3),
    ] {
        let vendor = Vendor::start(move |_, _| Reply::Close(reply.clone()));
        let error = push(&client(&vendor.url(), AMPLE), &MemoryCache::empty(), &reg_id())
            .expect_err("nothing pushed");
        let shown = error.to_string();
        assert_eq!((error.exchanges.len(), error.explain().kind), (calls, kind), "{shown}");
        assert_eq!((vendor.auths(), vendor.unicasts().len()), (calls, 0), "{shown}");
    }
    let vendor = Vendor::start(|_, _| Reply::Hang(Vec::new()));
    let error = push(&client(&vendor.url(), DEADLINES[0]), &MemoryCache::empty(), &reg_id())
        .expect_err("nothing pushed");
    assert_eq!(error.explain().kind, Kind::Timeout);
}

#[test]
fn no_connection_means_that_nothing_was_sent() {
    let error =
        push(&client(&Vendor::nobody().url(), AMPLE), &MemoryCache::empty(), &reg_id()).expect_err("closed");
    assert_eq!(error.exchanges.len(), 3);
    assert!(error.exchanges.iter().all(|exchange| exchange.status.is_none() && exchange.failure.is_some()));
    assert_eq!(error.explain().kind, Kind::Unreachable);
}
