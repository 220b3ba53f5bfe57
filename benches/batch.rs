//! A batch of a million rows with text of their own, held against senders in other languages and against a bare sender of
//! prepared bodies, all against one sandbox process in one run. Fails when a limit is missed.
//! It needs two idle cores, some minutes and python3 with requests; go and node are measured where they are installed.
#![allow(clippy::disallowed_macros, clippy::disallowed_methods)]

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const OPUSH: &str = env!("CARGO_BIN_EXE_opush");
const PEERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peers");
/// The built-in app of the sandbox.
const KEY: &str = "sandbox-demo-app-key";
const SECRET: &str = "sandbox-demo-master-secret";
/// As many as opush has by itself.
const CONNECTIONS: usize = 4;
const A_CALL: u32 = 1_000;

const MEMORY_MB: f64 = 64.0;
/// Of the memory that a tenth of the rows takes.
const SAME_MEMORY: f64 = 1.15;
const CPU_S: f64 = 10.0;
const OF_PYTHON: f64 = 1.0 / 3.0;
const OF_OTHERS: f64 = 1.5;
const OF_BARE: f64 = 1.3;
const CHECKED_PER_S: f64 = 500_000.0;

fn main() -> ExitCode {
    let rows: u32 =
        std::env::var("OPUSH_BENCH_ROWS").ok().and_then(|text| text.parse().ok()).unwrap_or(1_000_000);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let home = folder.path();
    let sandbox = Sandbox::start(home);
    sandbox.add_phones(rows);
    let (all, tenth) = (write_rows(home, rows), write_rows(home, rows / 10));
    let mut figures = Figures::default();

    let check = Cost::of(opush(home, &all, &["--dry-run"]), &sandbox, rows);
    figures.least("rows checked a second of one core", f64::from(rows) / check.cpu, CHECKED_PER_S);

    let few = Cost::of(opush(home, &tenth, &[]), &sandbox, rows / 10);
    let ours = Cost::of(opush(home, &all, &[]), &sandbox, rows);
    figures.most("peak memory, MB", ours.rss_mb, MEMORY_MB);
    figures.most("peak memory beside that of a tenth of the rows", ours.rss_mb / few.rss_mb, SAME_MEMORY);
    figures.most("processor time, s", ours.cpu, CPU_S);

    let bare = sandbox.bare(rows);
    println!("{:<44} {bare:>8.2} s wall", "a bare sender of prepared bodies");
    figures.most("wall time beside the bare sender's", ours.wall / bare, OF_BARE);

    for (name, command, limit) in peers(home) {
        let Some(mut command) = command else {
            println!("{name} left out: it is not installed");
            continue;
        };
        command.args([&sandbox.url, KEY, SECRET]).arg(&all);
        let theirs = Cost::of(command, &sandbox, rows);
        figures.most(&format!("processor time beside {name}'s"), ours.cpu / theirs.cpu, limit);
    }
    figures.verdict
}

