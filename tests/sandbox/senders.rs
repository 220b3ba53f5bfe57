//! tests/sandbox/senders.toml: every request of each known sender is taken, and answered as that sender reads it.
//! docs/sandbox-senders.md is made from it: `UPDATE_DOCS=1 cargo test --test sandbox senders`.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;

use opush::sandbox::DIALECTS;
use serde::Deserialize;
use serde_json::Value;

use super::harness::{APP_ID, FORM, Sandbox, fill};
use super::uploads::{MULTIPART, multipart};
use super::{phones, wire};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    sender: Vec<Sender>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sender {
    name: String,
    language: String,
    peculiarities: String,
    call: Vec<Call>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Call {
    /// What is special about it.
    about: Option<String>,
    #[serde(default = "post")]
    method: String,
    path: String,
    /// The documented Content-Type where none is given.
    headers: Option<Vec<String>>,
    #[serde(default)]
    form: Vec<String>,
    json: Option<String>,
    /// The parts, as uploads.rs writes them.
    #[serde(default)]
    multipart: Vec<String>,
    body: Option<String>,
    reads: BTreeMap<String, String>,
    #[serde(default)]
    keep: BTreeMap<String, String>,
    #[serde(default)]
    log: Vec<String>,
    like: String,
}

fn post() -> String {
    "POST".into()
}

impl Call {
    fn name(&self) -> &str {
        self.path.split('?').next().unwrap().rsplit('/').next().unwrap()
    }

    fn send(&self, sandbox: &Sandbox, names: &BTreeMap<&str, String>) -> wire::Reply {
        let fill = |text: &String| fill(text, sandbox.now(), names);
        let headers: Vec<String> = match &self.headers {
            Some(headers) => headers.iter().map(fill).collect(),
            None if !self.multipart.is_empty() => vec![MULTIPART.to_owned()],
            None => vec![FORM.to_owned()],
        };
        if !self.multipart.is_empty() {
            let body = multipart(&self.multipart.iter().map(fill).collect::<Vec<_>>());
            return sandbox.send(&self.method, &fill(&self.path), &headers, &body);
        }
        let body = match (&self.json, &self.body) {
            (Some(text), _) | (_, Some(text)) => fill(text),
            _ => wire::form(&self.form.iter().map(fill).collect::<Vec<_>>()),
        };
        sandbox.send(&self.method, &fill(&self.path), &headers, body.as_bytes())
    }
}

fn table() -> Vec<Sender> {
    toml::from_str::<Table>(include_str!("senders.toml")).unwrap().sender
}

/// What the answer has at `a.b.0.c`.
fn at<'a>(answer: &'a Value, path: &str) -> Option<&'a Value> {
    answer.pointer(&format!("/{}", path.replace('.', "/")))
}

/// Whether the sender finds there what it looks for.
fn reads_well(found: Option<&Value>, wanted: &str) -> bool {
    match (wanted, found) {
        ("absent", found) => found.is_none(),
        ("text", Some(Value::String(text))) => !text.is_empty(),
        ("number", Some(found)) => found.is_i64(),
        ("list", Some(found)) => found.is_array(),
        (wanted, found) => {
            let json = wanted.strip_prefix("is ").unwrap_or_else(|| panic!("{wanted}"));
            found == Some(&serde_json::from_str(json).unwrap_or_else(|error| panic!("{json}: {error}")))
        }
    }
}

