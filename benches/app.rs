//! An APK of 18 MB: what its manifest and resources add to a bare `click check`, and the names of its classes against `unzip`.
//! `OPUSH_BENCH_APK` names the APK; `benches/run` gets one. It needs a quiet machine to mean anything, so no test depends on it.
#![allow(clippy::disallowed_macros)]

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

const OPUSH: &str = env!("CARGO_BIN_EXE_opush");
const ROUNDS: usize = 40;

/// One command held against another.
struct Case {
    name: &'static str,
    command: Vec<String>,
    against: Vec<String>,
    /// Times the median of the other at most.
    limit: f64,
}

fn main() -> ExitCode {
    let Some(apk) = std::env::var_os("OPUSH_BENCH_APK") else {
        eprintln!("OPUSH_BENCH_APK names no APK");
        return ExitCode::FAILURE;
    };
    let apk = Path::new(&apk).canonicalize().expect("the APK is there").display().to_string();
    let home = tempfile::tempdir().expect("a temporary folder");
    let words = |program: &str, text: &str| {
        let mut words = vec![program.to_owned()];
        words.extend(text.split(' ').map(|word| word.replace("APK", &apk)));
        words
    };
    // `click list` reads manifest and resources; `click check` the names of the classes too.
    let cases = [
        Case {
            name: "manifest and resources (click list --app) against a bare click check",
            command: words(OPUSH, "click list --app APK"),
            against: words(OPUSH, "click check --click open-app"),
            limit: 3.0,
        },
        Case {
            name: "with the names of the classes (click check --app) against unzip -p classes*.dex",
            command: words(OPUSH, "click check --click url:https://example.com --app APK"),
            against: words("unzip", "-p APK classes*.dex"),
            limit: 1.5,
        },
    ];
    let size = std::fs::metadata(&apk).map_or(0, |file| file.len());
    println!("{apk}, {:.1} MB", size as f64 / 1e6);
    let mut missed = false;
    for case in &cases {
        let (mut own, mut other) = (Vec::new(), Vec::new());
        // One round is not counted: it warms caches.
        for round in 0..=ROUNDS {
            let pair = (time(&case.against, home.path()), time(&case.command, home.path()));
            if round > 0 {
                other.push(pair.0);
                own.push(pair.1);
            }
        }
        let (own, other) = (median(&mut own), median(&mut other));
        let ratio = own.as_secs_f64() / other.as_secs_f64();
        missed |= ratio > case.limit;
        let verdict = if ratio <= case.limit { "ok" } else { "MISSED" };
        println!("{}", case.name);
        println!(
            "  {:>9.3} ms against {:>9.3} ms (medians of {ROUNDS})  {ratio:>5.2}x  limit {:>4.1}x  {verdict}",
            millis(own),
            millis(other),
            case.limit
        );
    }
    ExitCode::from(u8::from(missed))
}

fn time(words: &[String], home: &Path) -> Duration {
    let (program, args) = words.split_first().expect("a program");
    let mut command = Command::new(program);
    command.args(args).env("HOME", home).env("PATH", "/usr/bin:/bin").current_dir(home);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let status = command.status().expect("the command starts");
    let took = start.elapsed();
    assert!(status.success(), "{command:?} failed");
    took
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
