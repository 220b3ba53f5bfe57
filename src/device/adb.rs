//! The adb of this machine: where it is, and one run of it.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::attached::{self, Attached};
use super::error::DeviceError;
use super::process::{self, Ended, LARGEST, Unended};

/// What adb and the server that it may start get of our environment. The server lives on, so no secret may be in it.
const HANDED_ON: [&str; 14] = [
    "HOME",
    "PATH",
    "TMPDIR",
    "USER",
    "LOGNAME",
    "LANG",
    "ANDROID_HOME",
    "ANDROID_SDK_ROOT",
    "ANDROID_SDK_HOME",
    "ANDROID_USER_HOME",
    "ANDROID_ADB_SERVER_PORT",
    "ANDROID_ADB_SERVER_ADDRESS",
    "ADB_VENDOR_KEYS",
    "ADB_SERVER_SOCKET",
];

/// Where an SDK lies that no variable names.
const USUAL: [&str; 2] = ["Android/Sdk", "Library/Android/sdk"];

#[derive(Clone, Debug)]
pub(crate) struct Adb {
    program: PathBuf,
    variables: Vec<(&'static str, OsString)>,
    /// `ANDROID_SERIAL`.
    serial: Option<String>,
    /// The longest that one run may take.
    pub(super) limit: Duration,
}

impl Adb {
    /// Looks for it on the PATH, then in the SDK's folder. `variable` gives a variable of the environment.
    pub(crate) fn find(
        variable: impl Fn(&str) -> Option<OsString>,
        limit: Duration,
    ) -> Result<Adb, DeviceError> {
        let path = variable("PATH").unwrap_or_default();
        let home = variable("HOME").map(PathBuf::from);
        let named = ["ANDROID_HOME", "ANDROID_SDK_ROOT"].into_iter().filter_map(&variable).map(PathBuf::from);
        let usual = home.iter().flat_map(|home| USUAL.map(|folder| home.join(folder)));
        let sdk: Vec<PathBuf> = named.chain(usual).map(|folder| folder.join("platform-tools")).collect();
        let folders = std::env::split_paths(&path).filter(|folder| folder.is_absolute()).chain(sdk.clone());
        let program = folders.map(|folder| folder.join("adb")).find(|program| program.is_file());
        let program = program.ok_or(DeviceError::NoAdb(sdk))?;
        let variables = HANDED_ON.into_iter().filter_map(|name| Some((name, variable(name)?))).collect();
        let serial = variable("ANDROID_SERIAL").and_then(|serial| serial.into_string().ok());
        Ok(Adb { program, variables, serial: serial.filter(|serial| !serial.is_empty()), limit })
    }

    /// The phones that adb sees, whatever their state.
    pub(crate) fn attached(&self) -> Result<Vec<Attached>, DeviceError> {
        let ended = self.run("devices", &["devices", "-l"])?;
        if !ended.status.success() {
            return Err(self.failed("devices", &ended));
        }
        Ok(attached::read(&String::from_utf8_lossy(&ended.stdout)))
    }

    /// The phone to use: the one named, or the one of `ANDROID_SERIAL`, or the only one that can be used.
    pub(crate) fn choose(&self, asked: Option<&str>) -> Result<Attached, DeviceError> {
        attached::choose(self.attached()?, asked.or(self.serial.as_deref()))
    }

    /// One run. `what` names it in an error.
    pub(super) fn run(&self, what: &str, arguments: &[&str]) -> Result<Ended, DeviceError> {
        let mut command = self.command(arguments);
        process::run(&mut command, self.limit).map_err(|why| match why {
            Unended::NotStarted(error) => {
                DeviceError::NotStarted { program: self.program.clone(), why: error.to_string() }
            }
            Unended::Late => DeviceError::Late { what: what.to_owned(), limit: self.limit },
            Unended::TooMuch => DeviceError::TooMuch { what: what.to_owned(), mib: LARGEST / 1024 / 1024 },
            Unended::Stopped => DeviceError::Stopped,
        })
    }

    pub(super) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(arguments).stdin(Stdio::null()).env_clear();
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    /// What adb complained of.
    pub(super) fn failed(&self, what: &str, ended: &Ended) -> DeviceError {
        let text = String::from_utf8_lossy(&ended.stderr).into_owned();
        let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('*'));
        let said = lines.next_back().map_or_else(
            || ended.status.code().map_or("it was killed".to_owned(), |code| format!("status {code}")),
            |line| line.trim_start_matches("error: ").trim_start_matches("adb: ").to_owned(),
        );
        DeviceError::Adb { what: what.to_owned(), said }
    }
}
