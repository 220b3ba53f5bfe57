//! How long OPPO waits for its answer while 1,000 receipts a second arrive, each stored before it is answered: median and
//! worst, counted from when each was due to be sent. Fails when the median is 50 ms or more, or when the rate was not kept.
//! Run it with `benches/run`; it needs a quiet machine to mean anything, so no test depends on it.
#![allow(clippy::disallowed_macros)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use opush::clock::{Clock, Timestamp};
use opush::store::Store;
use opush::store::deliveries::{Completion, DeliveryTarget, NewDelivery, Outcome, begin, complete};

const OPUSH: &str = env!("CARGO_BIN_EXE_opush");
const A_SECOND: u32 = 1_000;
const SECONDS: u32 = 10;
const CONNECTIONS: u32 = 20;
const MEDIAN: Duration = Duration::from_millis(50);
/// Pushes in the history, each with a receipt to come.
const PUSHES: u32 = 2_000;

fn main() -> ExitCode {
    let home = tempfile::tempdir().expect("a temporary folder");
    fill(&home.path().join(".local/state/opush/state.db"));
    let (mut listener, address) = start(home.path());
    let begun = Instant::now() + Duration::from_millis(200);
    let workers: Vec<_> = (0..CONNECTIONS)
        .map(|worker| {
            let address = address.clone();
            std::thread::spawn(move || post(&address, worker, begun))
        })
        .collect();
    let mut times: Vec<Duration> =
        workers.into_iter().flat_map(|worker| worker.join().expect("a worker ends")).collect();
    let took = begun.elapsed();
    let _ = listener.kill();
    let _ = listener.wait();

    times.sort();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1000.0;
    let rate = times.len() as f64 / took.as_secs_f64();
    println!(
        "{} receipts over {CONNECTIONS} connections in {:.2} s: {rate:.0} a second",
        times.len(),
        took.as_secs_f64()
    );
    println!(
        "answered after {:.2} ms (median), {:.2} ms (99 %), {:.2} ms (worst)",
        at(0.5),
        at(0.99),
        at(1.0)
    );
    let good = at(0.5) < MEDIAN.as_secs_f64() * 1000.0 && rate > f64::from(A_SECOND) * 0.95;
    println!(
        "limit {} ms at the median, {A_SECOND} a second  {}",
        MEDIAN.as_millis(),
        if good { "ok" } else { "MISSED" }
    );
    ExitCode::from(u8::from(!good))
}

fn fill(path: &Path) {
    let store = Store::open(path, Clock::fixed(Timestamp::UNIX_EPOCH)).expect("a state database");
    for number in 0..PUSHES {
        let new = NewDelivery {
            profile: "demo".into(),
            region: "cn".into(),
            certificate_id: Some(1),
            app_id: None,
            user: Some(format!("user-{number}")),
            device: None,
            target: Some(DeliveryTarget::RegId(reg_id(number))),
            app_message_id: None,
            call_back_parameter: None,
            decision: "push".into(),
            request: "POST".into(),
            answer_within: Duration::from_secs(30),
        };
        let id = begin(&store, &new).expect("a delivery is recorded");
        let outcome = Outcome::Accepted { message_id: format!("m{number}") };
        complete(&store, id, &Completion { outcome, tries: 1, answer: None }).expect("it gets its end");
    }
}

fn reg_id(number: u32) -> String {
    format!("CN_{number:032x}")
}

fn start(home: &Path) -> (Child, String) {
    let ready = home.join("ready.json");
    let mut command = Command::new(OPUSH);
    command.args(["receipt", "listen", "--ready-file"]).arg(&ready).env_clear().env("HOME", home);
    command.current_dir(home).stdout(Stdio::null()).stderr(Stdio::null());
    let child = command.spawn().expect("the listener starts");
    while !ready.exists() {
        std::thread::sleep(Duration::from_millis(5));
    }
    let text = std::fs::read_to_string(&ready).expect("the ready file");
    let ready: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    (child, ready["url"].as_str().expect("a URL").trim_start_matches("http://").to_owned())
}

/// Posts this worker's share, each at its time, and gives how long after that the answer was there.
fn post(address: &str, worker: u32, begun: Instant) -> Vec<Duration> {
    let mut stream = TcpStream::connect(address).expect("a connection");
    stream.set_nodelay(true).expect("nodelay");
    let mut answers = BufReader::new(stream.try_clone().expect("a second handle"));
    (0..A_SECOND * SECONDS / CONNECTIONS)
        .map(|turn| {
            let number = turn * CONNECTIONS + worker;
            let due = begun + Duration::from_secs(1) * number / A_SECOND;
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            let push = number % PUSHES;
            let body = format!(
                r#"[{{"messageId":"m{push}","appId":"1","taskId":"m{push}","registrationIds":"{}","eventTime":"{number}","param":"","eventType":"push_arrive"}}]"#,
                reg_id(push)
            );
            let length = body.len();
            write!(stream, "POST /receipts HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\n{body}")
                .expect("the request goes out");
            answer(&mut answers);
            due.elapsed()
        })
        .collect()
}

/// Reads one answer to its end; it must be 200.
fn answer(stream: &mut BufReader<TcpStream>) {
    let (mut line, mut length) = (String::new(), 0);
    stream.read_line(&mut line).expect("a status");
    assert!(line.starts_with("HTTP/1.1 200"), "{line}");
    while line.trim_end() != "" {
        line.clear();
        stream.read_line(&mut line).expect("a header");
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().expect("a length");
        }
    }
    stream.read_exact(&mut vec![0; length]).expect("a body");
}
