//! A running `opush receipt listen`, and requests to it by raw sockets.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStderr};

use serde_json::{Value, json};

use super::super::harness::Home;
use super::super::processes::{ended, signal, start};

/// Killed when dropped.
pub struct Listener {
    pub child: Child,
    pub address: String,
    pub callback_url: String,
    /// What it said before it was ready.
    pub said: String,
    stderr: BufReader<ChildStderr>,
}

/// Started, with its URL read from stderr.
pub fn listen(home: &Home, args: &[&str]) -> Listener {
    let ready = home.path().join(format!("ready-{}.json", std::process::id()));
    let ready = ready.to_str().unwrap().to_owned();
    let _ = std::fs::remove_file(&ready);
    let mut all = [&["receipt", "listen"], args].concat();
    let own = !args.contains(&"--ready-file");
    if own {
        all.extend(["--ready-file", &ready]);
    }
    let mut child = start(home, &all);
    let mut stderr = BufReader::new(child.stderr.take().unwrap());
    let mut said = String::new();
    let callback_url = loop {
        let from = said.len();
        assert!(stderr.read_line(&mut said).unwrap() > 0, "it ended: {said}");
        if let Some(url) = said[from..].strip_prefix("Callback URL: ") {
            break url.trim_end().to_owned();
        }
    };
    let path = if own { ready } else { home.file("ready.json").to_str().unwrap().to_owned() };
    let ready: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let address = ready["url"].as_str().unwrap().trim_start_matches("http://").to_owned();
    Listener { child, address, callback_url, said, stderr }
}

/// One item of a callback, `more` beside or instead of the usual fields.
pub fn item(message_id: &str, reg_ids: &str, event: &str, more: Value) -> Value {
    let mut item = json!({
        "messageId": message_id, "appId": "30001", "taskId": message_id, "registrationIds": reg_ids,
        "eventTime": "1700000000000", "param": "", "eventType": event,
    });
    for (key, value) in more.as_object().unwrap() {
        item[key] = value.clone();
    }
    item
}

impl Listener {
    /// Posts to the path of the callback URL.
    pub fn post(&self, body: &Value) -> (u16, Value) {
        let (status, answer) =
            self.send("POST /receipts HTTP/1.1", "application/json", body.to_string().as_bytes());
        (status, serde_json::from_str(&answer).unwrap())
    }

    /// The status and body of the answer.
    pub fn send(&self, line: &str, content_type: &str, body: &[u8]) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let head = format!(
            "{line}\r\nHost: localhost\r\nConnection: close\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).unwrap();
        // A body that is too long may be refused before it is sent to its end.
        let _ = stream.write_all(body);
        read_answer(&mut stream)
    }

    /// Most memory so far, in KiB.
    pub fn peak_memory(&self) -> u64 {
        let text = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }

    pub fn stop(self) -> (i32, String, String) {
        self.stop_by("INT")
    }

    /// Exit code, stdout, and the rest of stderr.
    pub fn stop_by(mut self, name: &str) -> (i32, String, String) {
        signal(&self.child, name);
        let (mut stdout, mut stderr) = (String::new(), String::new());
        self.child.stdout.take().unwrap().read_to_string(&mut stdout).unwrap();
        self.stderr.read_to_string(&mut stderr).unwrap();
        let code = ended(&mut self.child).code().unwrap_or(-1);
        (code, stdout, stderr)
    }
}

/// The status and body of what comes until the connection is closed.
pub fn read_answer(stream: &mut TcpStream) -> (u16, String) {
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    let answer = String::from_utf8(bytes).unwrap();
    let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    (status, answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default())
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
