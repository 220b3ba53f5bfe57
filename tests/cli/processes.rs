//! Processes as the system sees them: started, waited for, sent a signal, many at once, how much memory one took.

use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Once};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::harness::Home;

/// Only so that a hang is a failure: three times what the slowest step needs on a busy machine.
pub const HANG: Duration = Duration::from_secs(180);

/// Whether the tests that take long run in full: `tests/run --all` sets the variable.
pub fn all() -> bool {
    std::env::var_os("OPUSH_ALL_TESTS").is_some()
}

/// Lets every child start with the default effect of each signal, however this process was started: `nohup` makes it
/// ignore HUP, and a script's `&` INT and QUIT. A child inherits what is ignored, but not what is caught.
pub fn default_signals() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
        use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
        for signal in [SIGHUP, SIGINT, SIGQUIT, SIGTERM] {
            if ignored & (1 << (signal - 1)) != 0 {
                // Caught without an effect, so that this process goes on ignoring it.
                signal_hook::flag::register(signal, Arc::new(AtomicBool::new(false))).unwrap();
            }
        }
    });
}

/// Starts a command with its output captured and nothing on stdin.
pub fn start(home: &Home, args: &[&str]) -> Child {
    home.command(args).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Starts them all before it waits for any.
pub fn at_once(commands: impl IntoIterator<Item = Command>) -> Vec<Output> {
    let children: Vec<Child> = commands
        .into_iter()
        .map(|mut command| {
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
        })
        .collect();
    children.into_iter().map(|child| child.wait_with_output().unwrap()).collect()
}

/// The JSON each printed, if every one of them ended well.
#[track_caller]
pub fn all_succeeded(outputs: &[Output]) -> Vec<Value> {
    outputs
        .iter()
        .map(|output| {
            let (stdout, stderr) =
                (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
            assert!(output.status.success(), "{}\n{stdout}\n{stderr}", output.status);
            serde_json::from_str(&stdout).unwrap()
        })
        .collect()
}

/// Waits for the end of a process, and gives the most memory (KiB) it was seen to use at any time.
pub fn peak_memory(child: &mut Child) -> u64 {
    let status = format!("/proc/{}/status", child.id());
    let began = Instant::now();
    let mut peak = 0;
    while child.try_wait().unwrap().is_none() {
        // The line is gone once the process has ended; it holds the peak so far, so that looking now and then is enough.
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        if let Some(kib) = line.and_then(|line| line.trim().strip_suffix(" kB")) {
            peak = peak.max(kib.parse().unwrap());
        }
        assert!(began.elapsed() < HANG, "it does not end");
        std::thread::sleep(Duration::from_millis(1));
    }
    peak
}

/// Sends a signal by its name, such as `INT`.
pub fn signal(child: &Child, name: &str) {
    let script = format!("kill -s {name} {}", child.id());
    assert!(Command::new("sh").args(["-c", &script]).status().unwrap().success());
}

/// Waits until `ready` is true.
#[track_caller]
pub fn until(what: &str, mut ready: impl FnMut() -> bool) {
    let began = Instant::now();
    while !ready() {
        assert!(began.elapsed() < HANG, "waited in vain until {what}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Waits for the file that a process writes once it is ready; its JSON.
#[track_caller]
pub fn ready_file(child: &mut Child, file: &Path) -> Value {
    until("the ready file is written", || {
        file.exists() || child.try_wait().unwrap().is_some_and(|status| panic!("it ended: {status}"))
    });
    let text = std::fs::read_to_string(file).unwrap();
    serde_json::from_str(&text).expect("the ready file is whole when it appears")
}

/// An address that is free until a command listens there: from below the ports that the system gives out by itself.
pub fn free_address() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    loop {
        let number = std::process::id().wrapping_mul(251) + NEXT.fetch_add(1, Ordering::Relaxed);
        let address = format!("127.0.0.1:{}", 10_000 + number % 20_000);
        if std::net::TcpListener::bind(&address).is_ok() {
            return address;
        }
    }
}

/// Tries with 2 seconds, and with more where the machine was too busy to get as far as the test wants in that time.
#[track_caller]
pub fn with_enough_time<T>(mut attempt: impl FnMut(Duration) -> Option<T>) -> T {
    let times = [2, 6, 18, 54, 162].map(Duration::from_secs);
    times.into_iter().find_map(&mut attempt).expect("it got that far in the longest of the times")
}

/// Waits for the end of a process, which must come by itself.
#[track_caller]
pub fn ended(child: &mut Child) -> std::process::ExitStatus {
    until("the process ends", || child.try_wait().unwrap().is_some());
    child.wait().unwrap()
}
