//! `im webhook listen` over real sockets: what is answered, shown and kept.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};

use opush::clock::{Clock, Timestamp};
use opush::store::Store;
use opush::store::im_events::{ImEvent, ImEventFilter, list};
use serde_json::{Value, json};

use super::super::harness::Home;
use super::server::home;

const QUERY: &str = "SdkAppid=1400000001&CallbackCommand=State.StateChange&contenttype=json&ClientIP=1.2.3.4&OptPlatform=Android";

struct Listener {
    child: Child,
    address: String,
}

/// Started, with its address read from stderr.
fn listen(home: &Home, args: &[&str]) -> Listener {
    let all: Vec<&str> = ["im", "webhook", "listen"].iter().chain(args).copied().collect();
    let mut child = home
        .command(&all)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stderr.as_mut().unwrap()).read_line(&mut line).unwrap();
    let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default();
    assert!(!address.is_empty(), "{line}");
    Listener { address: address.to_owned(), child }
}

impl Listener {
    /// The status and body of the answer.
    fn post(&self, query: &str, body: &str) -> (u16, String) {
        let length = body.len();
        self.raw(&format!("POST /?{query} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"))
    }

    fn raw(&self, request: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        (status, answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default())
    }

    fn finish(self) -> (i32, String) {
        let output = self.child.wait_with_output().unwrap();
        (output.status.code().unwrap_or(-1), String::from_utf8(output.stdout).unwrap())
    }
}

fn kept(home: &Home) -> Vec<ImEvent> {
    let store =
        Store::open(&home.state_home().join("state.db"), Clock::fixed(Timestamp::UNIX_EPOCH)).unwrap();
    let mut events = list(&store, &ImEventFilter::default()).unwrap();
    events.reverse();
    events
}

