//! What every listener promises: silent clients keep nobody waiting, foreign names get nothing, the same refusal ends the
//! same way; and the token of the sandbox's control API.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::harness::Home;
use super::processes::{ended, ready_file, signal};

/// The commands that listen.
const LISTENERS: [&[&str]; 4] = [
    &["sandbox", "run", "--ephemeral"],
    &["receipt", "listen"],
    &["token", "listen"],
    &["im", "webhook", "listen"],
];

const TOKEN: &str = "a-token-of-sixteen-or-more";

/// A profile with all that they need.
fn home() -> Home {
    let home = Home::with_config(
        "[profile.demo]\nregion = \"cn\"\n[[profile.demo.certificate]]\nid = 1\napp_id = \"1\"\napp_key = \"k\"\n\
         master_secret = { env = \"MASTER\" }\n\
         [profile.demo.im]\nsdk_app_id = 1400000001\nadmin = \"administrator\"\nsecret_key = { env = \"IM_KEY\" }\n\
         region = \"china\"\n",
    );
    home.variable("OPUSH_LISTEN_TOKEN", TOKEN)
}

/// Killed when dropped.
struct Listener {
    child: Child,
    address: SocketAddr,
}

impl Listener {
    fn start(home: &Home, args: &[&str]) -> Listener {
        let ready = home.file("ready.json");
        let _ = std::fs::remove_file(&ready);
        let mut command = home.command(args);
        command.args(["--ready-file", "ready.json"]).stdin(Stdio::null()).stdout(Stdio::null());
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let ready = ready_file(&mut child, &ready);
        let url = url::Url::parse(ready["url"].as_str().unwrap()).unwrap();
        Listener { child, address: SocketAddr::from(([127, 0, 0, 1], url.port().unwrap())) }
    }

