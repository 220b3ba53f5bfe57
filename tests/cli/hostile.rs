//! `opush send` against a vendor that answers anything: right status and exit code, bounded tries, time and memory, no leak.

use std::collections::BTreeSet;
use std::io::Write;
use std::net::TcpListener;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::harness::{Home, Ran};
use super::processes::{peak_memory, start, with_enough_time};
use super::vendor::{Received, Reply, Vendor, answer, json};

const TOKEN: &str = "s3cret-auth-token";
const MASTER_SECRET: &str = "demo-master-secret";
const AUTH: &str = r#"{"code":0,"data":{"auth_token":"s3cret-auth-token","create_time":1700000000000}}"#;
const ACCEPTED: &str = r#"{"code":0,"data":{"messageId":"30001-1-1-aa"}}"#;
const REG_ID: &str = "OPPO_CN_00000000000000000000000000000001";

/// Whatever a vendor does, nothing takes longer than this on the busiest machine.
const BOUNDED: Duration = Duration::from_secs(90);

const MIB: u64 = 1024;

fn home(vendor: &Vendor) -> Home {
    let config = format!(
        r#"
[profile.demo]
region = "cn"
endpoint = "{}"

[[profile.demo.certificate]]
id = 7005
name = "demo-oppo"
app_id = "30001"
app_key = "demo-app-key"
master_secret = {{ env = "DEMO_MASTER_SECRET" }}
channel_id = "tuikit"
click = {{ action = "open-app" }}
"#,
        vendor.url()
    );
    Home::with_config(&config).variable("DEMO_MASTER_SECRET", MASTER_SECRET)
}

const SEND: [&str; 7] = ["send", "--reg-id", REG_ID, "--title", "Hi", "--content", "hello"];

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

/// What a send came to.
#[derive(Debug, PartialEq, Eq)]
struct End {
    status: String,
    exit: i32,
    kind: Option<String>,
    tries: usize,
}

fn end(status: &str, exit: i32, kind: &str, tries: usize) -> End {
    let kind = Some(kind.to_owned()).filter(|kind| !kind.is_empty());
    End { status: status.into(), exit, kind, tries }
}

/// Sends, and checks what must hold whatever the vendor does.
#[track_caller]
fn send(vendor: &Vendor, more: &[&str]) -> End {
    let home = home(vendor);
    let args: Vec<&str> = SEND.iter().chain(more).copied().chain(["--json"]).collect();
    let began = Instant::now();
    let ran = home.run(&args);
    assert!(began.elapsed() < BOUNDED, "{:?}\n{ran}", began.elapsed());
    let value = ran.json();
    let tries = vendor.unicasts().len();
    assert!(tries <= 3 && vendor.auths() <= 3, "{ran}");
    let ids: BTreeSet<String> = vendor.unicasts().iter().map(app_message_id).collect();
    if tries > 0 {
        assert_eq!(ids, BTreeSet::from([value["app_message_id"].as_str().unwrap().to_owned()]), "{ran}");
    }
    history_agrees(&home, &value, tries);
    keeps_secrets(&home, vendor, &ran);
    End {
        status: value["status"].as_str().unwrap().to_owned(),
        exit: ran.code,
        kind: value["error"]["kind"].as_str().map(Into::into),
        tries,
    }
}

#[track_caller]
fn history_agrees(home: &Home, sent: &Value, tries: usize) {
    let (code, list) = home.json(&["history", "list"]);
    assert_eq!((code, list["items"].as_array().unwrap().len()), (0, 1), "{list}");
    assert_eq!(
        (&list["items"][0]["id"], &list["items"][0]["status"]),
        (&sent["history_id"], &sent["status"])
    );
    let (_, shown) = home.json(&["history", "show", &sent["history_id"].to_string()]);
    for key in ["status", "message_id", "app_message_id"] {
        assert_eq!(shown[key], sent[key], "{key}");
    }
    // A request may be lost on a connection that the vendor closes at that moment, unseen by it.
    let counted = shown["tries"].as_u64().unwrap() as usize;
    assert!((tries..=3).contains(&counted), "{shown}");
    if sent["status"] == "unknown" || sent["status"] == "not_sent" {
        assert_eq!(shown["reason"], sent["error"]["message"]);
    }
}