#[test]
fn callbacks_are_answered_shown_and_kept() {
    let home = home("http://127.0.0.1:9");
    let listener = listen(&home, &["--count", "3"]);
    let ok: Value = json!({ "ActionStatus": "OK", "ErrorInfo": "", "ErrorCode": 0 });
    let state = json!({
        "CallbackCommand": "State.StateChange", "EventTime": 1_700_000_000_000_i64,
        "Info": { "Action": "Disconnect", "To_Account": "bob", "Reason": "LinkClose" },
    });
    let push = |stage: i64| {
        json!({
            "EventType": 1, "EventTime": 1_700_000_000, "From_Account": "alice", "To_Account": "bob", "PushPlatform": 6,
            "PushStage": stage, "MsgKey": "1_2_3", "PushID": "p1", "ErrCode": 0, "ErrInfo": "",
        })
    };
    let pushes = json!({ "CallbackCommand": "Push.OfflinePush", "Events": [push(1), push(2)] });
    for (query, body) in [
        (QUERY.to_owned(), state.clone()),
        (QUERY.replace("State.StateChange", "Push.OfflinePush"), pushes),
        (QUERY.replace("State.StateChange", "C2C.CallbackAfterSendMsg"), json!({ "MsgKey": "1_2_3" })),
    ] {
        let (status, answer) = listener.post(&query, &body.to_string());
        assert_eq!((status, serde_json::from_str::<Value>(&answer).unwrap()), (200, ok.clone()));
    }
    let (code, shown) = listener.finish();
    assert_eq!(code, 0);
    insta::assert_snapshot!(shown, @r"
    State.StateChange  bob  Disconnect (LinkClose) on Android
    Push.OfflinePush  bob  sent by OPPO  push p1
    Push.OfflinePush  bob  reached by OPPO  push p1
    C2C.CallbackAfterSendMsg  kept as it came
    3 received, 3 kept, 0 rejected
    ");
    let (_, presence) = home.json(&["presence", "show", "--user", "bob"]);
    // The disconnect of 2023 is more than seven days ago.
    let bob = &presence["items"][0];
    assert_eq!(
        (&bob["state"], &bob["told_by"]),
        (&json!("expired-7-days"), &json!("webhook")),
        "{presence:#}"
    );
    let events = kept(&home);
    let commands: Vec<&str> = events.iter().map(|event| event.event.command.as_str()).collect();
    assert_eq!(
        commands,
        ["State.StateChange", "Push.OfflinePush", "Push.OfflinePush", "C2C.CallbackAfterSendMsg"]
    );
    let first = &events[0].event;
    assert_eq!((first.user.as_deref(), first.what.as_deref()), (Some("bob"), Some("Disconnect")));
    assert_eq!(serde_json::from_str::<Value>(&first.body).unwrap(), state);
    assert_eq!(
        (events[2].event.what.as_deref(), events[2].event.push_id.as_deref()),
        (Some("reached"), Some("p1"))
    );
}

#[test]
fn wrong_requests_are_refused_and_the_listener_goes_on() {
    let home = home("http://127.0.0.1:9");
    let listener = listen(&home, &["--count", "1"]);
    let other = QUERY.replace("1400000001", "1400000002");
    for (query, body, status) in [
        (other.as_str(), "{}", 403),
        ("", "{}", 403),
        (QUERY, "", 400),
        (QUERY, "[]", 400),
        (QUERY, "not json", 400),
        ("SdkAppid=1400000001", "{}", 400),
    ] {
        assert_eq!(listener.post(query, body).0, status, "{query} {body}");
    }
    assert_eq!(
        listener.raw(&format!("GET /?{QUERY} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")).0,
        405
    );
    assert_eq!(listener.post(QUERY, &" ".repeat(600 << 10)).0, 413);
    // A connection that says nothing keeps nobody waiting.
    let silent = TcpStream::connect(&listener.address).unwrap();
    assert_eq!(listener.post(QUERY, r#"{"Info":{}}"#).0, 200);
    drop(silent);
    let (code, shown) = listener.finish();
    assert_eq!(code, 0);
    assert!(shown.ends_with("1 received, 1 kept, 8 rejected\n"), "{shown}");
    assert_eq!(kept(&home).len(), 1);
}

#[test]
fn it_says_in_json_what_it_took_and_keeps_to_loopback() {
    let home = home("http://127.0.0.1:9");
    let (code, printed) = home.json(&["im", "webhook", "listen", "--listen", "0.0.0.0:0"]);
    assert_eq!(
        (code, &printed["error"]["kind"], &printed["error"]["place"]),
        (2, &json!("missing-flag"), &json!("--listen"))
    );
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let (code, printed) = home.json(&["im", "webhook", "listen", "--listen", &address]);
    assert_eq!((code, &printed["error"]["place"]), (1, &json!("--listen")));
}

/// The server names kinds of terminal: a phone's state is that of Android, whatever its name here, and no other kind's.
#[test]
fn presence_of_a_platform_applies_to_the_devices_of_it() {
    let home = home("http://127.0.0.1:9");
    home.write(
        "opush.toml",
        home.read("opush.toml")
            + "[[profile.demo.certificate]]\nid = 7005\napp_id = \"30001\"\napp_key = \"k\"\n\
               master_secret = { env = \"MASTER\" }\nchannel_id = \"tuikit\"\n",
    );
    for (device, hex) in [("pad", "1"), ("phone", "2")] {
        let reg_id = format!("CN_{}", hex.repeat(32));
        home.run(&["token", "report", "--user", "bob", "--device", device, "--reg-id", &reg_id]).expect(0);
    }
    let told = |platform: &str, action: &str, kicked: &[&str]| {
        let listener = listen(&home, &["--count", "1"]);
        let kicked: Vec<Value> = kicked.iter().map(|platform| json!({ "Platform": platform })).collect();
        let body = json!({
            "CallbackCommand": "State.StateChange", "KickedDevice": kicked,
            "Info": { "Action": action, "To_Account": "bob", "Reason": "x" },
        });
        let query = QUERY.replace("OptPlatform=Android", &format!("OptPlatform={platform}"));
        assert_eq!(listener.post(&query, &body.to_string()).0, 200);
        assert_eq!(listener.finish().0, 0);
        let (_, shown) = home.json(&["presence", "show", "--user", "bob"]);
        let items = shown["items"].as_array().unwrap().clone().into_iter();
        let text = |item: &Value, key: &str| item[key].as_str().unwrap().to_owned();
        items
            .map(|item| {
                format!("{} {} {}", text(&item, "device"), text(&item, "platform"), text(&item, "state"))
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(told("Android", "Disconnect", &[]), ["pad android killed", "phone android killed"]);
    let web = told("Web", "Login", &[]);
    assert_eq!(web, ["pad android killed", "phone android killed", "web web online"]);
    let windows = told("Windows", "Login", &["Android", "Web"]);
    assert_eq!(windows, ["pad android kicked", "pc pc online", "phone android kicked", "web web kicked"]);
    // A kick by the REST API is about all of them.
    let all = told("RESTAPI", "Logout", &[]);
    assert!(all.iter().all(|line| line.ends_with("logged-out")) && all.len() == 4, "{all:?}");
}

/// The sandbox's IM server posts what happens there, and the listener keeps it as evidence.
#[test]
fn the_sandboxs_callbacks_are_received() {
    let home = Home::new();
    let listener = listen(&home, &["--count", "3", "--profile", "sandbox"]);
    let _sandbox = home.sandbox(&["--im-webhook", &format!("http://{}/", listener.address)]);
    home.run(&["sandbox", "phone", "add", "--name", "find-x"]).expect(0);
    home.run(&["sandbox", "phone", "login", "find-x", "--user", "bob"]).expect(0);
    home.run(&["sandbox", "phone", "kill", "find-x"]).expect(0);
    home.run(&["im", "send", "--to", "bob", "--text", "hi", "--profile", "sandbox"]).expect(0);
    let (code, shown) = listener.finish();
    assert_eq!(code, 0);
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines[0], "State.StateChange  bob  Login (Register) on Android", "{shown}");
    assert_eq!(lines[1], "State.StateChange  bob  Disconnect (LinkClose) on Android", "{shown}");
    assert!(lines[2].starts_with("Push.OfflinePush  bob  sent by OPPO  push "), "{shown}");
    let kinds: Vec<String> = kept(&home).iter().map(|event| event.event.command.clone()).collect();
    assert!(kinds.len() >= 3 && kinds.contains(&"Push.OfflinePush".to_owned()), "{kinds:?}");
}

#[test]
fn a_webhook_of_another_machine_needs_to_be_allowed() {
    let ran = Home::new().run(&["sandbox", "run", "--ephemeral", "--im-webhook", "https://example.com/"]);
    let ran = ran.expect(2);
    assert!(ran.stderr.contains("--allow-callbacks"), "{}", ran.stderr);
}
