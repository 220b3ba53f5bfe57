//! Runs a program without a shell and without input: its output up to a limit, within a time.

use std::io::{self, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::waiting::{self, Wait};

/// What is read of either stream: a dump of every package of a phone has about 4 MiB.
pub(super) const LARGEST: usize = 16 * 1024 * 1024;

/// What a program left.
pub(super) struct Ended {
    pub(super) status: ExitStatus,
    pub(super) stdout: Vec<u8>,
    pub(super) stderr: Vec<u8>,
}

/// Why it left nothing.
pub(super) enum Unended {
    NotStarted(io::Error),
    Late,
    TooMuch,
    Stopped,
}

pub(super) fn run(command: &mut Command, limit: Duration) -> Result<Ended, Unended> {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(Unended::NotStarted)?;
    let (stdout, stderr) = (child.stdout.take().map(read), child.stderr.take().map(read));
    let mut wait = Wait::at_most(limit);
    let status = match ended(&mut child, &mut wait) {
        Ok(status) => status,
        Err(why) => {
            // It may be gone already; either way it is not waited for any longer.
            let _ = child.kill();
            let _ = child.wait();
            return Err(why);
        }
    };
    // A server that it started may hold the streams open for a moment.
    let rest = |from: Option<Receiver<Vec<u8>>>| match from {
        Some(from) => from.recv_timeout(wait.left().max(Duration::from_secs(1))).map_err(|_| Unended::Late),
        None => Ok(Vec::new()),
    };
    let (stdout, stderr) = (rest(stdout)?, rest(stderr)?);
    if stdout.len() > LARGEST || stderr.len() > LARGEST {
        return Err(Unended::TooMuch);
    }
    Ok(Ended { status, stdout, stderr })
}

fn ended(child: &mut Child, wait: &mut Wait) -> Result<ExitStatus, Unended> {
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status),
            Ok(None) => {}
            Err(error) => return Err(Unended::NotStarted(error)),
        }
        if !wait.goes_on() {
            return Err(if waiting::is_stopped() { Unended::Stopped } else { Unended::Late });
        }
    }
}

/// Reads a stream on a thread of its own. What is beyond the limit is read and dropped, so that the program ends.
fn read(mut stream: impl Read + Send + 'static) -> Receiver<Vec<u8>> {
    let (to, from) = channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let limit = u64::try_from(LARGEST + 1).unwrap_or(u64::MAX);
        let _ = stream.by_ref().take(limit).read_to_end(&mut bytes);
        let _ = io::copy(&mut stream, &mut io::sink());
        // The receiver is gone once the time is over.
        let _ = to.send(bytes);
    });
    from
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sh(script: &str, limit: Duration) -> Result<Ended, Unended> {
        run(Command::new("sh").args(["-c", script]), limit)
    }

    #[test]
    fn both_streams_and_the_status_come_back_and_there_is_no_input() {
        let ended = sh("cat; echo out; echo err >&2; exit 3", waiting::limit()).ok().unwrap();
        assert_eq!((ended.stdout, ended.stderr), (b"out\n".to_vec(), b"err\n".to_vec()));
        assert_eq!(ended.status.code(), Some(3));
    }

    #[test]
    fn it_is_held_to_time_and_size() {
        assert!(matches!(sh("exec sleep 100", Duration::from_millis(30)), Err(Unended::Late)));
        let much = format!("head -c {} /dev/zero", LARGEST + 2);
        assert!(matches!(sh(&much, Duration::from_secs(60)), Err(Unended::TooMuch)));
        let missing = run(&mut Command::new("/no/such/adb"), Duration::from_secs(1));
        assert!(matches!(missing, Err(Unended::NotStarted(_))));
    }
}
