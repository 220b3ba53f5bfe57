//! `opush token import`, `export` and `listen`: through files, pipes and sockets.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::process::{Child, Stdio};

use serde_json::{Value, json};

use crate::harness::Home;
use crate::processes::{ready_file, signal};

const A: &str = "CN_0123456789abcdef0123456789abcdef";
const B: &str = "CN_1123456789abcdef0123456789abcdef";

fn home() -> Home {
    Home::new().variable("OPUSH_PROFILE", "sandbox")
}

fn users(home: &Home) -> Vec<String> {
    let (_, value) = home.json(&["token", "list"]);
    let items = value["items"].as_array().unwrap();
    items.iter().map(|item| item["user"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_file_is_imported_and_exported_and_imported_again() {
    let home = home();
    home.write("令牌.csv", format!("\u{feff}令牌,用户,备注\r\n{A},小明,x\r\n{B},\"a, b\",\r\n"));
    let args = ["token", "import", "令牌.csv", "--map", "用户=user,令牌=reg_id,备注=-"];
    let ran = home.run(&args).expect(0);
    assert!(ran.stdout.starts_with("2 of 2 rows kept in profile sandbox (sandbox): 2 new"), "{ran}");
    let (_, again) = home.json(&args);
    assert_eq!((again["unchanged"].as_u64(), again["kept"].as_u64()), (Some(2), Some(2)));
    for format in ["csv", "jsonl"] {
        let exported = home.run(&["token", "export", "--format", format]).expect(0).stdout;
        let other = self::home();
        let ran = other.run_with(&["token", "import", "-", "--format", format, "--json"], &exported);
        let value = ran.json();
        assert_eq!((ran.code, value["new"].as_u64(), &value["file"]), (0, Some(2), &json!("stdin")));
        assert_eq!(users(&other), ["a, b", "小明"]);
        assert!(value["warnings"].as_array().unwrap().is_empty());
    }
    assert_eq!(home.json(&["token", "export", "--user", "小明"]).1["items"].as_array().unwrap().len(), 1);
}

#[test]
fn one_bad_row_keeps_everything_out_unless_it_is_skipped() {
    let home = home();
    home.write("t.csv", format!("user,reg_id\nalice,{A}\nbob,078a\n,\n"));
    let ran = home.run(&["token", "import", "t.csv"]).expect(4);
    assert!(ran.stderr.contains("2 of 3 rows are not usable; nothing was kept"), "{ran}");
    assert!(ran.stderr.contains("t.csv:3:5") && ran.stderr.contains("reg_id: "), "{ran}");
    assert!(users(&home).is_empty());
    let (code, value) = home.json(&["token", "import", "t.csv"]);
    assert_eq!((code, &value["error"]["kind"]), (4, &json!("bad-row")));
    let places: Vec<_> =
        value["error"]["problems"].as_array().unwrap().iter().map(|one| one["place"].clone()).collect();
    assert_eq!(places, ["", "t.csv:3:5", "t.csv:4:1", "t.csv:4:2"]);
    let (code, value) = home.json(&["token", "import", "t.csv", "--on-error", "skip"]);
    assert_eq!((code, &value["error"]["kind"], value["kept"].as_u64()), (7, &json!("partly-done"), Some(1)));
    assert_eq!(users(&home), ["alice"]);
}

#[test]
fn many_bad_rows_are_counted_and_the_first_are_shown() {
    let home = home();
    let rows: String = (0..50).map(|number| format!("user{number},x\n")).collect();
    home.write("t.csv", format!("user,reg_id\n{rows}"));
    let ran = home.run(&["token", "import", "t.csv"]).expect(4);
    assert!(ran.stderr.contains("30 more problems"), "{ran}");
    let (_, value) = home.json(&["token", "import", "t.csv"]);
    assert_eq!(value["error"]["problems"].as_array().unwrap().len(), 51);
}

/// A bad import.
type Row<'a> = (&'a str, String, Vec<&'a str>, i32, &'a str, &'a str);

#[test]
fn bad_input_is_refused_with_its_place() {
    let home = home();
    let long = "u".repeat(33);
    let huge = "u".repeat(200);
    let emoji = "🙂".repeat(9);
    let good = format!("user,reg_id\nalice,{A}\n");
    let row = |user: &str, reg_id: &str| format!("user,reg_id\n{user},{reg_id}\n");
    let object = |fields: &str| format!("{{\"user\":\"alice\",\"reg_id\":\"{A}\",{fields}}}\n");
    // File, its content, further arguments, exit code, kind, place; of a bad row the kind of its first problem.
    let rows: Vec<Row> = vec![
        ("gone.csv", String::new(), vec![], 3, "missing-file", "gone.csv"),
        ("t.txt", good.clone(), vec![], 2, "missing-flag", "--format"),
        ("t", good.clone(), vec![], 2, "missing-flag", "--format"),
        ("t.csv", good.clone(), vec!["--format", "xml"], 2, "malformed-flag", "--format"),
        ("t.csv", good.clone(), vec!["--on-error", "ask"], 2, "malformed-flag", "--on-error"),
        ("t.csv", good.clone(), vec!["--map", "user"], 2, "malformed-flag", "--map"),
        ("t.csv", good.clone(), vec!["--map", "用户=name"], 2, "malformed-flag", "--map"),
        ("t.csv", good.clone(), vec!["--map", "用户=user"], 2, "malformed-flag", "--map"),
        ("t.csv", good.clone(), vec!["--certificate", "0"], 2, "malformed-flag", "--certificate"),
        ("t.csv", good.clone(), vec!["--certificate", "9"], 4, "unknown-certificate", "t.csv:2:1"),
        ("t.csv", String::new(), vec![], 4, "empty", "t.csv"),
        ("t.csv", "user\nalice\n".into(), vec![], 4, "missing-field", "t.csv:1:1"),
        ("t.csv", "user,reg_id,phone\n".into(), vec![], 4, "unknown-field", "t.csv:1:13"),
        ("t.csv", "user,reg_id,UserID\n".into(), vec![], 4, "duplicate-field", "t.csv:1:13"),
        ("t.csv", row(&long, A), vec![], 4, "too-long", "t.csv:2:1"),
        ("t.csv", row(&huge, A), vec![], 4, "too-long", "t.csv:2:1"),
        ("t.csv", row(&emoji, A), vec![], 4, "too-long", "t.csv:2:1"),
        ("t.csv", row(" alice", A), vec![], 4, "surrounding-space", "t.csv:2:1"),
        ("t.csv", row("ali\tce", A), vec![], 4, "control-character", "t.csv:2:1"),
        ("t.csv", row("alice", ""), vec![], 4, "empty-token", "t.csv:2:7"),
        (
            "t.csv",
            row("alice", "OPPO_IN_0123456789abcdef0123456789abcdef"),
            vec![],
            4,
            "wrong-region",
            "t.csv:2:7",
        ),
        ("t.csv", row("alice", &"a".repeat(257)), vec![], 4, "too-long", "t.csv:2:7"),
        ("t.csv", format!("{good}bob"), vec![], 4, "missing-field", "t.csv:3:1"),
        ("t.csv", row("alice", &format!("{A},more")), vec![], 4, "unknown-field", "t.csv:2:1"),
        ("t.jsonl", "[]\n".into(), vec![], 4, "not-an-object", "t.jsonl:1:1"),
        ("t.jsonl", "{\"user\":\n".into(), vec![], 4, "not-json", "t.jsonl:1:8"),
        ("t.jsonl", object("\"brand\":\"vivo\""), vec![], 4, "wrong-brand", "t.jsonl:1:64"),
        ("t.jsonl", object("\"brand\":[\"oppo\"]"), vec![], 4, "wrong-field-type", "t.jsonl:1:64"),
        ("t.jsonl", object("\"certificate_id\":\"one\""), vec![], 4, "wrong-field-type", "t.jsonl:1:64"),
        ("t.jsonl", object("\"certificate_id\":1.5"), vec![], 4, "wrong-field-type", "t.jsonl:1:64"),
        ("t.jsonl", object("\"certificate_id\":-1"), vec![], 4, "wrong-field-type", "t.jsonl:1:64"),
        ("t.jsonl", object("\"device\":\"\\u0007\""), vec![], 4, "control-character", "t.jsonl:1:64"),
        ("t.jsonl", object("\"phone\":\"x\""), vec![], 4, "unknown-field", "t.jsonl:1:1"),
    ];
    for (file, content, further, code, kind, place) in rows {
        if !file.starts_with("gone") {
            home.write(file, &content);
        }
        let args: Vec<&str> = ["token", "import", file].into_iter().chain(further).collect();
        let (exit, value) = home.json(&args);
        let error = &value["error"];
        let error = if error["kind"] == "bad-row" { &error["problems"][1] } else { error };
        let seen = (exit, error["kind"].as_str(), error["place"].as_str());
        assert_eq!(seen, (code, Some(kind), Some(place)), "{args:?} {content:?}: {value:#}");
        assert!(users(&home).is_empty());
    }
    home.write("wide.csv", b"\xff\xfeu\0s\0e\0r\0");
    assert_eq!(home.json(&["token", "import", "wide.csv"]).1["error"]["kind"], "not-utf8");
    home.write("gbk.csv", b"user,reg_id\n\xd0\xa1\xc3\xf7,x\n");
    assert_eq!(home.json(&["token", "import", "gbk.csv"]).1["error"]["problems"][1]["place"], "gbk.csv:2:1");
}

/// A listener as a process of its own.
struct Listener {
    child: Child,
    address: String,
    token: String,
    stderr: BufReader<std::process::ChildStderr>,
}

impl Listener {
    fn start(home: &Home, args: &[&str]) -> Listener {
        let all: Vec<&str> = ["token", "listen", "--ready-file", "ready.json"]
            .into_iter()
            .chain(args.iter().copied())
            .collect();
        let mut command = home.command(&all);
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let ready = ready_file(&mut child, &home.file("ready.json"));
        let address = ready["url"].as_str().unwrap().trim_start_matches("http://").to_owned();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        Listener { child, address, token: String::new(), stderr }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.stderr.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    /// Status and body of the answer.
    fn send(&self, method: &str, path: &str, token: &str, body: &str) -> (u16, Value) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let authorization =
            if token.is_empty() { String::new() } else { format!("Authorization: Bearer {token}\r\n") };
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{authorization}Content-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, serde_json::from_str(body).unwrap())
    }

    fn post(&self, body: &str) -> (u16, Value) {
        self.send("POST", "/report", &self.token, body)
    }

    /// Ends it as Ctrl-C does; exit code and stdout.
    fn stop(mut self) -> (i32, String) {
        signal(&self.child, "INT");
        let mut stdout = String::new();
        self.child.stdout.take().unwrap().read_to_string(&mut stdout).unwrap();
        (self.child.wait().unwrap().code().unwrap(), stdout)
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn an_app_posts_its_reg_id_and_it_appears() {
    let home = home();
    let mut listener = Listener::start(&home, &[]);
    assert!(listener.line().ends_with("/report. Stop it with Ctrl-C."));
    listener.token = listener.line().strip_prefix("Bearer token: ").unwrap().to_owned();
    assert_eq!(listener.token.len(), 32);
    let body = json!({"user": "alice", "reg_id": A, "brand": "OPPO", "device": null}).to_string();
    let (status, value) = listener.post(&body);
    assert_eq!((status, &value["outcome"], &value["report"]["brand"]), (200, &json!("new"), &json!("oppo")));
    assert_eq!(users(&home), ["alice"]);
    let (status, value) = listener.post(&json!({"user": "alice", "reg_id": ""}).to_string());
    assert_eq!(
        (status, &value["error"]["kind"], &value["error"]["place"]),
        (400, &json!("empty-token"), &json!("reg_id"))
    );
    let (status, answer) = listener.post(&json!({"user": "a", "reg_id": 5}).to_string());
    let error = &answer["error"];
    assert_eq!(
        (status, &error["kind"], &error["place"]),
        (400, &json!("wrong-field-type"), &json!("reg_id"))
    );
    assert_eq!(listener.post("{").0, 400);
    assert_eq!(listener.post(&json!({"user": "a", "reg_id": A, "certificate_id": 9}).to_string()).0, 400);
    assert_eq!(listener.send("POST", "/report", "", &body).0, 401);
    assert_eq!(listener.send("POST", "/report", "wrong", &body).0, 401);
    assert_eq!(listener.send("POST", "/", &listener.token.clone(), &body).0, 404);
    assert_eq!(listener.send("GET", "/report", &listener.token.clone(), "").0, 405);
    assert_eq!(listener.post(&"x".repeat(64 * 1024 + 1)).0, 413);
    let (code, stdout) = listener.stop();
    assert_eq!(code, 0);
    assert_eq!(
        stdout,
        format!(
            "new         alice (device default) reported certificate 1 with regId {A} in profile sandbox (sandbox).\n"
        )
    );
}

#[test]
fn with_json_there_is_one_object_at_the_end() {
    let home = home().variable("OPUSH_LISTEN_TOKEN", "a-token-of-24-characters");
    let mut listener = Listener::start(&home, &["--json"]);
    listener.token = "a-token-of-24-characters".into();
    assert_eq!(listener.post(&json!({"user": "bob", "reg_id": B, "device": "pad"}).to_string()).0, 200);
    let arrived: Value = serde_json::from_str(&listener.line()).unwrap();
    assert_eq!(arrived["report"]["device"], "pad");
    assert_eq!(listener.send("POST", "/report", "wrong", "").0, 401);
    let (code, stdout) = listener.stop();
    let value: Value = serde_json::from_str(&stdout).unwrap();
    super::schemas::assert_fits(&["token".into(), "listen".into()], &value);
    assert_eq!((code, value["items"].as_array().unwrap().len(), value["refused"].as_u64()), (0, 1, Some(1)));
    assert!(!stdout.contains("a-token-of"), "the token is not printed");
}

#[test]
fn a_token_that_others_could_read_or_guess_is_refused() {
    let home = home();
    home.write("token", "0123456789abcdef0123456789abcdef\n");
    let set =
        |mode| std::fs::set_permissions(home.file("token"), std::fs::Permissions::from_mode(mode)).unwrap();
    set(0o644);
    let refused = |home: &Home, args: &[&str]| {
        let all: Vec<&str> = ["token", "listen"].into_iter().chain(args.iter().copied()).collect();
        let (code, value) = home.json(&all);
        (code, value["error"]["kind"].as_str().unwrap().to_owned())
    };
    assert_eq!(refused(&home, &["--token-file", "token"]), (3, "exposed-secret".into()));
    assert_eq!(refused(&home, &["--token-file", "gone"]), (3, "missing-secret".into()));
    assert_eq!(refused(&home, &["--listen", "0.0.0.0:0"]), (2, "missing-flag".into()));
    assert_eq!(refused(&home, &["--listen", "nowhere"]), (2, "malformed-flag".into()));
    let short = self::home().variable("OPUSH_LISTEN_TOKEN", "short");
    assert_eq!(refused(&short, &[]), (3, "unusable-secret".into()));
    set(0o600);
    let mut listener = Listener::start(&home, &["--token-file", "token"]);
    listener.token = "0123456789abcdef0123456789abcdef".into();
    assert_eq!(listener.post(&json!({"user": "bob", "reg_id": B}).to_string()).0, 200);
    assert_eq!(listener.stop().0, 0);
}

/// Tables as apps export them: the columns that are not known get one suggestion, and each bad row its reason.
#[test]
fn a_table_from_elsewhere_gets_one_map_and_a_reason_for_each_bad_row() {
    let home = home();
    let fixture = |name: &str| {
        std::fs::read_to_string(format!("{}/tests/fixtures/tokens/{name}", env!("CARGO_MANIFEST_DIR")))
            .unwrap()
    };
    for name in ["t1.csv", "t2.jsonl"] {
        home.write(name, fixture(name));
    }
    let map = "uid=user,oppo_token=reg_id,phone_brand=brand,app_version=-";
    let (code, value) = home.json(&["token", "import", "t1.csv"]);
    let problems = value["error"]["problems"].as_array().unwrap().clone();
    let hinted =
        |problem: &Value, map: &str| problem["hint"].as_str().unwrap().contains(&format!("--map '{map}'"));
    assert_eq!(code, 4);
    assert_eq!(problems.iter().filter(|problem| hinted(problem, map)).count(), 1, "{problems:#?}");
    let places = |problems: &[Value]| -> std::collections::BTreeSet<String> {
        let place =
            |problem: &Value| problem["place"].as_str().unwrap().rsplitn(2, ':').last().unwrap().to_owned();
        problems.iter().map(place).collect()
    };
    for line in ["t1.csv:1", "t1.csv:4", "t1.csv:5", "t1.csv:6"] {
        assert!(places(&problems).contains(line), "{line}: {problems:#?}");
    }
    assert!(!places(&problems).contains("t1.csv:2"), "{problems:#?}");
    let (code, value) = home.json(&["token", "import", "t1.csv", "--map", map, "--on-error", "skip"]);
    assert_eq!(
        (code, value["kept"].as_u64(), value["bad_rows"].as_u64()),
        (7, Some(2), Some(3)),
        "{value:#}"
    );
    // Both rows have one regId: the later report has it.
    assert_eq!(users(&home), ["1002"]);

    let map = "pushToken=reg_id,platform=-,manufacturer=brand,pushType=-";
    let (code, value) = home.json(&["token", "import", "t2.jsonl"]);
    assert!(code == 4 && hinted(&value["error"], map), "{value:#}");
    let (code, value) = home.json(&["token", "import", "t2.jsonl", "--map", map]);
    assert_eq!((code, value["kept"].as_u64()), (0, Some(2)), "{value:#}");
}
