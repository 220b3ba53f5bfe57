//! The sandbox under load, held against a bare handler that only reads a body and answers, in the same run: calls a second,
//! recipients a second in batches, memory and file afterwards, the slowest answers at half load, the start. Fails when a
//! limit is missed. It needs wrk, two idle cores and some minutes.
#![allow(clippy::disallowed_macros, clippy::disallowed_methods)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const OPUSH: &str = env!("CARGO_BIN_EXE_opush");
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/sandbox/push.lua");
/// Set where this program is the bare handler.
const BARE: &str = "OPUSH_BENCH_BARE";
const CONNECTIONS: usize = 64;
const ROUNDS: usize = 3;
const SECONDS: u32 = 5;
const STARTS: usize = 11;
const PHONES: u32 = 1_000_000;
/// Of them the single pushes go to these.
const PUSHED_TO: u32 = 1_000;
const BATCH: u32 = 1_000;

/// Of the bare handler's calls a second.
const SHARE: f64 = 0.40;
const RECIPIENTS: f64 = 100_000.0;
const MEMORY_MB: f64 = 100.0;
/// The million phones are some 400 MB of it.
const FILE_MB: f64 = 500.0;
const P99_MS: f64 = 20.0;
const START_MS: f64 = 50.0;

fn main() -> ExitCode {
    if std::env::var_os(BARE).is_some() {
        serve_bare();
    }
    let home = tempfile::tempdir().expect("a temporary folder");
    let mut figures = Figures::default();
    figures.most("start until ready", median((0..STARTS).map(|_| time_of_start()).collect()), START_MS, "ms");

    let sandbox = Server::sandbox(home.path());
    let bare = Server::bare();
    let token = sandbox.set_up();
    let began = Instant::now();
    sandbox.add_phones();
    println!("{PHONES} phones were added in {:.1} s", began.elapsed().as_secs_f64());

    let (mut shares, mut rates) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let (of_bare, of_sandbox) = (bare.load(&token, 0), sandbox.load(&token, 0));
        println!("bare handler {:>9.0}/s    sandbox {:>9.0}/s", of_bare.rate, of_sandbox.rate);
        shares.push(of_sandbox.rate / of_bare.rate);
        rates.push(of_sandbox.rate);
    }
    figures.least("share of the bare handler's calls a second", median(shares) * 100.0, SHARE * 100.0, "%");

    // Connections rest so long on average that half of that rate comes about.
    let rest = (2.0 * CONNECTIONS as f64 / (median(rates.clone()) / 2.0) * 1000.0).round() as u32;
    let half = sandbox.load(&token, rest.max(1));
    println!("at half load: {:.0}/s", half.rate);
    figures.most("99 % of the answers at half load", half.p99_ms, P99_MS, "ms");

    figures.least("recipients a second in batches", sandbox.batches(&token), RECIPIENTS, "/s");
    figures.most("memory after that", sandbox.memory_mb(), MEMORY_MB, "MB");
    figures.most("file after that, log included", file_mb(home.path()), FILE_MB, "MB");
    figures.verdict
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
    fn least(&mut self, what: &str, figure: f64, limit: f64, unit: &str) {
        self.say(what, figure, &format!("at least {limit:.0}"), unit, figure >= limit);
    }

    fn most(&mut self, what: &str, figure: f64, limit: f64, unit: &str) {
        self.say(what, figure, &format!("at most {limit:.0}"), unit, figure <= limit);
    }

    fn say(&mut self, what: &str, figure: f64, limit: &str, unit: &str, good: bool) {
        let verdict = if good { "ok" } else { "MISSED" };
        println!("{what:<44} {figure:>10.1} {unit:<3} {limit:>18} {unit:<3} {verdict}");
        if !good {
            self.verdict = ExitCode::FAILURE;
        }
    }
}

