//! Whole processes held against `/bin/true` in the same run: medians, raw figures, ratios. Fails when a ratio is missed.
//! Run it with `benches/run`; it needs a quiet machine to mean anything, so no test depends on it.
#![allow(clippy::disallowed_macros)]

use std::path::Path;
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

const OPUSH: &str = env!("CARGO_BIN_EXE_opush");
const ROUNDS: usize = 200;

struct Case {
    name: &'static str,
    args: Vec<String>,
    /// Times the median of `/bin/true` at most.
    limit: f64,
    times: Vec<Duration>,
}

fn main() -> ExitCode {
    let home = tempfile::tempdir().expect("a temporary folder");
    let mut sandbox = start_sandbox(home.path());
    let reg_id = add_phone(home.path());
    let words = |text: &str| text.split(' ').map(String::from).collect::<Vec<_>>();
    let mut send = words("send --profile sandbox --title Hello --content bench --reg-id");
    send.push(reg_id);
    let mut cases = [
        Case { name: "opush --version", args: words("--version"), limit: 2.7, times: vec![] },
        Case {
            name: "opush click check",
            args: words("click check --click open-app"),
            limit: 2.7,
            times: vec![],
        },
        Case { name: "opush send", args: send, limit: 7.0, times: vec![] },
    ];
    let mut nothing = Vec::new();
    // One round is not counted: it warms caches and fills the token cache.
    for round in 0..=ROUNDS {
        let baseline = time(Command::new("/bin/true"), home.path());
        let measured: Vec<Duration> = cases
            .iter()
            .map(|case| {
                let mut command = Command::new(OPUSH);
                command.args(&case.args);
                time(command, home.path())
            })
            .collect();
        if round > 0 {
            nothing.push(baseline);
            cases.iter_mut().zip(measured).for_each(|(case, time)| case.times.push(time));
        }
    }
    let _ = sandbox.kill();
    let _ = sandbox.wait();

    let base = median(&mut nothing);
    println!("{:<22} {:>9.3} ms  (median of {ROUNDS})", "/bin/true", millis(base));
    let mut missed = false;
    for case in &mut cases {
        let median = median(&mut case.times);
        let ratio = median.as_secs_f64() / base.as_secs_f64();
        let verdict = if ratio <= case.limit { "ok" } else { "MISSED" };
        missed |= ratio > case.limit;
        println!(
            "{:<22} {:>9.3} ms  {ratio:>5.1}x  limit {:>4.1}x  {verdict}",
            case.name,
            millis(median),
            case.limit
        );
    }
    ExitCode::from(u8::from(missed))
}

fn time(mut command: Command, home: &Path) -> Duration {
    command.env_clear().env("HOME", home).current_dir(home);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let status = command.status().expect("the command starts");
    let took = start.elapsed();
    assert!(status.success(), "{command:?} failed");
    took
}

fn start_sandbox(home: &Path) -> Child {
    let ready = home.join("ready.json");
    let mut command = Command::new(OPUSH);
    command
        .args(["sandbox", "run", "--ready-file"])
        .arg(&ready)
        .env_clear()
        .env("HOME", home)
        .current_dir(home);
    let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the sandbox starts");
    while !ready.exists() {
        std::thread::sleep(Duration::from_millis(5));
    }
    child
}

fn add_phone(home: &Path) -> String {
    let mut command = Command::new(OPUSH);
    command.args(["sandbox", "phone", "add", "--name", "bench", "--json"]).env_clear().env("HOME", home);
    let output = command.current_dir(home).output().expect("a phone is added");
    let phone: serde_json::Value = serde_json::from_slice(&output.stdout).expect("phone add prints JSON");
    phone["reg_id"].as_str().expect("a phone has a regId").to_owned()
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
