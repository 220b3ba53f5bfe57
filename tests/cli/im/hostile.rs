//! A server that is no IM server, or a mad one: the error says so, within bounds, and no secret leaves or is shown.

use std::net::TcpListener;

use serde_json::json;

use super::super::processes::with_enough_time;
use super::server::{KEY, Received, Reply, Vendor, answer, assert_silent, home, json as as_json, target};

const OK: &str = r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}"#;

/// The kind and exit code of a call that reads, and of one that changes something.
#[track_caller]
fn both(server: &Vendor) -> [(i32, String); 2] {
    both_with(server, &[])
}

#[track_caller]
fn both_with(server: &Vendor, more: &[&str]) -> [(i32, String); 2] {
    let home = home(&server.url());
    [vec!["im", "state", "bob"], vec!["im", "send", "--to", "bob", "--text", "hi"]].map(|mut args| {
        args.extend(more);
        args.push("--json");
        let ran = home.run(&args);
        assert_silent(&ran, server);
        (ran.code, ran.json()["error"]["kind"].as_str().unwrap_or("none").to_owned())
    })
}

#[test]
fn an_unreadable_answer_is_never_success_and_a_change_is_unknown() {
    let huge = answer("200 OK", "application/json", &vec![b' '; 3 << 20]);
    let cut =
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 200\r\n\r\n{\"Action".to_vec();
    for (name, bytes) in [
        ("a proxy's page", answer("502 Bad Gateway", "text/html", b"<html>Bad Gateway</html>")),
        ("a page with status 200", answer("200 OK", "text/html", b"<html>login</html>")),
        ("an empty body", answer("200 OK", "application/json", b"")),
        ("no content", b"HTTP/1.1 204 No Content\r\n\r\n".to_vec()),
        ("not UTF-8", answer("200 OK", "application/json", b"{\"ErrorCode\":0,\"ErrorInfo\":\"\xff\"}")),
        ("another API", as_json(r#"{"code":0,"message":"Success"}"#)),
        ("the app's own webhook", as_json(OK)),
        ("a contradiction", as_json(r#"{"ActionStatus":"FAIL","ErrorCode":0}"#)),
        ("success with status 500", answer("500 Internal Server Error", "application/json", OK.as_bytes())),
        ("deep JSON", answer("200 OK", "application/json", "{\"a\":".repeat(100_000).as_bytes())),
        ("huge", huge),
        ("no HTTP", b"SSH-2.0-OpenSSH_9.9\r\n".to_vec()),
        ("cut short", cut),
        ("closed at once", Vec::new()),
    ] {
        let server = Vendor::start(move |_, _| Reply::Close(bytes.clone()));
        let [reading, changing] = both(&server);
        assert_eq!(reading, (6, "bad-answer".to_owned()), "{name}");
        assert_eq!(changing, (6, "outcome-unknown".to_owned()), "{name}");
        assert_eq!(server.received().len(), 2, "{name}: nothing is repeated");
    }
}

#[test]
fn an_html_page_is_named_as_such() {
    let page = answer("200 OK", "text/html", b"<html>login</html>");
    let server = Vendor::start(move |_, _| Reply::Close(page.clone()));
    let ran = home(&server.url()).run(&["im", "check"]).expect(6);
    assert!(ran.stderr.contains("an HTML page") && ran.stderr.contains("a proxy"), "{ran}");
}

#[test]
fn slow_endless_and_silent_servers_end_with_an_error() {
    let head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"ErrorInfo\":\"".to_vec();
    let server = Vendor::start(move |_, _| Reply::Endless(head.clone(), vec![b'x'; 64 * 1024]));
    assert_eq!(both(&server), [(6, "bad-answer".to_owned()), (6, "outcome-unknown".to_owned())]);
    let ends = with_enough_time(|time| {
        let server = Vendor::start(|_, _| Reply::Hang(Vec::new()));
        let ends = both_with(&server, &["--timeout", &format!("{}s", time.as_secs())]);
        (server.received().len() == 2).then_some(ends)
    });
    assert_eq!(ends, [(6, "timeout".to_owned()), (6, "outcome-unknown".to_owned())]);
    let home = home(&Vendor::nobody().url());
    for args in [vec!["im", "state", "bob"], vec!["im", "send", "--to", "bob", "--text", "hi"]] {
        assert_eq!(home.json(&args).1["error"]["kind"], "unreachable");
    }
}

#[test]
fn the_user_sig_of_a_call_is_good_for_ten_minutes() {
    let server = Vendor::start(|_, _| Reply::Close(as_json(OK)));
    let home = home(&server.url());
    home.run(&["im", "state", "bob"]);
    let user_sig = target(&server.received()[0]).1["usersig"].clone();
    let ran = home.run_with(&["im", "usersig", "--verify", "--json"], &user_sig).expect(0);
    assert_eq!(ran.json()["expire_seconds"], json!(600));
}

#[test]
fn a_redirect_is_not_followed() {
    let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap();
    elsewhere.set_nonblocking(true).unwrap();
    let place = elsewhere.local_addr().unwrap();
    let server = Vendor::start(move |request: &Received, _| {
        let user_sig = &target(request).1["usersig"];
        Reply::Close(
            format!("HTTP/1.1 307 Temporary\r\nLocation: http://{place}/?u={user_sig}\r\nContent-Length: 0\r\n\r\n")
                .into_bytes(),
        )
    });
    assert_eq!(both(&server), [(6, "redirect".to_owned()), (6, "redirect".to_owned())]);
    assert_eq!(elsewhere.accept().unwrap_err().kind(), std::io::ErrorKind::WouldBlock);
}

#[test]
fn an_echo_shows_no_secret() {
    for code in [0, 70003] {
        let server = Vendor::start(move |request: &Received, _| {
            let user_sig = &target(request).1["usersig"];
            let echo = json!({
                "ActionStatus": if code == 0 { "OK" } else { "FAIL" }, "ErrorCode": code,
                "ErrorInfo": format!("{user_sig} {KEY}\u{1b}[31m"), "MsgKey": user_sig, "MsgTime": 1,
                "QueryResult": [{ "To_Account": "bob", "Status": user_sig, "Detail": [{ "Platform": KEY, "Status": "x" }] }],
                "InstanceTrace": [{ "DeviceModel": user_sig, "Token": KEY }],
                "ReadyToSendLoss": [{ "ErrCode": user_sig, "ErrCount": 1, "ErrInfo": KEY }],
                "ResultItem": [{ "UserID": "administrator", "ResultCode": 70003, "ResultInfo": user_sig }],
            });
            Reply::Keep(as_json(&echo.to_string()))
        });
        let home = home(&server.url());
        for args in [
            vec!["im", "check"],
            vec!["im", "state", "bob"],
            vec!["im", "send", "--to", "bob", "--text", "hi"],
            vec!["im", "trace", "p"],
            vec!["im", "loss"],
            vec!["im", "kick", "bob"],
        ] {
            for extra in [vec![], vec!["--json"], vec!["--verbose"]] {
                let ran = home.run(&[args.clone(), extra].concat());
                assert_silent(&ran, &server);
                assert!(!ran.stdout.contains('\u{1b}') && !ran.stderr.contains('\u{1b}'), "{ran}");
            }
        }
    }
}
