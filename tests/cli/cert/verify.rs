//! `opush cert verify` against a sandbox in this process, and against answers that it would not give.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::thread::JoinHandle;

use opush::sandbox::app::{self, App};
use opush::sandbox::http::calls;
use opush::sandbox::rules::Rules;
use opush::sandbox::state::{Clock, State};
use opush::sandbox::{Options, start};
use tokio::sync::oneshot;

use super::super::harness::Home;

/// A sandbox that knows one app, until dropped.
struct Vendor {
    url: String,
    state: Arc<State>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Vendor {
    fn start() -> Vendor {
        #[allow(clippy::disallowed_methods)]
        let clock = Clock::new(|| opush::clock::Timestamp::now().as_millisecond());
        let state = Arc::new(State::open(None, clock, Rules::default()).unwrap());
        let app = App {
            app_id: "30123456".into(),
            app_key: "chat-app-key".into(),
            master_secret: "chat-master-secret".into(),
            package: "com.example.chat".into(),
        };
        state.with(|tx| app::register(tx, &app)).unwrap();
        let (stop, stopped) = oneshot::channel();
        let (tell, told) = std::sync::mpsc::channel();
        let served = state.clone();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let running = start(Options::new("127.0.0.1:0".parse().unwrap(), served)).await.unwrap();
                tell.send(running.url().to_owned()).unwrap();
                let _ = stopped.await;
                running.stop().await;
            });
        });
        Vendor { url: told.recv().unwrap(), state, stop: Some(stop), thread: Some(thread) }
    }

    fn auth_calls(&self) -> usize {
        self.state.with(|tx| calls::list(tx, None, 100)).unwrap().len()
    }
}

impl Drop for Vendor {
    fn drop(&mut self) {
        drop(self.stop.take());
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

fn home(url: &str) -> Home {
    let toml = format!(
        r#"[profile.chat]
region = "cn"
endpoint = "{url}"

[[profile.chat.certificate]]
id = 7005
app_id = "30123456"
app_key = "chat-app-key"
master_secret = {{ env = "CHAT_SECRET" }}
channel_id = "chat"
"#
    );
    Home::with_config(&toml).variable("CHAT_SECRET", "chat-master-secret")
}

#[test]
fn verify_authenticates_again_and_says_what_that_proves() {
    let vendor = Vendor::start();
    let home = home(&vendor.url);
    let ran = home.run(&["cert", "verify"]).expect(0);
    let milliseconds = ran.stdout.split("), ").nth(1).and_then(|rest| rest.split(' ').next()).unwrap();
    let text = ran.transcript().replace(&format!("), {milliseconds} ms"), "), N ms");
    insta::assert_snapshot!("verified", text);
    let (code, verified) = home.json(&["cert", "verify", "7005"]);
    assert_eq!(code, 0, "{verified}");
    assert_eq!(verified["proves"], serde_json::json!(["AppKey", "MasterSecret"]));
    assert_eq!(verified["vendor_ahead_seconds"], 0);
    assert_eq!(vendor.auth_calls(), 2, "no cached token answers it");
}

#[test]
fn a_refusal_carries_the_vendors_code() {
    let vendor = Vendor::start();
    let mut home = home(&vendor.url);
    home.set("CHAT_SECRET", "hunter2");
    let (code, error) = home.json(&["cert", "verify"]);
    assert_eq!(
        (code, &error["error"]["kind"], &error["error"]["code"]),
        (5, &"credentials-refused".into(), &16.into())
    );
    home.run(&["cert", "edit", "7005", "--app-key", "unknown"]).expect(0);
    let ran = home.run(&["cert", "verify"]).expect(5);
    assert!(ran.stderr.contains("14") && !ran.stderr.contains("hunter2"), "{ran}");
    let (code, error) = home.json(&["cert", "verify", "9"]);
    assert_eq!((code, &error["error"]["place"]), (3, &"ID".into()));
}

#[test]
fn a_missing_vendor_and_a_missing_secret_are_different_errors() {
    let closed = "127.0.0.1:9";
    let home = home(&format!("http://{closed}"));
    let (code, error) = home.json(&["cert", "verify"]);
    assert_eq!((code, &error["error"]["kind"]), (6, &"unreachable".into()));
    let unset = Home::with_config(&home.read("opush.toml"));
    let (code, error) = unset.json(&["cert", "verify"]);
    assert_eq!((code, &error["error"]["kind"]), (3, &"missing-secret".into()));
}

#[test]
fn a_clock_far_off_is_warned_about() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let home = home(&format!("http://{}", listener.local_addr().unwrap()));
    let vendor = std::thread::spawn(move || {
        for _ in 0..2 {
            let (mut stream, _) = listener.accept().unwrap();
            // The whole request is small and comes at once or in two parts: head, then the form.
            let (mut request, mut buffer) = (String::new(), [0; 4096]);
            while !request.contains("sign=") {
                let count = stream.read(&mut buffer).unwrap();
                request.push_str(std::str::from_utf8(&buffer[..count]).unwrap());
            }
            let body = r#"{"code":0,"message":"success","data":{"auth_token":"t","create_time":0}}"#;
            let head =
                "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Type: application/json";
            write!(stream, "{head}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
                .unwrap();
        }
    });
    let ran = home.run(&["cert", "verify"]).expect(0);
    assert!(ran.stderr.contains("ahead of OPPO") && ran.stderr.contains("19"), "{ran}");
    let (code, verified) = home.json(&["cert", "verify"]);
    assert_eq!((code, &verified["warnings"][0]["kind"]), (0, &"bad-time".into()));
    assert!(verified["vendor_ahead_seconds"].as_i64().unwrap() < -300);
    vendor.join().unwrap();
}
