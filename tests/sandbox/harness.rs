//! A sandbox on loopback with one app, its phones and a clock that stands still, and requests from templates.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::thread::JoinHandle;

use opush::listen::Limits;
use opush::sandbox::app::{self, App};
use opush::sandbox::http::calls::{self, LoggedCall};
use opush::sandbox::rules::Rules;
use opush::sandbox::state::{Clock, State};
use opush::sandbox::{LIMITS, Options, start};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::sync::oneshot;

use super::openapi;
use super::phones;
use super::wire::{self, Reply};

pub const NOW: i64 = 1_700_000_000_123;
pub const APP_ID: &str = "30001";
pub const APP_KEY: &str = "demo-app-key";
pub const MASTER_SECRET: &str = "demo-master-secret";
pub const FORM: &str = "Content-Type: application/x-www-form-urlencoded; charset=UTF-8";

/// A running server; it stops when this is dropped.
pub struct Sandbox {
    pub state: Arc<State>,
    pub addr: SocketAddr,
    pub reg_id: String,
    clock: Arc<AtomicI64>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Sandbox {
    pub fn new() -> Sandbox {
        Sandbox::with_rules(&[])
    }

    pub fn with_rules(rules: &[String]) -> Sandbox {
        let (state, clock) = state(None, rules);
        register(&state);
        let reg_id = phones::add_phone(&state, APP_ID);
        let mut sandbox = Sandbox::serve(state, clock, LIMITS);
        sandbox.reg_id = reg_id;
        sandbox
    }

    /// Serves a state on a thread of its own.
    pub fn serve(state: Arc<State>, clock: Arc<AtomicI64>, limits: Limits) -> Sandbox {
        let (addr_is, addr) = std::sync::mpsc::channel();
        let (stop, stopped) = oneshot::channel::<()>();
        let served = state.clone();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async move {
                let options = Options { limits, ..Options::new("127.0.0.1:0".parse().unwrap(), served) };
                let running = start(options).await.unwrap();
                assert_eq!(running.url(), format!("http://{}", running.addr));
                addr_is.send(running.addr).unwrap();
                let _ = stopped.await;
                running.stop().await;
            });
        });
        let addr = addr.recv().unwrap();
        Sandbox { state, addr, reg_id: String::new(), clock, stop: Some(stop), thread: Some(thread) }
    }

    /// Stops the server and waits until it is gone.
    pub fn stop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }

    pub fn move_clock(&self, by_ms: i64) {
        self.clock.fetch_add(by_ms, Ordering::SeqCst);
    }

    pub fn now(&self) -> i64 {
        self.clock.load(Ordering::SeqCst)
    }

    /// POST of a form, its fields written `name=value` in clear.
    pub fn form(&self, path: &str, fields: &[String]) -> Reply {
        self.send("POST", path, &[FORM.into()], wire::form(fields).as_bytes())
    }

    pub fn send(&self, method: &str, path: &str, headers: &[String], body: &[u8]) -> Reply {
        wire::exchange(self.addr, &wire::request(method, path, headers, body))
    }

    /// The control API, spoken by hand; the answer is one that its document has.
    #[track_caller]
    pub fn control(&self, method: &str, path: &str, body: Value) -> Value {
        let (status, answer) = self.control_unchecked(method, path, &body);
        openapi::assert_fits(method, path, status, &answer);
        answer
    }

    /// Adds so many phones that show what is pushed.
    pub fn add_phones(&self, count: u32) {
        let like = json!({"app_id": APP_ID, "channel_id": "orders"});
        let many = json!({"pattern": "CN_{}", "count": count, "phone": like});
        assert_eq!(self.control("POST", "/phones/bulk", many)["added"], json!(count));
    }

    pub fn control_unchecked(&self, method: &str, path: &str, body: &Value) -> (u16, Value) {
        let head =
            format!("{method} /_sandbox/v1{path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n");
        let body = if method == "GET" { String::new() } else { body.to_string() };
        let request = format!("{head}Content-Length: {}\r\n\r\n{body}", body.len());
        let reply = wire::exchange(self.addr, request.as_bytes());
        (reply.status, reply.json())
    }

    /// A fresh auth token.
    pub fn token(&self) -> String {
        let now = self.now();
        let fields = [
            format!("app_key={APP_KEY}"),
            format!("timestamp={now}"),
            format!("sign={}", sign(now, MASTER_SECRET)),
        ];
        let reply = self.form("/server/v1/auth", &fields).json();
        reply["data"]["auth_token"].as_str().unwrap_or_else(|| panic!("{reply}")).to_owned()
    }

    pub fn unicast(&self, token: &str, message: &Value) -> Reply {
        let fields = [format!("auth_token={token}"), format!("message={message}")];
        self.form("/server/v1/message/notification/unicast", &fields)
    }

    /// The plainest message to the first phone, with more notification members.
    pub fn message(&self, more: Value) -> Value {
        let mut notification = json!({ "title": "T", "content": "C" });
        for (name, value) in more.as_object().unwrap() {
            notification[name] = value.clone();
        }
        json!({ "target_type": 2, "target_value": self.reg_id, "notification": notification })
    }

    pub fn calls(&self) -> Vec<LoggedCall> {
        self.state.with(|tx| calls::list(tx, None, usize::MAX)).unwrap()
    }

    pub fn last_call(&self) -> LoggedCall {
        self.calls().pop().expect("a call was logged")
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
            && !std::thread::panicking()
        {
            panic!("the server's thread panicked");
        }
    }
}