/// The senders of other languages: each ready to get its arguments.
fn peers(home: &Path) -> [(&'static str, Option<Command>, f64); 3] {
    let runs = |program: &str, arguments: &[&str]| {
        Command::new(program).args(arguments).output().is_ok_and(|output| output.status.success())
    };
    let python = runs("python3", &["-c", "import requests"]).then(|| script("python3", "sender.py"));
    let node = runs("node", &["--version"]).then(|| script("node", "sender.mjs"));
    let built = home.join("sender-go");
    let mut build = Command::new("go");
    build.args(["build", "-o"]).arg(&built).arg("sender.go").current_dir(PEERS).env("GO111MODULE", "off");
    let go = build.output().is_ok_and(|output| output.status.success()).then(|| Command::new(built));
    [("Python", python, OF_PYTHON), ("Go", go, OF_OTHERS), ("Node", node, OF_OTHERS)]
}

fn script(program: &str, file: &str) -> Command {
    let mut command = Command::new(program);
    command.arg(Path::new(PEERS).join(file));
    command
}

fn reg_id(number: u32) -> String {
    format!("CN_{number:032x}")
}

fn text(number: u32) -> String {
    format!("order {number} is on its way")
}

fn write_rows(home: &Path, rows: u32) -> PathBuf {
    let mut file = String::from("reg_id,title,content\n");
    for number in 1..=rows {
        writeln!(file, "{},Order {number},{}", reg_id(number), text(number)).expect("a string grows");
    }
    let path = home.join(format!("rows-{rows}.csv"));
    std::fs::write(&path, file).expect("the rows are written");
    path
}

fn opush(home: &Path, file: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(OPUSH);
    command.args(["batch", "run"]).arg(file).args([
        "--profile",
        "sandbox",
        "--channel-id",
        "tuikit",
        "--yes",
        "--json",
    ]);
    command.args(more).env_clear().env("HOME", home).current_dir(home);
    command
}

/// What one program took, and what the sandbox took meanwhile.
struct Cost {
    wall: f64,
    cpu: f64,
    rss_mb: f64,
}

impl Cost {
    /// Runs it, and demands that as many rows as given were accepted, where it sends.
    fn of(mut command: Command, sandbox: &Sandbox, rows: u32) -> Cost {
        let dry = command.get_args().any(|word| word == "--dry-run");
        let what: Vec<_> = command.get_args().filter_map(|word| word.to_str()).take(3).collect();
        let what = format!("{} {}", command.get_program().to_string_lossy(), what.join(" "));
        let of_sandbox = processor_time(sandbox.child.id());
        let began = Instant::now();
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
        let mut output = String::new();
        let mut stdout = child.stdout.take().expect("its output");
        let reader = std::thread::spawn(move || stdout.read_to_string(&mut output).map(|_| output));
        let (mut cpu, mut rss_mb) = (0.0, 0.0_f64);
        while child.try_wait().expect("it can be waited for").is_none() {
            cpu = processor_time(child.id()).max(cpu);
            rss_mb = peak_mb(child.id()).max(rss_mb);
            std::thread::sleep(Duration::from_millis(5));
        }
        let wall = began.elapsed().as_secs_f64();
        let of_sandbox = processor_time(sandbox.child.id()) - of_sandbox;
        let output = reader.join().expect("the reader").expect("its output is text");
        let result: Value = serde_json::from_str(&output).unwrap_or_else(|_| panic!("{what}: {output}"));
        assert!(dry || result["accepted"] == json!(rows), "{what}: {result}");
        let short: String = what.chars().rev().take(40).collect::<Vec<_>>().into_iter().rev().collect();
        println!(
            "{short:<44} {wall:>8.2} s wall {cpu:>7.2} s cpu {rss_mb:>7.1} MB   sandbox {of_sandbox:>6.2} s cpu"
        );
        Cost { wall, cpu, rss_mb }
    }
}

/// Seconds of processor time of a process so far; ticks are of 10 ms.
fn processor_time(process: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let fields: Vec<f64> = after_name.split_whitespace().map(|field| field.parse().unwrap_or(0.0)).collect();
    fields.get(11..13).map_or(0.0, |both| both.iter().sum::<f64>() / 100.0)
}

fn peak_mb(process: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

struct Sandbox {
    child: Child,
    url: String,
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Sandbox {
    fn start(home: &Path) -> Sandbox {
        let ready = home.join("ready.json");
        let mut command = Command::new(OPUSH);
        command.args(["--quiet", "sandbox", "run", "--listen", "127.0.0.1:0", "--ready-file"]).arg(&ready);
        command.env_clear().env("HOME", home).current_dir(home).stdout(Stdio::null()).stderr(Stdio::null());
        let child = command.spawn().expect("the sandbox starts");
        while !ready.exists() {
            std::thread::sleep(Duration::from_millis(5));
        }
        let ready: Value =
            serde_json::from_slice(&std::fs::read(&ready).expect("the ready file")).expect("JSON");
        Sandbox { child, url: ready["url"].as_str().expect("a URL").to_owned() }
    }

    fn address(&self) -> &str {
        self.url.trim_start_matches("http://")
    }

    fn add_phones(&self, count: u32) {
        let phone = json!({"app_id": "30001", "channel_id": "tuikit"});
        let body = json!({"pattern": "CN_{}", "count": count, "phone": phone}).to_string();
        let answer = self.once("/_sandbox/v1/phones/bulk", "application/json", body.as_bytes());
        assert_eq!(answer["added"], json!(count), "{answer}");
    }

    fn once(&self, path: &str, kind: &str, body: &[u8]) -> Value {
        let mut stream = TcpStream::connect(self.address()).expect("the sandbox listens");
        serde_json::from_slice(&exchange(&mut stream, path, kind, body)).unwrap_or(Value::Null)
    }

    /// Seconds that sending bodies takes that were made before, by as many connections as opush has.
    fn bare(&self, rows: u32) -> f64 {
        let timestamp =
            std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("a clock").as_millis();
        let sign: String = Sha256::digest(format!("{KEY}{timestamp}{SECRET}")).iter().fold(
            String::new(),
            |mut text, byte| {
                write!(text, "{byte:02x}").expect("a string grows");
                text
            },
        );
        let form = format!("app_key={KEY}&timestamp={timestamp}&sign={sign}");
        let answer = self.once("/server/v1/auth", FORM, form.as_bytes());
        let token = answer["data"]["auth_token"].as_str().expect("a token").to_owned();
        let bodies: Vec<Vec<u8>> = (0..rows / A_CALL).map(|call| body(&token, call)).collect();
        let next = AtomicUsize::new(0);
        let began = Instant::now();
        std::thread::scope(|threads| {
            for _ in 0..CONNECTIONS {
                threads.spawn(|| {
                    let mut stream = TcpStream::connect(self.address()).expect("the sandbox listens");
                    while let Some(body) = bodies.get(next.fetch_add(1, Ordering::Relaxed)) {
                        let answer = exchange(&mut stream, BATCH, FORM, body);
                        assert!(answer.starts_with(b"{\"code\":0"), "{}", String::from_utf8_lossy(&answer));
                    }
                });
            }
        });
        began.elapsed().as_secs_f64()
    }
}

const FORM: &str = "application/x-www-form-urlencoded";
const BATCH: &str = "/server/v1/message/notification/unicast_batch";

/// One call. As opush does, each message has an id, by which the sandbox knows a repeat.
fn body(token: &str, call: u32) -> Vec<u8> {
    let messages: Vec<Value> = (call * A_CALL + 1..=(call + 1) * A_CALL)
        .map(|number| {
            let notification = json!({
                "title": format!("Order {number}"), "content": text(number), "channel_id": "tuikit", "app_message_id": format!("bare-{number}"), "click_action_type": 0,
            });
            json!({"target_type": 2, "target_value": reg_id(number), "notification": notification})
        })
        .collect();
    let messages = Value::from(messages).to_string();
    let mut form = url::form_urlencoded::Serializer::new(String::new());
    form.append_pair("auth_token", token).append_pair("messages", &messages);
    form.finish().into_bytes()
}

/// One request and its answer; the connection stays open.
fn exchange(stream: &mut TcpStream, path: &str, kind: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: sandbox.localhost\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let head = head.replace("sandbox.localhost", &stream.peer_addr().expect("a peer").to_string());
    stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body)).expect("the request is sent");
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).expect("the head of an answer");
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(": ")
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.parse().expect("a length");
        }
    }
    let mut answer = vec![0; length];
    reader.read_exact(&mut answer).expect("the answer");
    answer
}

/// The figures, each with its limit.
struct Figures {
    verdict: ExitCode,
}

impl Default for Figures {
    fn default() -> Figures {
        Figures { verdict: ExitCode::SUCCESS }
    }
}

impl Figures {
    fn least(&mut self, what: &str, figure: f64, limit: f64) {
        self.say(what, figure, &format!("at least {limit:.2}"), figure >= limit);
    }

    fn most(&mut self, what: &str, figure: f64, limit: f64) {
        self.say(what, figure, &format!("at most {limit:.2}"), figure <= limit);
    }

    fn say(&mut self, what: &str, figure: f64, limit: &str, good: bool) {
        println!("{what:<50} {figure:>12.2} {limit:>20} {}", if good { "ok" } else { "MISSED" });
        if !good {
            self.verdict = ExitCode::FAILURE;
        }
    }
}
