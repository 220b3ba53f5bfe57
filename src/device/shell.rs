//! One phone, and what its shell answers.

use std::process::Child;
use std::process::Stdio;

use super::adb::Adb;
use super::error::DeviceError;
use super::quote;

/// The shell of one phone.
#[derive(Clone, Debug)]
pub(crate) struct Shell {
    adb: Adb,
    serial: String,
}

/// What a command on the phone printed, and its exit code. Phones with Android 6 and older give no code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) text: String,
    pub(super) complaint: String,
    pub(super) code: i32,
}

impl Shell {
    pub(crate) fn new(adb: Adb, serial: String) -> Shell {
        Shell { adb, serial }
    }

    pub(crate) fn serial(&self) -> &str {
        &self.serial
    }

    /// Runs a command on the phone; that it fails there is an answer too.
    pub(super) fn run(&self, words: &[&str]) -> Result<Said, DeviceError> {
        let line = quote::line(words)?;
        let what = words.iter().take(2).copied().collect::<Vec<_>>().join(" ");
        let ended = self.adb.run(&what, &["-s", &self.serial, "shell", &line])?;
        let complaint = String::from_utf8_lossy(&ended.stderr).into_owned();
        // adb's own failures have no output of the phone before them.
        let of_adb = complaint.lines().any(|line| line.starts_with("error: ") || line.starts_with("adb: "));
        match ended.status.code() {
            Some(code) if !(of_adb && ended.stdout.is_empty() && code != 0) => Ok(Said {
                text: String::from_utf8_lossy(&ended.stdout).replace("\r\n", "\n"),
                complaint,
                code,
            }),
            _ => Err(self.adb.failed(&what, &ended)),
        }
    }

    /// What it printed, where it did not fail; `None` where the phone has no such command or refuses it.
    pub(super) fn ask(&self, words: &[&str]) -> Result<Option<String>, DeviceError> {
        let said = self.run(words)?;
        Ok((said.code == 0).then_some(said.text))
    }

    /// Starts a command that prints until it is killed.
    pub(super) fn follow(&self, words: &[&str]) -> Result<Child, DeviceError> {
        let line = quote::line(words)?;
        let mut command = self.adb.command(&["-s", &self.serial, "shell", &line]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let failed =
            |error: std::io::Error| DeviceError::Adb { what: "shell".into(), said: error.to_string() };
        command.spawn().map_err(failed)
    }
}