/// One that listens, until this is dropped.
struct Server {
    child: Child,
    address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Load {
    rate: f64,
    p99_ms: f64,
}

impl Server {
    fn sandbox(home: &Path) -> Server {
        let ready = home.join("ready.json");
        let mut command = Command::new(OPUSH);
        command.args(["--quiet", "sandbox", "run", "--listen", "127.0.0.1:0", "--ready-file"]).arg(&ready);
        command.env_clear().env("HOME", home).current_dir(home).stdout(Stdio::null()).stderr(Stdio::null());
        let child = command.spawn().expect("the sandbox starts");
        while !ready.exists() {
            std::thread::sleep(Duration::from_micros(200));
        }
        let ready: Value =
            serde_json::from_slice(&std::fs::read(&ready).expect("the ready file")).expect("JSON");
        let url = ready["url"].as_str().expect("a URL");
        Server { child, address: url.trim_start_matches("http://").to_owned() }
    }

    fn bare() -> Server {
        let own = std::env::current_exe().expect("the path of this program");
        let mut child =
            Command::new(own).env(BARE, "1").stdout(Stdio::piped()).spawn().expect("the bare handler starts");
        let mut address = String::new();
        BufReader::new(child.stdout.take().expect("its output"))
            .read_line(&mut address)
            .expect("its address");
        Server { child, address: address.trim().to_owned() }
    }

    /// The calls of wrk, each connection resting up to so many milliseconds between them.
    fn load(&self, token: &str, rest: u32) -> Load {
        let mut command = Command::new("wrk");
        command.args(["-t2", &format!("-c{CONNECTIONS}"), &format!("-d{SECONDS}s"), "-s", SCRIPT]);
        command.arg(format!("http://{}/", self.address));
        command.args(["--", token, &PUSHED_TO.to_string(), &rest.to_string()]);
        let output = command.output().expect("wrk runs (Debian: wrk)");
        let text = String::from_utf8_lossy(&output.stdout);
        let last = text.lines().last().unwrap_or_default();
        let numbers: Vec<f64> = last.split(' ').filter_map(|number| number.parse().ok()).collect();
        let [requests, micros, p99, errors] = numbers[..] else { panic!("wrk printed {text}") };
        assert_eq!(errors, 0.0, "{text}");
        Load { rate: requests / micros * 1e6, p99_ms: p99 / 1000.0 }
    }

    /// An app, and an auth token for it.
    fn set_up(&self) -> String {
        let app = json!({"app_id": "77001", "app_key": "key", "master_secret": "bench", "package": "com.example.bench"});
        self.call("PUT", "/_sandbox/v1/apps", &app.to_string());
        let now =
            std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("a time").as_millis();
        let sign: String =
            Sha256::digest(format!("key{now}bench")).iter().map(|byte| format!("{byte:02x}")).collect();
        let answer =
            self.call("POST", "/server/v1/auth", &format!("app_key=key&timestamp={now}&sign={sign}"));
        answer["data"]["auth_token"].as_str().expect("an auth token").to_owned()
    }

    fn add_phones(&self) {
        let phones =
            json!({"count": PHONES, "pattern": "CN_{}", "phone": {"app_id": "77001", "channel_id": "bench"}});
        let answer = self.call("POST", "/_sandbox/v1/phones/bulk", &phones.to_string());
        assert_eq!(answer["added"], PHONES, "{answer}");
    }

    /// Recipients a second: every phone gets one push, in batches over two connections.
    fn batches(&self, token: &str) -> f64 {
        let lists: Vec<String> = (0..PHONES / BATCH).map(|batch| batch_of(token, batch)).collect();
        let began = Instant::now();
        std::thread::scope(|scope| {
            for half in 0..2 {
                let lists = &lists;
                scope.spawn(move || {
                    let mut client = Client::new(&self.address);
                    for list in lists.iter().skip(half).step_by(2) {
                        let answer =
                            client.call("POST", "/server/v1/message/notification/unicast_batch", list);
                        let items = answer["data"].as_array().expect("an item each");
                        let taken = items.iter().filter(|item| item["errorCode"].is_null()).count();
                        assert_eq!(taken, BATCH as usize, "{answer}");
                    }
                });
            }
        });
        f64::from(PHONES) / began.elapsed().as_secs_f64()
    }

