//! Runs the command that prints a secret: without a shell, without input, with a time limit.

use super::Secret;
use super::secret;
use crate::failure::{Kind, Problem};
use crate::waiting::Wait;
use rustix::process::{Pid, Signal, kill_process, kill_process_group};
use std::io::Read;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;
use zeroize::Zeroizing;

/// What is read of either stream; more than that is not a secret.
const LARGEST: u64 = 65 * 1024;

/// The secret that the command prints on its standard output, within this wait.
pub(super) fn run(words: &[String], mut wait: Wait) -> Result<Secret, Problem> {
    let (program, arguments) = words.split_first().ok_or_else(|| {
        Problem::new(Kind::SecretCommandFailed, "the secret's command is empty", "name a program")
    })?;
    let failed = |what: String| {
        let hint = format!("run {program} by hand; it must print the secret and nothing else");
        Problem::new(Kind::SecretCommandFailed, format!("the secret's command {program} {what}"), hint)
    };
    // Its own helpers end with it. At a terminal it stays in our group, since only the group in front may ask there.
    let group = std::fs::File::open("/dev/tty").is_err();
    let mut command = Command::new(program);
    if group {
        command.process_group(0);
    }
    let mut child = command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| failed(format!("could not be started: {error}")))?;
    let output = child.stdout.take().map(read);
    let complaints = child.stderr.take().map(read);
    let outcome = finish(&mut child, output, &mut wait);
    if outcome.is_err() {
        // It may be gone already; either way it is not waited for any longer.
        if let Some(group) = pid(child.id()).filter(|_| group) {
            let _ = kill_process_group(group, Signal::KILL);
        }
        let started = if group { Vec::new() } else { descendants(child.id()) };
        let _ = child.kill();
        for helper in started.into_iter().filter_map(pid) {
            let _ = kill_process(helper, Signal::KILL);
        }
        let _ = child.wait();
    }
    let (status, bytes) = outcome.map_err(|problem| failed(problem.to_owned()))?;
    // A command that prints without end is cut off and fails for that; a person should not read that failure.
    if !status.success() && (bytes.len() as u64) < LARGEST {
        let said =
            complaints.and_then(|from| from.recv_timeout(Duration::from_secs(1)).ok()).unwrap_or_default();
        let said = last_line(&said, &bytes);
        let how = status.code().map_or("was killed".to_owned(), |code| format!("ended with status {code}"));
        return Err(failed(if said.is_empty() { how } else { format!("{how}: {said}") }));
    }
    secret::of_output(&bytes, &format!("the secret's command {program}"))
}

fn pid(id: u32) -> Option<Pid> {
    i32::try_from(id).ok().and_then(Pid::from_raw)
}

/// What this process started, and what that started, where the system lists processes in `/proc`.
fn descendants(of: u32) -> Vec<u32> {
    let parent = |id: u32| {
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
        // Behind the name, which may have any character: the state, then the parent.
        stat.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse::<u32>().ok()
    };
    let ids = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let ids = ids.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let parents: Vec<(u32, u32)> = ids.filter_map(|id| Some((id, parent(id)?))).collect();
    let mut found = vec![of];
    let mut at = 0;
    while at < found.len() {
        let started = parents.iter().filter(|(id, parent)| *parent == found[at] && !found.contains(id));
        found.extend(started.map(|(id, _)| *id).collect::<Vec<_>>());
        at += 1;
    }
    found.split_off(1)
}

/// Reads a stream on a thread of its own, so that a program that never closes it cannot hold us.
fn read(stream: impl Read + Send + 'static) -> Receiver<Zeroizing<Vec<u8>>> {
    let (to, from) = channel();
    std::thread::spawn(move || {
        let mut bytes = Zeroizing::new(Vec::new());
        let _ = stream.take(LARGEST).read_to_end(&mut bytes);
        // The receiver is gone once the time is over.
        let _ = to.send(bytes);
    });
    from
}

