//! What keeps a phone from being asked: no adb, no phone, one that may not be used, one that does not answer.

use std::path::PathBuf;
use std::time::Duration;

use super::state::AttachedState;
use crate::failure::{Explain, Kind, Problem, Remedy};

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum DeviceError {
    #[error("adb was not found: it is neither on the PATH nor in {}", looked_in(.0))]
    NoAdb(Vec<PathBuf>),
    #[error("{} could not be started: {why}", .program.display())]
    NotStarted { program: PathBuf, why: String },
    #[error("adb sees no phone")]
    NoPhone,
    #[error("adb sees no phone {wanted}; it sees {}", if .seen.is_empty() { "none".to_owned() } else { .seen.join(", ") })]
    NotThere { wanted: String, seen: Vec<String> },
    #[error("adb sees several phones: {}", .0.join(", "))]
    Several(Vec<String>),
    #[error("the phone {serial} {}", .state.because())]
    NotReady { serial: String, state: AttachedState },
    #[error("{what} did not answer within {} s", .limit.as_secs_f64())]
    Late { what: String, limit: Duration },
    #[error("{what} answered with more than {mib} MiB")]
    TooMuch { what: String, mib: usize },
    /// adb itself, or the way to the phone.
    #[error("adb failed at {what}: {said}")]
    Adb { what: String, said: String },
    /// A text that no command line can hold.
    #[error("{0} has a NUL character, which no command line can hold")]
    Nul(String),
    /// The process is to end.
    #[error("it was interrupted")]
    Stopped,
}

fn looked_in(folders: &[PathBuf]) -> String {
    let names: Vec<String> = folders.iter().map(|folder| folder.display().to_string()).collect();
    names.join(", ")
}

impl Explain for DeviceError {
    fn explain(self) -> Problem {
        let message = self.to_string();
        let (kind, hint): (Kind, Remedy) = match &self {
            DeviceError::NoAdb(_) | DeviceError::NotStarted { .. } => (
                Kind::NoAdb,
                "install Android's platform tools (Debian: apt install adb; macOS: brew install android-platform-tools), or set ANDROID_HOME to the SDK's folder".into(),
            ),
            DeviceError::NoPhone => (
                Kind::NoDevice,
                "connect the phone, switch on USB debugging in its developer options, and see that adb devices lists it".into(),
            ),
            DeviceError::NotThere { .. } => {
                (Kind::NoDevice, "name one that adb devices lists: --serial SERIAL".into())
            }
            DeviceError::Several(_) => (Kind::MissingFlag, "name one of them: --serial SERIAL".into()),
            DeviceError::NotReady { state, .. } => (Kind::DeviceNotReady, state.remedy().into()),
            DeviceError::Late { .. } | DeviceError::Stopped => (
                Kind::Timeout,
                "see that the phone is awake and that adb shell answers, or give it longer with --timeout".into(),
            ),
            DeviceError::TooMuch { .. } => {
                (Kind::AdbFailed, "no phone's answer is this long; see what adb shell prints for it".into())
            }
            DeviceError::Adb { .. } => {
                (Kind::AdbFailed, "see that adb shell works by hand; adb kill-server starts it afresh".into())
            }
            DeviceError::Nul(_) => (Kind::ControlCharacter, "remove it".into()),
        };
        let place = match &self {
            DeviceError::Several(_) | DeviceError::NotThere { .. } => "--serial",
            _ => "",
        };
        Problem::new(kind, message, hint).at(place)
    }
}