    /// The answer to a request with this line and these headers.
    fn ask(&self, line: &str, headers: &str, body: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(self.address).unwrap();
        let length = body.len();
        let _ = write!(
            stream,
            "{line} HTTP/1.1\r\n{headers}Connection: close\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        let mut answer = String::new();
        let _ = stream.read_to_string(&mut answer);
        let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        (status, answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default())
    }

    /// The status of what a good client of this listener asks, under this name.
    fn good(&self, command: &[&str], host: &str) -> u16 {
        let host = format!("Host: {host}\r\n");
        let answer = match command[0] {
            "sandbox" => self.ask("GET /_sandbox/v1/info", &host, ""),
            "receipt" => self.ask(
                "POST /receipts",
                &host,
                &json!([{ "messageId": "m", "appId": "1", "taskId": "m", "eventType": "push_arrive", "param": "",
                    "registrationIds": "CN_11111111111111111111111111111111", "eventTime": "1700000000000" }])
                .to_string(),
            ),
            "token" => self.ask(
                "POST /report",
                &format!("{host}Authorization: Bearer {TOKEN}\r\n"),
                r#"{"user":"alice","reg_id":"CN_11111111111111111111111111111111"}"#,
            ),
            _ => self.ask(
                "POST /?SdkAppid=1400000001&CallbackCommand=State.StateChange",
                &host,
                &json!({ "CallbackCommand": "State.StateChange", "EventTime": 1_700_000_000_000_i64,
                    "Info": { "Action": "Disconnect", "To_Account": "bob", "Reason": "LinkClose" } })
                .to_string(),
            ),
        };
        answer.0
    }

    /// A line of stderr that begins so; what follows.
    fn said(&mut self, begin: &str) -> String {
        let mut stderr = BufReader::new(self.child.stderr.as_mut().unwrap());
        loop {
            let mut line = String::new();
            assert!(stderr.read_line(&mut line).unwrap() > 0, "it never says {begin:?}");
            if let Some(rest) = line.strip_prefix(begin) {
                return rest.trim_end().to_owned();
            }
        }
    }

    /// All that it says until it is stopped.
    fn stopped(mut self) -> String {
        signal(&self.child, "INT");
        let mut stderr = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
        assert_eq!(ended(&mut self.child).code(), Some(0), "{stderr}");
        stderr
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn five_hundred_silent_connections_keep_no_good_client_waiting() {
    let home = home();
    for command in LISTENERS {
        let listener = Listener::start(&home, command);
        let mut silent = Vec::new();
        for number in 1..=500 {
            let mut stream = TcpStream::connect(listener.address).unwrap();
            // Some begin a head or a body, and go no further.
            let begun = ["", "POST / HT", "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nx"];
            let _ = stream.write_all(begun[number % 3].as_bytes());
            silent.push(stream);
            if number % 100 == 0 {
                // A machine that is busy with other things may take one of them too long.
                let mut waits = [(); 3].iter().map(|()| {
                    let began = Instant::now();
                    assert_eq!(listener.good(command, "localhost"), 200, "{command:?}");
                    began.elapsed()
                });
                let soon = |wait: Duration| wait < Duration::from_secs(1);
                assert!(waits.any(soon), "{command:?} after {number}");
            }
        }
    }
}

#[test]
fn names_that_do_not_belong_to_this_machine_get_403_unless_they_are_allowed() {
    let home = home();
    for command in LISTENERS {
        let mut args = command.to_vec();
        args.extend(["--allow-host", "push.example.com", "--allow-host", "other.example."]);
        let listener = Listener::start(&home, &args);
        for (host, status) in [
            ("127.0.0.1:1", 200),
            ("localhost", 200),
            ("push.example.com:443", 200),
            ("OTHER.example", 200),
            ("evil.example", 403),
            ("", 403),
        ] {
            assert_eq!(listener.good(command, host), status, "{command:?} as {host}");
        }
        if command[0] != "token" {
            let said = listener.stopped();
            assert!(
                said.contains("evil.example") && said.contains("--allow-host NAME"),
                "{command:?}: {said}"
            );
        }
    }
    let sandbox = Listener::start(&home, LISTENERS[0]);
    for line in ["GET /readyz", "POST /server/v1/auth", "POST /v4/openim/sendmsg?sdkappid=1", "GET /"] {
        let (status, body) = sandbox.ask(line, "Host: evil.example\r\n", "");
        let body: Value = serde_json::from_str(&body).unwrap();
        assert_eq!((status, &body["error"]["id"]), (403, &json!("forbidden-host")), "{line}");
    }
}

#[test]
fn the_same_refusal_ends_every_listener_the_same_way() {
    let home = home();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    for command in LISTENERS {
        for (more, code, kind, place) in [
            (&["--listen", "0.0.0.0:0"][..], 2, "missing-flag", "--listen"),
            (&["--listen", &taken], 1, "listen", "--listen"),
            (&["--listen", "nonsense"], 2, "malformed-flag", "--listen"),
            (&["--allow-host", "https://push.example.com"], 2, "malformed-flag", "--allow-host"),
        ] {
            let args = [command, more].concat();
            let (ended, result) = home.json(&args);
            let error = &result["error"];
            let found = (ended, error["kind"].as_str(), error["place"].as_str());
            assert_eq!(found, (code, Some(kind), Some(place)), "{args:?}: {result:#}");
        }
    }
}

const EVERYWHERE: &[&str] = &["sandbox", "run", "--listen", "0.0.0.0:0", "--beyond-loopback"];

#[test]
fn beyond_loopback_the_control_api_needs_the_token_that_was_printed() {
    let home = Home::new();
    let mut sandbox = Listener::start(&home, EVERYWHERE);
    let token = sandbox.said("Control API token: ");
    assert_eq!(token.len(), 32, "{token}");
    let status = |bearer: &str| {
        let headers = format!("Host: box.example\r\nAuthorization: Bearer {bearer}\r\n");
        sandbox.ask("GET /_sandbox/v1/info", &headers, "").0
    };
    assert_eq!((status(&token), status("wrong"), status("")), (200, 401, 401));
    let (status, body) = sandbox.ask("POST /_sandbox/v1/reset", "", "{}");
    assert!(status == 401 && body.contains("\"unauthorized\""), "{status} {body}");
    // What it simulates has credentials of its own.
    assert_eq!(sandbox.ask("GET /readyz", "Host: box.example\r\n", "").0, 200);
    assert_eq!(sandbox.ask("POST /server/v1/auth", "Host: box.example\r\n", "").0, 200);
    let entry = home.state_home().join("sandbox.json");
    assert_eq!(std::fs::metadata(&entry).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(!home.read("ready.json").contains(&token));
    // The commands of this user know it.
    home.run(&["sandbox", "phone", "add", "--name", "p", "--alias", "alice"]).expect(0);
    let push = ["send", "--profile", "sandbox", "--alias", "alice", "--title", "a", "--content", "b"];
    home.run(&push).expect(0);
    let (_, phone) = home.json(&["sandbox", "phone", "show", "p"]);
    assert_eq!(phone["notifications"].as_array().unwrap().len(), 1);
    home.run(&["sandbox", "reset"]).expect(0);
}

#[test]
fn a_sandbox_elsewhere_gets_the_token_of_the_environment() {
    let mut there = Home::new().variable("OPUSH_SANDBOX_TOKEN", TOKEN);
    let sandbox = Listener::start(&there, EVERYWHERE);
    let here = |token: Option<&str>| {
        let home = Home::with_config(&format!(
            "[profile.box]\nregion = \"sandbox\"\nendpoint = \"http://{}\"\n[[profile.box.certificate]]\nid = 1\n\
             app_id = \"30001\"\napp_key = \"demo-app-key\"\nmaster_secret = \"x\"\n",
            sandbox.address
        ));
        let mut args = vec!["sandbox", "phone", "list", "--quiet"];
        let config = home.file("opush.toml").to_str().unwrap().to_owned();
        args.extend(["--config", &config]);
        match token {
            Some(token) => home.variable("OPUSH_SANDBOX_TOKEN", token).json(&args),
            None => home.json(&args),
        }
    };
    let (code, list) = here(Some(TOKEN));
    assert_eq!((code, &list["items"][0]["name"]), (0, &json!("demo")), "{list:#}");
    for token in [None, Some("another-token-of-that-length")] {
        let (code, refused) = here(token);
        assert_eq!((code, refused["error"]["kind"].as_str()), (3, Some("missing-secret")), "{refused:#}");
        assert_eq!(refused["error"]["place"], "OPUSH_SANDBOX_TOKEN");
    }
    let said = sandbox.stopped();
    assert!(!said.contains(TOKEN) && !said.contains("token"), "{said}");
    there.set("OPUSH_SANDBOX_TOKEN", "short");
    let (code, refused) = there.json(&["sandbox", "run"]);
    assert_eq!((code, refused["error"]["kind"].as_str()), (3, Some("unusable-secret")), "{refused:#}");
}