fn finish(
    child: &mut Child,
    output: Option<Receiver<Zeroizing<Vec<u8>>>>,
    wait: &mut Wait,
) -> Result<(ExitStatus, Zeroizing<Vec<u8>>), &'static str> {
    const LATE: &str = "did not end in time";
    let output = output.ok_or(LATE)?;
    let mut printed = None;
    loop {
        printed = printed.or_else(|| output.try_recv().ok());
        let status = child.try_wait().map_err(|_| LATE)?;
        match (status, printed.take()) {
            (Some(status), Some(bytes)) => return Ok((status, bytes)),
            (_, kept) => printed = kept,
        }
        if !wait.goes_on() {
            return Err(LATE);
        }
    }
}

/// The last line of what the command complained, without what it printed on its standard output.
fn last_line(complaints: &[u8], output: &[u8]) -> String {
    let text = Zeroizing::new(String::from_utf8_lossy(complaints).into_owned());
    let secret = Zeroizing::new(String::from_utf8_lossy(output).trim().to_owned());
    let line = text.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or_default();
    let line = if secret.is_empty() { line.to_owned() } else { line.replace(secret.as_str(), "********") };
    line.chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sh(script: &str, limit: Wait) -> Result<Secret, Problem> {
        run(&["sh".into(), "-c".into(), script.into()], limit)
    }

    #[test]
    fn it_prints_the_secret_and_gets_no_input() {
        assert_eq!(sh("cat; echo hunter2", Wait::begin()).unwrap().reveal(), "hunter2");
        assert_eq!(run(&["echo".into(), "$HOME".into()], Wait::begin()).unwrap().reveal(), "$HOME");
    }

    #[test]
    fn its_failures_say_why_without_the_secret() {
        let problem =
            sh("echo hunter2; echo first >&2; echo no hunter2 here >&2; exit 3", Wait::begin()).unwrap_err();
        assert_eq!(problem.kind, Kind::SecretCommandFailed);
        assert_eq!(problem.message, "the secret's command sh ended with status 3: no ******** here");
        assert!(
            run(&["/no/such/program".into()], Wait::begin())
                .unwrap_err()
                .message
                .contains("could not be started")
        );
        assert_eq!(
            sh("kill -9 $$", Wait::begin()).unwrap_err().message,
            "the secret's command sh was killed"
        );
        assert!(run(&[], Wait::begin()).is_err());
    }

    #[test]
    fn what_it_started_ends_with_it_when_its_time_is_over() {
        let folder = tempfile::tempdir().unwrap();
        let pids = folder.path().join("pids");
        // Its helper is there before the time is over, and would be for long.
        let script = format!("sleep 1000 & echo $! > {0}.part; mv {0}.part {0}; wait", pids.display());
        let group = std::fs::File::open("/dev/tty").is_err();
        let mut limit = Duration::from_millis(50);
        let pid = loop {
            sh(&script, Wait::at_most(limit)).unwrap_err();
            match std::fs::read_to_string(&pids) {
                Ok(pid) => break pid.trim().to_owned(),
                Err(_) => limit *= 2,
            }
        };
        let state = || std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        let mut wait = Wait::at_most(Duration::from_secs(30));
        // Whoever inherits it may not have taken notice of its end yet.
        while group && !state().is_empty() && !state().contains(") Z ") && wait.goes_on() {}
        assert!(!group || state().is_empty() || state().contains(") Z "), "{}", state());
    }

    #[test]
    fn it_is_held_to_time_and_size() {
        let soon = || Wait::at_most(Duration::from_millis(50));
        for script in ["exec sleep 100", "exec >&-; exec sleep 100", "sleep 100 & echo x; exec sleep 100"] {
            let problem = sh(script, soon()).unwrap_err();
            assert!(problem.message.ends_with("did not end in time"), "{script}: {}", problem.message);
        }
        assert_eq!(
            sh("head -c 100000 /dev/zero | tr '\\0' x", Wait::begin()).unwrap_err().kind,
            Kind::UnusableSecret
        );
    }
}
