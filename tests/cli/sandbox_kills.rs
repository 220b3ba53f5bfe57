//! The sandbox killed under load from several connections: every push that was answered is there afterwards.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::Mutex;

use serde_json::{Value, json};

use super::harness::Home;
use super::processes::{all, until};

const CONNECTIONS: usize = 8;

fn rounds() -> usize {
    if all() { 20 } else { 3 }
}

/// A connection that stays open; `None` once it breaks.
struct Client(BufReader<TcpStream>);

impl Client {
    fn new(address: &str) -> Option<Client> {
        Some(Client(BufReader::new(TcpStream::connect(address).ok()?)))
    }

    fn call(&mut self, method: &str, path: &str, kind: &str, body: &str) -> Option<Value> {
        let length = body.len();
        let head = format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/{kind}");
        write!(self.0.get_mut(), "{head}\r\nContent-Length: {length}\r\n\r\n{body}").ok()?;
        let mut length = 0;
        loop {
            let mut line = String::new();
            if self.0.read_line(&mut line).ok()? == 0 {
                return None;
            }
            let line = line.trim_end().to_ascii_lowercase();
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse().ok()?;
            }
            if line.is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).ok()?;
        serde_json::from_slice(&body).ok()
    }
}

/// Pushes until the connection breaks.
fn load(address: &str, token: &str, reg_id: &str, answered: &Mutex<BTreeSet<String>>) {
    let Some(mut client) = Client::new(address) else { return };
    let message =
        json!({"target_type": 2, "target_value": reg_id, "notification": {"title": "T", "content": "C"}});
    let message: String = url::form_urlencoded::byte_serialize(message.to_string().as_bytes()).collect();
    let body = format!("auth_token={token}&message={message}");
    let path = "/server/v1/message/notification/unicast";
    while let Some(answer) = client.call("POST", path, "x-www-form-urlencoded", &body) {
        assert_eq!(answer["code"], 0, "{answer}");
        answered.lock().unwrap().insert(answer["data"]["messageId"].as_str().unwrap().to_owned());
    }
}

#[test]
#[allow(clippy::disallowed_methods)]
fn every_push_that_was_answered_is_there_after_a_kill() {
    let home = Home::new();
    let answered = Mutex::new(BTreeSet::new());
    for round in 0..rounds() {
        let mut sandbox = home.sandbox(&["--accept-any"]);
        let address = sandbox.url.trim_start_matches("http://").to_owned();
        let mut client = Client::new(&address).unwrap();
        let now = opush::clock::Timestamp::now().as_millisecond();
        let auth = format!("app_key=any-key&timestamp={now}&sign=any");
        let answer = client.call("POST", "/server/v1/auth", "x-www-form-urlencoded", &auth).unwrap();
        let token = answer["data"]["auth_token"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned();
        let before = answered.lock().unwrap().len();
        std::thread::scope(|scope| {
            for connection in 0..CONNECTIONS {
                let (address, token, answered) = (&address, &token, &answered);
                let reg_id = format!("CN_{:032x}", round * CONNECTIONS + connection);
                scope.spawn(move || load(address, token, &reg_id, answered));
            }
            until("pushes are answered", || answered.lock().unwrap().len() > before + 150 + 37 * round);
            sandbox.child.kill().unwrap();
        });
        sandbox.child.wait().unwrap();
        let kept = kept(&home);
        let answered = answered.lock().unwrap();
        let lost: Vec<&String> = answered.difference(&kept).collect();
        assert!(lost.is_empty(), "round {round}: {} of {} are lost: {lost:?}", lost.len(), answered.len());
    }
}

/// The message ids in the file, which is sound.
fn kept(home: &Home) -> BTreeSet<String> {
    let connection = rusqlite::Connection::open(home.state_home().join("sandbox.db")).unwrap();
    let verdict: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(verdict, "ok");
    let mut ids = connection.prepare("SELECT message_id FROM delivery").unwrap();
    ids.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}