/// A state with the rules set, and its clock.
pub fn state(path: Option<&std::path::Path>, rules: &[String]) -> (Arc<State>, Arc<AtomicI64>) {
    let clock = Arc::new(AtomicI64::new(NOW));
    let read = clock.clone();
    let mut switched = Rules::default();
    for rule in rules {
        switched.set(rule).unwrap();
    }
    let state = State::open(path, Clock::new(move || read.load(Ordering::SeqCst)), switched).unwrap();
    (Arc::new(state), clock)
}

/// The app of these tests.
pub fn register(state: &State) {
    register_as(state, APP_ID, APP_KEY);
}

pub fn register_as(state: &State, app_id: &str, app_key: &str) {
    let app = App {
        app_id: app_id.into(),
        app_key: app_key.into(),
        master_secret: MASTER_SECRET.into(),
        package: "com.example.demo".into(),
    };
    state.with(|tx| app::register(tx, &app)).unwrap();
}

pub fn sign(timestamp: i64, secret: &str) -> String {
    let digest = Sha256::digest(format!("{APP_KEY}{timestamp}{secret}"));
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Replaces `${…}`: names, `${now±N}`, `${sign}`, `${sign@now±N}`, `${x*50}`.
pub fn fill(text: &str, now: i64, names: &BTreeMap<&str, String>) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, from)) = rest.split_once("${") {
        let (placeholder, after) = from.split_once('}').unwrap_or_else(|| panic!("unclosed: {text}"));
        filled.push_str(before);
        filled.push_str(&value_of(placeholder, now, names));
        rest = after;
    }
    filled + rest
}

fn value_of(placeholder: &str, now: i64, names: &BTreeMap<&str, String>) -> String {
    let moment = |text: &str| text.strip_prefix("now").map(|by| now + by.parse().unwrap_or(0));
    if let Some(value) = names.get(placeholder) {
        return value.clone();
    }
    if let Some((letter, times)) = placeholder.split_once('*') {
        return letter.repeat(times.parse().unwrap());
    }
    match (placeholder, placeholder.strip_prefix("sign@").and_then(moment), moment(placeholder)) {
        ("sign", ..) => sign(now, MASTER_SECRET),
        ("upper_sign", ..) => sign(now, MASTER_SECRET).to_uppercase(),
        ("app_secret_sign", ..) => sign(now, "demo-app-secret"),
        ("seconds", ..) => (now / 1000).to_string(),
        (_, Some(at), _) => sign(at, MASTER_SECRET),
        (_, _, Some(at)) => at.to_string(),
        _ => panic!("no placeholder ${{{placeholder}}}"),
    }
}
