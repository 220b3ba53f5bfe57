//! Processes as the system sees them: many at once, how much memory one took, a signal on its way to one.
//! What they are asked to do, and what must come of it, belongs to the tests.

use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::harness::Home;

/// Far longer than anything here takes; only so that a hang is a failure.
pub const PATIENCE: Duration = Duration::from_secs(60);

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
        assert!(began.elapsed() < PATIENCE, "it does not end");
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
        assert!(began.elapsed() < PATIENCE, "in vain: {what}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Waits for the end of a process, which must come by itself.
#[track_caller]
pub fn ended(child: &mut Child) -> std::process::ExitStatus {
    until("the process ends", || child.try_wait().unwrap().is_some());
    child.wait().unwrap()
}
