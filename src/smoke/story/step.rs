//! What a story is made of: each step is one thing that happens, or that is to be seen.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::clock::Timestamp;
use crate::sandbox::faults::NewFault;
use crate::sandbox::phone::{Brand, Channel, Network, Stage};

/// A story as it was read.
#[derive(Debug)]
pub(crate) struct Story {
    pub(crate) title: String,
    pub(super) steps: Vec<(usize, Step)>,
}

/// One step; in a file a table with its name as the only key.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Step {
    Phone(PhoneStep),
    Login(LoginStep),
    Logout(OnPhone),
    Open(OnPhone),
    Background(OnPhone),
    Kill(OnPhone),
    Register(OnPhone),
    Change(ChangeStep),
    Push(PushStep),
    Message(MessageStep),
    Fault(NewFault),
    ClearFaults(Nothing),
    Clock(ClockStep),
    Expect(ExpectStep),
    Tap(TapStep),
    Dismiss(OnPhone),
    Reset(Nothing),
}

/// The names of the steps, as a file writes them.
pub(super) const NAMES: &[&str] = &[
    "phone",
    "login",
    "logout",
    "open",
    "background",
    "kill",
    "register",
    "change",
    "push",
    "message",
    "fault",
    "clear-faults",
    "clock",
    "expect",
    "tap",
    "dismiss",
    "reset",
];

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Nothing {}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OnPhone {
    pub(super) phone: String,
}

/// A phone on which pushes of the profile work, but for what is given.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PhoneStep {
    pub(super) name: String,
    pub(super) alias: Option<String>,
    pub(super) brand: Option<Brand>,
    /// In place of the channel that fits; none at all where it is empty.
    pub(super) channels: Option<Vec<Channel>>,
    pub(super) network: Option<Network>,
    pub(super) notifications: Option<bool>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LoginStep {
    pub(super) phone: String,
    pub(super) user: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangeStep {
    pub(super) phone: String,
    pub(super) network: Option<Network>,
    pub(super) notifications: Option<bool>,
    pub(super) do_not_disturb: Option<bool>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PushStep {
    pub(super) phone: String,
    pub(super) title: String,
    pub(super) content: String,
    #[serde(default)]
    pub(super) extras: Map<String, Value>,
    /// More fields by OPPO's names.
    #[serde(default)]
    pub(super) notification: Map<String, Value>,
    /// Whether OPPO is to refuse it.
    #[serde(default)]
    pub(super) refused: bool,
}

/// A message through the IM server, which decides whether it is pushed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MessageStep {
    pub(super) to: String,
    /// Who sends it; the administrator where not given.
    pub(super) from: Option<String>,
    pub(super) text: String,
    /// The title of its push.
    pub(super) title: Option<String>,
    #[serde(default)]
    pub(super) extras: Map<String, Value>,
    /// Why it is not to be pushed.
    pub(super) reason: Option<String>,
}

/// One of the three.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ClockStep {
    pub(super) set: Option<Timestamp>,
    #[serde(default, deserialize_with = "duration")]
    pub(super) advance: Option<Duration>,
    pub(super) follow: Option<bool>,
}

/// The newest message that fits, as soon as there is one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExpectStep {
    pub(super) phone: Option<String>,
    pub(super) title: Option<String>,
    pub(super) text: Option<String>,
    #[serde(default)]
    pub(super) extras: Map<String, Value>,
    pub(super) stage: Option<Stage>,
    pub(super) reason: Option<String>,
    /// How long it may take; 2 s where not given.
    #[serde(default, deserialize_with = "duration")]
    pub(super) within: Option<Duration>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TapStep {
    pub(super) phone: String,
    /// The Activity or URL that opens.
    pub(super) opens: Option<String>,
    /// Each is among the extras.
    #[serde(default)]
    pub(super) extras: Map<String, Value>,
    /// Why nothing opens.
    pub(super) reason: Option<String>,
}

fn duration<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Duration>, D::Error> {
    let text = String::deserialize(from)?;
    crate::clock::duration(&text).map(Some).map_err(serde::de::Error::custom)
}

impl Step {
    /// In words, for the list of what was played.
    pub(super) fn does(&self) -> String {
        match self {
            Step::Phone(step) => format!("phone {}", step.name),
            Step::Login(step) => format!("{} logs in on {}", step.user, step.phone),
            Step::Logout(step) => format!("the user of {} logs out", step.phone),
            Step::Open(step) => format!("the app is opened on {}", step.phone),
            Step::Background(step) => format!("the app is hidden on {}", step.phone),
            Step::Kill(step) => format!("the app is killed on {}", step.phone),
            Step::Register(step) => format!("the app is installed again on {}", step.phone),
            Step::Change(step) => format!("{} changes", step.phone),
            Step::Push(step) => format!("push {:?} to {}", step.title, step.phone),
            Step::Message(step) => format!("message to {}", step.to),
            Step::Fault(fault) => format!("fault {}", fault.fault),
            Step::ClearFaults(_) => "faults are cleared".to_owned(),
            Step::Clock(_) => "the clock is moved".to_owned(),
            Step::Expect(step) => {
                let named = step.title.as_ref().or(step.text.as_ref()).or(step.phone.as_ref());
                format!("expect {}", named.map_or("a message", String::as_str))
            }
            Step::Tap(step) => format!("tap on {}", step.phone),
            Step::Dismiss(step) => format!("swipe on {}", step.phone),
            Step::Reset(_) => "reset".to_owned(),
        }
    }
}
