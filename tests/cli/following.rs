//! A command that prints what happens until it is interrupted: its lines and events are read as they come.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStderr, ChildStdout};

use serde_json::Value;

use super::harness::Home;
use super::processes::{ended, signal, start};
use super::schemas::assert_fits;

/// The command as a process of its own; killed when dropped.
pub struct Follower {
    pub child: Child,
    pub stdout: BufReader<ChildStdout>,
    stderr: BufReader<ChildStderr>,
    /// The schema of one event.
    event: Vec<String>,
}

impl Follower {
    /// `event` names the schema of what it prints with `--json` as things happen.
    pub fn start(home: &Home, args: &[&str], event: &[&str]) -> Follower {
        let mut child = start(home, args);
        let stdout = BufReader::new(child.stdout.take().unwrap());
        let stderr = BufReader::new(child.stderr.take().unwrap());
        Follower { child, stdout, stderr, event: event.iter().map(|word| word.to_string()).collect() }
    }

    pub fn line(&mut self) -> String {
        read_line(&mut self.stdout)
    }

    pub fn note(&mut self) -> String {
        read_line(&mut self.stderr)
    }

    pub fn event(&mut self) -> Value {
        let line = self.note();
        let event = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"));
        assert_fits(&self.event, &event);
        event
    }

    /// Exit code and the rest of stdout and stderr after Ctrl-C.
    pub fn interrupt(mut self) -> (Option<i32>, String, String) {
        signal(&self.child, "INT");
        let code = ended(&mut self.child).code();
        let (mut stdout, mut stderr) = (String::new(), String::new());
        self.stdout.read_to_string(&mut stdout).unwrap();
        self.stderr.read_to_string(&mut stderr).unwrap();
        (code, stdout, stderr)
    }
}

fn read_line(from: &mut impl BufRead) -> String {
    let mut line = String::new();
    from.read_line(&mut line).unwrap();
    line.trim_end().to_owned()
}

impl Drop for Follower {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