    fn memory_mb(&self) -> f64 {
        let status =
            std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("its status");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("its memory");
        line.trim().trim_end_matches(" kB").parse::<f64>().expect("a number") / 1024.0
    }

    fn call(&self, method: &str, path: &str, body: &str) -> Value {
        Client::new(&self.address).call(method, path, body)
    }
}

fn batch_of(token: &str, batch: u32) -> String {
    let messages: Vec<Value> = (0..BATCH)
        .map(|number| {
            let number = batch * BATCH + number;
            json!({
                "target_type": 2,
                "target_value": format!("CN_{:032x}", number + 1),
                "notification": {
                    "title": format!("Alice {number}"),
                    "content": format!("see you at {number}"),
                    "channel_id": "bench",
                    "click_action_type": 0,
                    "off_line": true,
                    "off_line_ttl": 3600,
                },
            })
        })
        .collect();
    let messages = Value::from(messages).to_string();
    let encoded: String = url::form_urlencoded::byte_serialize(messages.as_bytes()).collect();
    format!("auth_token={token}&messages={encoded}")
}

/// A connection that is kept open.
struct Client {
    stream: TcpStream,
    answers: BufReader<TcpStream>,
}

impl Client {
    fn new(address: &str) -> Client {
        let stream = TcpStream::connect(address).expect("a connection");
        stream.set_nodelay(true).expect("nodelay");
        let answers = BufReader::new(stream.try_clone().expect("a second handle"));
        Client { stream, answers }
    }

    fn call(&mut self, method: &str, path: &str, body: &str) -> Value {
        let json = if path.starts_with("/_sandbox") { "json" } else { "x-www-form-urlencoded" };
        let head = format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/{json}");
        write!(self.stream, "{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len()).expect("it goes out");
        let (mut line, mut length) = (String::new(), 0);
        self.answers.read_line(&mut line).expect("a status");
        assert!(line.starts_with("HTTP/1.1 20"), "{line}");
        while line.trim_end() != "" {
            line.clear();
            self.answers.read_line(&mut line).expect("a header");
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().expect("a length");
            }
        }
        let mut answer = vec![0; length];
        self.answers.read_exact(&mut answer).expect("a body");
        serde_json::from_slice(&answer).unwrap_or_default()
    }
}

fn serve_bare() -> ! {
    let answer = || {
        async move |body: axum::body::Bytes| {
            std::hint::black_box(&body);
            (
                [("content-type", "application/json;charset=UTF-8")],
                r#"{"code":0,"message":"","data":{"messageId":"77001-1-1-0123456789abcdef01234567"}}"#,
            )
        }
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("an address");
        println!("{}", listener.local_addr().expect("the address"));
        let router = axum::Router::new().fallback(answer());
        axum::serve(listener, router).await.expect("it serves");
    });
    std::process::exit(0);
}

/// From the start of the process until it has answered.
fn time_of_start() -> f64 {
    let home = tempfile::tempdir().expect("a temporary folder");
    // The first start makes the file; what counts are the others.
    drop(Server::sandbox(home.path()));
    let _ = std::fs::remove_file(home.path().join("ready.json"));
    let began = Instant::now();
    let server = Server::sandbox(home.path());
    let mut client = Client::new(&server.address);
    client.call("GET", "/readyz", "");
    began.elapsed().as_secs_f64() * 1000.0
}

fn file_mb(home: &Path) -> f64 {
    let folder = home.join(".local/state/opush");
    let size = |name: &str| std::fs::metadata(folder.join(name)).map_or(0, |file| file.len());
    (size("sandbox.db") + size("sandbox.db-wal")) as f64 / 1e6
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}
