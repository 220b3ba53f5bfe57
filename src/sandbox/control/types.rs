//! What goes over the control API, as both ends write it; unknown fields of a request are mistakes.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::sandbox::clock::ClockShown;
use crate::sandbox::phone::{Activity, Brand, Channel, Click, Message, Network, PhoneSpec, Tap};
use crate::sandbox::{app::App, phone};

/// An app without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct AppShown {
    pub(crate) app_id: String,
    pub(crate) app_key: String,
    pub(crate) package: String,
    /// False for one that was taken as it came.
    pub(crate) signature_checked: bool,
}

/// A phone to be made: one that fits the app, the channel and the click target, but for what else is given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPhone {
    pub(crate) app_id: String,
    /// Makes the channel exist.
    pub(crate) channel_id: Option<String>,
    /// Makes the app declare what a tap is to open; opening the app where not given.
    pub(crate) click: Option<Click>,
    pub(crate) name: Option<String>,
    pub(crate) package: Option<String>,
    pub(crate) brand: Option<Brand>,
    pub(crate) model: Option<String>,
    pub(crate) android: Option<u8>,
    pub(crate) alias: Option<String>,
    /// In place of the channel that would fit; `[]` for none.
    pub(crate) channels: Option<Vec<Channel>>,
    /// In place of the activities that would fit.
    pub(crate) activities: Option<Vec<Activity>>,
    #[serde(rename = "notifications_enabled")]
    pub(crate) notifications: Option<bool>,
    pub(crate) do_not_disturb: Option<bool>,
    pub(crate) network: Option<Network>,
    pub(crate) registered: Option<bool>,
}

impl NewPhone {
    /// The phone meant, for this app; `system_channels` says from which Android on the system makes channels itself.
    pub(super) fn of(self, app: &App, system_channels: Option<u32>) -> PhoneSpec {
        let mut app = app.clone();
        if let Some(package) = self.package {
            app.package = package;
        }
        let click = self.click.unwrap_or(phone::Click::OpenApp);
        let fitting = PhoneSpec::fitting(&app, self.channel_id.as_deref(), &click);
        let android = self.android.unwrap_or(fitting.android);
        PhoneSpec {
            name: self.name,
            brand: self.brand.unwrap_or(fitting.brand),
            model: self.model,
            android,
            system_channels: system_channels.is_some_and(|from| u32::from(android) >= from),
            alias: self.alias,
            channels: self.channels.unwrap_or(fitting.channels),
            activities: self.activities.unwrap_or(fitting.activities),
            notifications: self.notifications.unwrap_or(fitting.notifications),
            do_not_disturb: self.do_not_disturb.unwrap_or(fitting.do_not_disturb),
            network: self.network.unwrap_or(fitting.network),
            registered: self.registered.unwrap_or(fitting.registered),
            ..fitting
        }
    }
}

/// An IM app without its secret key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct ImAppShown {
    pub(crate) sdk_app_id: i64,
    pub(crate) admin: String,
    /// False for one that was taken as it came.
    pub(crate) signature_checked: bool,
}

/// How the app goes out of sight.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Background {
    #[serde(default)]
    pub(crate) do_background: bool,
}

/// How much time passes: for a phone's login, or for the whole sandbox.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PassingTime {
    /// Milliseconds.
    pub(crate) by_ms: i64,
}

/// Where the sandbox's clock is to be.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewTime {
    /// Milliseconds since 1970-01-01 UTC.
    pub(crate) now: i64,
}

/// What an app reports again.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReportAgain {
    pub(crate) certificate_id: Option<i64>,
}

/// Whether a user hears a sender.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mute {
    pub(crate) sdk_app_id: i64,
    pub(crate) user: String,
    pub(crate) from: String,
    pub(crate) muted: bool,
}

/// Where the IM server posts its callbacks; null is nowhere.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Webhook {
    pub(crate) url: Option<String>,
}

/// Which notification is meant; the newest where none is named.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TappedMessage {
    pub(crate) message_id: Option<String>,
}

/// What a reset takes.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Reset {
    /// The registered apps as well.
    #[serde(default)]
    pub(crate) apps: bool,
}

/// Which sandbox answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Info {
    pub(crate) version: String,
    pub(crate) pid: u32,
    /// The rules that apply, as text for people.
    pub(crate) rules: String,
    /// The same, each by its id.
    pub(crate) rule_values: BTreeMap<String, String>,
    /// How many phones there are.
    pub(crate) phones: u32,
    /// How many pushes of each stage there were that are not kept any more.
    #[serde(default)]
    pub(crate) forgotten: BTreeMap<String, i64>,
    pub(crate) clock: ClockShown,
    /// Whether apps, regIds and aliases that nobody made are taken as they come.
    #[serde(default)]
    pub(crate) accept_any: bool,
}

/// A message that was waited for, and where a tap on it lands. Nothing is tapped.
#[derive(Serialize, Deserialize, JsonSchema)]
pub(super) struct Waited {
    #[serde(flatten)]
    pub(super) message: Message,
    pub(super) tap: Tap,
}

/// A list.
#[derive(Serialize, Deserialize, JsonSchema)]
pub(super) struct Items<T> {
    pub(crate) items: Vec<T>,
}