/// Neither what is printed nor what is kept for people has a secret in it.
#[track_caller]
fn keeps_secrets(home: &Home, vendor: &Vendor, ran: &Ran) {
    let history = home.run(&["history", "show", "1", "--json"]);
    let verbose = home.run(&["history", "show", "1"]);
    let signs = vendor.received().into_iter().filter(Received::is_auth).filter_map(|request| {
        let (_, sign) = request.body.split_once("sign=")?;
        Some(sign.split('&').next()?.to_owned())
    });
    for secret in signs.chain([TOKEN.to_owned(), MASTER_SECRET.to_owned()]) {
        for printed in [ran, &history, &verbose] {
            assert!(!printed.to_string().contains(&secret), "{secret} is shown\n{printed}");
        }
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
fn the_vendor_of_these_tests_works_without_a_fault() {
    let vendor = vendor(|_| Reply::Keep(json(ACCEPTED)));
    assert_eq!(send(&vendor, &[]), end("accepted", 0, "", 1));
    assert_eq!((vendor.connections(), vendor.auths()), (1, 1));
}

#[test]
fn an_answer_without_an_envelope_is_unknown_and_the_push_is_not_repeated() {
    let page = |status: &str| answer(status, "text/html", b"<html><body>Bad Gateway</body></html>");
    let of_json = |body: &[u8]| answer("200 OK", "application/json", body);
    let echo = format!("no such token: {TOKEN}");
    for (name, bytes) in [
        ("a page with status 500", page("500 Internal Server Error")),
        ("a page with status 200", page("200 OK")),
        ("an empty body", of_json(b"")),
        ("no content", b"HTTP/1.1 204 No Content\r\n\r\n".to_vec()),
        ("not UTF-8", of_json(b"{\"code\":0,\"data\":{\"messageId\":\"\xff\xfe\"},\xff:1}")),
        ("deep JSON", of_json(&[b'['; 500_000])),
        ("deep JSON inside an envelope", of_json(&[br#"{"code":0,"data":"#, &[b'['; 300_000][..]].concat())),
        ("a length that is too small", [head(10), ACCEPTED.as_bytes().to_vec()].concat()),
        ("success with status 500", answer("500 Oops", "application/json", ACCEPTED.as_bytes())),
        ("a header that is none", b"HTTP/1.1 200 OK\r\n\x01\x02\x03\r\n\r\n{}".to_vec()),
        ("another protocol", b"SSH-2.0-OpenSSH_9.9\r\n".to_vec()),
        (
            "compressed, which nobody asked for",
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\x1f\x8b\x08\x00"
                .to_vec(),
        ),
        ("a thousand headers", format!("HTTP/1.1 200 OK\r\n{}\r\n", "X: y\r\n".repeat(1000)).into_bytes()),
        ("an echo of the token", of_json(echo.as_bytes())),
        ("terminal escapes", of_json(b"\x1b]0;owned\x07\x1b[2J")),
        ("more than a mebibyte", of_json(&vec![b' '; 3 << 20])),
    ] {
        let vendor = vendor(move |_| Reply::Close(bytes.clone()));
        assert_eq!(send(&vendor, &[]), end("unknown", 6, "bad-answer", 1), "{name}");
    }
}

#[test]
fn success_without_a_message_id_is_unknown() {
    for body in [r#"{"code":0}"#, r#"{"code":"0","data":{"messageId":null}}"#, r#"{"code":0,"data":"x"}"#] {
        let vendor = vendor(move |_| Reply::Keep(json(body)));
        assert_eq!(send(&vendor, &[]), end("unknown", 6, "outcome-unknown", 1), "{body}");
    }
}

#[test]
fn after_a_lost_answer_the_push_is_repeated_with_the_same_id() {
    for bytes in [cut_short(), Vec::new(), head(200), b"HTTP/1.1 200".to_vec()] {
        let always = bytes.clone();
        let vendor_always = vendor(move |_| Reply::Close(always.clone()));
        assert_eq!(send(&vendor_always, &[]), end("unknown", 6, "outcome-unknown", 3));
        let once =
            vendor(
                move |before| {
                    if before == 0 { Reply::Close(bytes.clone()) } else { Reply::Keep(json(ACCEPTED)) }
                },
            );
        assert_eq!(send(&once, &[]), end("accepted", 0, "", 2));
    }
}

#[test]
fn a_refusal_is_a_refusal_whatever_its_form() {
    for (reply, tries) in [
        (json(r#"{"code":10000,"message":"Invalid Registration_id"}"#), 1),
        (json(r#"{"code":"10000","message":null}"#), 1),
        (answer("400 Bad Request", "text/plain", br#"{"code":10000}"#), 1),
        (json(r#""{\"code\":10000,\"message\":\"x\"}""#), 1),
        (json(r#"{"code":-2,"message":"Service in Flow Control"}"#), 3),
    ] {
        let vendor = vendor(move |_| Reply::Keep(reply.clone()));
        assert_eq!(send(&vendor, &[]), end("refused", 5, "vendor-refused", tries));
    }
}

#[test]
fn a_send_to_a_slow_vendor_ends_with_its_deadline() {
    let drip = [head(5000), vec![b' '; 5000]].concat();
    let replies: [fn(&[u8]) -> Reply; 4] = [
        |_| Reply::Hang(Vec::new()),
        |_| Reply::Hang(b"HTTP/1.1 200 OK\r\nContent-".to_vec()),
        |_| Reply::Hang(cut_short()),
        |drip| Reply::Drip(drip.to_vec()),
    ];
    std::thread::scope(|scope| {
        for reply in replies {
            let drip = drip.clone();
            scope.spawn(move || {
                let end_of_it = with_enough_time(|time| {
                    let drip = drip.clone();
                    let vendor = vendor(move |_| reply(&drip));
                    let end = send(&vendor, &["--timeout", &format!("{}s", time.as_secs())]);
                    (!vendor.unicasts().is_empty()).then_some(end)
                });
                assert_eq!(end_of_it, end("unknown", 6, "outcome-unknown", 1));
            });
        }
    });
}

#[test]
fn a_silent_auth_call_sends_nothing() {
    let vendor = Vendor::start(|_, _| Reply::Hang(Vec::new()));
    assert_eq!(send(&vendor, &["--timeout", "1s"]), end("not_sent", 6, "timeout", 0));
}

#[test]
fn an_auth_answer_that_cannot_be_used_sends_nothing() {
    for (reply, end) in [
        (answer("502 Bad Gateway", "text/html", b"<html></html>"), end("not_sent", 6, "bad-answer", 0)),
        (json(r#"{"code":0,"data":{}}"#), end("not_sent", 6, "bad-answer", 0)),
        (cut_short(), end("not_sent", 6, "bad-answer", 0)),
        (Vec::new(), end("not_sent", 6, "bad-answer", 0)),
        (json(r#"{"code":16,"message":"Invalid Signature"}"#), end("refused", 5, "credentials-refused", 0)),
        (json(r#"{"code":28,"message":"App Disabled"}"#), end("refused", 5, "vendor-refused", 0)),
    ] {
        let vendor = Vendor::start(move |_, _| Reply::Close(reply.clone()));
        assert_eq!(send(&vendor, &[]), end);
    }
}

#[test]
fn a_refused_connection_means_that_nothing_was_sent() {
    assert_eq!(send(&Vendor::nobody(), &[]), end("not_sent", 6, "unreachable", 0));
}

#[test]
fn interim_answers_are_skipped() {
    let interim = b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n".repeat(3);
    let vendor = vendor(move |_| Reply::Keep([&interim[..], &json(ACCEPTED)].concat()));
    assert_eq!(send(&vendor, &[]), end("accepted", 0, "", 1));
}

/// An https endpoint that speaks no TLS: one that says nothing, and one that answers in plain text.
#[test]
fn without_tls_nothing_is_sent() {
    for (says, kind) in [("", "unreachable"), ("HTTP/1.1 400 Bad Request\r\n\r\n", "tls")] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let vendor = Vendor::at(listener.local_addr().unwrap());
        std::thread::spawn(move || {
            let mut kept = Vec::new();
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let _ = stream.write_all(says.as_bytes());
                kept.push(stream);
            }
        });
        let home = home(&vendor);
        home.write("opush.toml", home.read("opush.toml").replace("http://", "https://"));
        let began = Instant::now();
        let ran = home.run(&[&SEND[..], &["--timeout", "2s", "--json"]].concat());
        assert!(began.elapsed() < BOUNDED);
        let value = ran.json();
        assert_eq!(
            (ran.code, &value["status"], &value["error"]["kind"]),
            (6, &"not_sent".into(), &kind.into())
        );
        history_agrees(&home, &value, 0);
    }
}

#[test]
fn a_redirect_is_never_followed() {
    for status in ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"] {
        let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap();
        elsewhere.set_nonblocking(true).unwrap();
        let location = format!("http://{}/?token={TOKEN}", elsewhere.local_addr().unwrap());
        let bytes = answer(status, "text/html", b"<a>there</a>");
        let bytes =
            String::from_utf8(bytes).unwrap().replacen("\r\n", &format!("\r\nLocation: {location}\r\n"), 1);

        let to_push = bytes.clone().into_bytes();
        let on_push = vendor(move |_| Reply::Keep(to_push.clone()));
        assert_eq!(send(&on_push, &[]), end("unknown", 6, "redirect", 1), "{status}");

        let to_auth = bytes.replace(TOKEN, "x").into_bytes();
        let on_auth = Vendor::start(move |_, _| Reply::Keep(to_auth.clone()));
        assert_eq!(send(&on_auth, &[]), end("not_sent", 6, "redirect", 0), "{status}");
        assert_eq!(on_auth.received().len(), 1);

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
    let End { status, exit, .. } = send(&vendor, &[]);
    assert_eq!((status.as_str(), exit, vendor.connections()), ("accepted", 0, 2));
}

#[test]
fn an_invalid_token_is_renewed_once() {
    let vendor = vendor(|_| Reply::Keep(json(r#"{"code":11,"message":"Invalid AuthToken"}"#)));
    assert_eq!(send(&vendor, &[]), end("refused", 5, "vendor-refused", 2));
    assert_eq!(vendor.auths(), 2);
}

/// Answers without an end, or with one far away, are cut off: what the process holds stays small.
#[test]
fn memory_is_bounded() {
    let endless =
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"code\":0,\"message\":\"".to_vec();
    let chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
    let chunk = [b"10000\r\n".to_vec(), vec![b'7'; 0x10000], b"\r\n".to_vec()].concat();
    for (name, first, again) in [
        ("100 MB", head(100_000_000), vec![b' '; 1 << 16]),
        ("endless", endless, vec![b'x'; 1 << 16]),
        ("endless chunks", chunked, chunk),
        ("an endless head", b"HTTP/1.1 200 OK\r\n".to_vec(), b"X-Filler: xxxxxxxxxxxxxxxx\r\n".repeat(1000)),
        ("an endless header", b"HTTP/1.1 200 OK\r\nX: ".to_vec(), vec![b'x'; 1 << 16]),
    ] {
        let on_push = {
            let (first, again) = (first.clone(), again.clone());
            vendor(move |_| Reply::Endless(first.clone(), again.clone()))
        };
        let on_auth = Vendor::start(move |_, _| Reply::Endless(first.clone(), again.clone()));
        for (vendor, status) in [(on_push, "unknown"), (on_auth, "not_sent")] {
            let home = home(&vendor);
            let mut child = start(&home, &SEND);
            let peak = peak_memory(&mut child);
            assert!((MIB..60 * MIB).contains(&peak), "{name}, {status}: {peak} KiB");
            assert_eq!(child.wait().unwrap().code(), Some(6), "{name}");
            let (_, list) = home.json(&["history", "list"]);
            assert_eq!(list["items"][0]["status"], status, "{name}");
        }
    }
}
