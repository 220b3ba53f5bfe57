//! A running `logcat`: its lines as they come, until the time is over or the process is to end.

use std::io::{BufRead, BufReader, Read};
use std::process::Child;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant};

use super::error::DeviceError;
use super::shell::Shell;
use crate::waiting;

/// How often a signal to stop is looked for.
const EVERY: Duration = Duration::from_millis(50);

/// More bytes of a line are not kept.
const LONGEST_LINE: u64 = 16 * 1024;

/// So many lines wait to be looked at; then the phone waits.
const WAITING: usize = 1_024;

/// A running logcat, ended with this value.
pub(crate) struct Logcat {
    child: Child,
    lines: Receiver<String>,
}

impl Logcat {
    /// With `all` also what the log holds already, else from its newest line on.
    pub(crate) fn start(shell: &Shell, all: bool) -> Result<Logcat, DeviceError> {
        let words = ["logcat", "-v", "threadtime", "-T", "1"];
        let mut child = shell.follow(if all { &words[..3] } else { &words })?;
        let (to, lines) = sync_channel(WAITING);
        let out = child.stdout.take();
        std::thread::spawn(move || {
            let Some(out) = out else { return };
            let mut out = BufReader::new(out);
            let mut bytes = Vec::new();
            while out.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut bytes).is_ok_and(|read| read > 0) {
                let line = String::from_utf8_lossy(&bytes).trim_end().to_owned();
                // The receiver is gone once nobody listens.
                if to.send(line).is_err() {
                    break;
                }
                bytes.clear();
            }
        });
        Ok(Logcat { child, lines })
    }

    /// The next line; none once the time is over.
    pub(crate) fn next(&mut self, deadline: Option<Instant>) -> Result<Option<String>, DeviceError> {
        loop {
            if waiting::is_stopped() {
                return Err(DeviceError::Stopped);
            }
            if deadline.is_some_and(|deadline| deadline <= Instant::now()) {
                return Ok(None);
            }
            match self.lines.recv_timeout(EVERY) {
                Ok(line) => return Ok(Some(line)),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Err(self.ended()),
            }
        }
    }

    /// The phone went away, or has no such log.
    fn ended(&mut self) -> DeviceError {
        let mut said = String::new();
        if let Some(err) = self.child.stderr.take() {
            let _ = err.take(LONGEST_LINE).read_to_string(&mut said);
        }
        let said = said.lines().next_back().map_or("the log ended", str::trim).to_owned();
        DeviceError::Adb { what: "logcat".into(), said }
    }
}

impl Drop for Logcat {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