#[test]
fn every_sender_is_answered_as_it_reads() {
    let mut wrong = Vec::new();
    for sender in table() {
        let sandbox = Sandbox::new();
        let other = phones::add_phone(&sandbox.state, APP_ID);
        let mut kept: Vec<(String, String)> = Vec::new();
        for call in &sender.call {
            let mut names = BTreeMap::from([
                ("token", sandbox.token()),
                ("reg_id", sandbox.reg_id.clone()),
                ("other", other.clone()),
                ("gone", format!("CN_{}", "f".repeat(32))),
            ]);
            names.extend(kept.iter().map(|(name, value)| (name.as_str(), value.clone())));
            let reply = call.send(&sandbox, &names);
            let answer = reply.json();
            let logged = sandbox.last_call();
            let mut say = |what: String| {
                wrong.push(format!("{} {} {:?}: {what}", sender.name, call.name(), call.about));
            };
            if reply.status != 200 {
                say(format!("HTTP status {}", reply.status));
            }
            for (path, wanted) in &call.reads {
                let wanted = fill(wanted, sandbox.now(), &names);
                if !reads_well(at(&answer, path), &wanted) {
                    say(format!("{path} is not {wanted}: {answer} {:?}", logged.checks));
                }
            }
            if logged.dialects != call.log {
                say(format!("the log has {:?}, not {:?}", logged.dialects, call.log));
            }
            let like = logged.sent_like.map(|dialect| dialect.as_str());
            if like != Some(&call.like) {
                say(format!("sent like {like:?}, not {:?}", call.like));
            }
            let text = format!("{logged:?}");
            if names.iter().any(|(name, value)| *name == "token" && text.contains(value)) {
                say("the log has the token".into());
            }
            for (name, path) in &call.keep {
                let value = at(&answer, path).and_then(Value::as_str).unwrap_or_default();
                kept.retain(|(known, _)| known != name);
                kept.push((name.clone(), value.to_owned()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), wrong.join("\n"));
}

/// The reference's section 11 lists fifteen.
#[test]
fn no_known_sender_is_without_a_case() {
    let senders = table();
    assert_eq!(senders.len(), 15);
    let like =
        |dialect: &str| senders.iter().flat_map(|sender| &sender.call).any(|call| call.like == dialect);
    for (dialect, _) in DIALECTS {
        let word = dialect.as_str();
        // opush is no sender of the table, and what is left is for those that nobody knows.
        let named = !matches!(word, "opush" | "camel-case" | "other");
        assert_eq!(like(word), named, "{word}");
    }
}

/// What the table does not hold: opush itself, keys in camelCase, and a mixture that no sender is known to send.
#[test]
fn other_requests_are_told_apart() {
    let sandbox = Sandbox::new();
    let send = |headers: &[&str], message: &str| {
        let headers: Vec<String> = headers.iter().map(|header| (*header).to_owned()).collect();
        let fields = [format!("auth_token={}", sandbox.token()), format!("message={message}")];
        let path = "/server/v1/message/notification/unicast";
        sandbox.send("POST", path, &headers, wire::form(&fields).as_bytes());
        sandbox.last_call().sent_like.map(|dialect| dialect.as_str())
    };
    let plain = r#"{"target_type":2,"target_value":"x","notification":{"title":"T","content":"C"}}"#;
    assert_eq!(send(&[FORM, "User-Agent: opush/0.1.0"], plain), Some("opush"));
    let camel = plain.replace("target_type", "targetType");
    assert_eq!(send(&[FORM], &camel), Some("camel-case"));
    let strange = plain.replace("\"title\"", "\"colour\":1,\"title\"");
    assert_eq!(send(&[FORM], &strange), Some("other"));
    // What is none of OPPO's has no dialect.
    sandbox.send("GET", "/nothing", &[], b"");
    assert_eq!(sandbox.last_call().sent_like, None);
}

/// The same message as HTTP libraries frame it: in chunks, after `100 Continue`, as HTTP/1.0, and not encoded at all.
#[test]
fn each_framing_of_a_request_is_read() {
    let sandbox = Sandbox::new();
    let path = "/server/v1/message/notification/unicast";
    let target = &sandbox.reg_id;
    let plain = format!(
        r#"auth_token={}&message={{"target_type":2,"target_value":"{target}","notification":{{"title":"你好","content":"C","channel_id":"chat"}}}}"#,
        sandbox.token()
    );
    let head = |version: &str, more: &str| {
        format!(
            "POST {path} HTTP/{version}\r\nHost: localhost\r\nConnection: close\r\n{FORM}\r\n{more}\r\n\r\n"
        )
    };
    let length = format!("Content-Length: {}", plain.len());
    let mut chunked = head("1.1", "Transfer-Encoding: chunked").into_bytes();
    for chunk in plain.as_bytes().chunks(50) {
        chunked.extend([format!("{:x}\r\n", chunk.len()).as_bytes(), chunk, b"\r\n"].concat());
    }
    chunked.extend(b"0\r\n\r\n");
    let whole = |head: String| [head.as_bytes(), plain.as_bytes()].concat();
    for (name, request) in [
        ("not encoded", whole(head("1.1", &length))),
        ("HTTP/1.0", whole(head("1.0", &length))),
        ("in chunks", chunked),
    ] {
        let reply = wire::exchange(sandbox.addr, &request);
        assert_eq!((reply.status, reply.code()), (200, 0), "{name}: {reply:?}");
    }
    // curl, and PHP with it, waits before it sends a long body.
    let mut stream = TcpStream::connect(sandbox.addr).unwrap();
    stream.write_all(head("1.1", &format!("Expect: 100-continue\r\n{length}")).as_bytes()).unwrap();
    let mut goes_on = [0; 25];
    stream.read_exact(&mut goes_on).unwrap();
    assert_eq!(&goes_on, b"HTTP/1.1 100 Continue\r\n\r\n");
    stream.write_all(plain.as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    assert_eq!(wire::parse(&answer).code(), 0);
    assert_eq!(phones::arrived(&sandbox.state, target).len(), 4);
}

const HEAD: &str = "\
# Senders that the sandbox is tested with

Each published sender of OPPO pushes writes its requests a little differently. The sandbox takes what these send, answers
what they read, and says in its log of calls (`sent_like`) whose request it looks like. This page is made by the test that
runs them; the requests are in tests/sandbox/senders.toml.

| sender | language | calls | what is peculiar | the log says |
| --- | --- | --- | --- | --- |
";

const WORDS: &str = "
## The words in the log

The first that fits is the one. A word says what a request looks like, not who sent it.

| `sent_like` | known by |
| --- | --- |
";

fn each_once<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut seen: Vec<String> = Vec::new();
    for word in words.map(|word| format!("`{word}`")) {
        if !seen.contains(&word) {
            seen.push(word);
        }
    }
    seen.join(", ")
}

fn page() -> String {
    let mut page = HEAD.to_owned();
    for Sender { name, language, peculiarities, call } in table() {
        let calls = each_once(call.iter().map(Call::name));
        let like = each_once(call.iter().map(|call| call.like.as_str()));
        let noted = each_once(call.iter().flat_map(|call| &call.log).map(String::as_str));
        let says = if noted.is_empty() { like } else { format!("{like}; {noted}") };
        page.push_str(&format!("| {name} | {language} | {calls} | {peculiarities} | {says} |\n"));
    }
    page.push_str(WORDS);
    for (dialect, marked_by) in DIALECTS {
        page.push_str(&format!("| `{}` | {marked_by} |\n", dialect.as_str()));
    }
    page
}

#[test]
fn the_page_of_senders_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/sandbox-senders.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::File::create(&path).unwrap().write_all(page().as_bytes()).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(found, page(), "run UPDATE_DOCS=1 cargo test --test sandbox");
}
