//! What goes over the control API, as both ends write it; unknown fields of a request are mistakes.
//! What a phone is made of belongs to `phone`.

use serde::{Deserialize, Serialize};

use crate::sandbox::phone::{Activity, Brand, Channel, Click, Network, New};
use crate::sandbox::{app::App, phone};

/// An app to be registered with the simulated OPPO. `Debug` leaves the secret out.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppEntry {
    pub app_id: String,
    pub app_key: String,
    pub master_secret: String,
    pub package: String,
}

impl std::fmt::Debug for AppEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AppEntry").field("app_id", &self.app_id).finish_non_exhaustive()
    }
}

/// An app without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppShown {
    pub app_id: String,
    pub app_key: String,
    pub package: String,
}

/// A phone to be made: one that fits the app, the channel and the click target, but for what else is given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewPhone {
    pub app_id: String,
    /// Makes the channel exist.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel_id: Option<String>,
    /// Makes the app declare what a tap is to open; opening the app where not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub click: Option<Click>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand: Option<Brand>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub android: Option<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
    /// In place of the channel that would fit; `[]` for none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channels: Option<Vec<Channel>>,
    /// In place of the activities that would fit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activities: Option<Vec<Activity>>,
    #[serde(default, rename = "notifications_enabled", skip_serializing_if = "Option::is_none")]
    pub notifications: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub do_not_disturb: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network: Option<Network>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registered: Option<bool>,
}

impl NewPhone {
    /// The phone meant, for this app.
    pub(super) fn of(self, app: &App) -> New {
        let mut app = app.clone();
        if let Some(package) = self.package {
            app.package = package;
        }
        let click = self.click.unwrap_or(phone::Click::OpenApp);
        let fitting = New::fitting(&app, self.channel_id.as_deref(), &click);
        New {
            name: self.name,
            brand: self.brand.unwrap_or(fitting.brand),
            model: self.model,
            android: self.android.unwrap_or(fitting.android),
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

/// An IM app to be registered with the simulated IM server. `Debug` leaves the secret key out.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImAppEntry {
    pub sdk_app_id: i64,
    /// The UserID that may call the REST API.
    pub admin: String,
    pub secret_key: String,
}

impl std::fmt::Debug for ImAppEntry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ImAppEntry").field("sdk_app_id", &self.sdk_app_id).finish_non_exhaustive()
    }
}

/// An IM app without its secret key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImAppShown {
    pub sdk_app_id: i64,
    pub admin: String,
}

/// How the app goes out of sight.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Background {
    #[serde(default)]
    pub do_background: bool,
}

/// How much time is to have passed.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Elapse {
    /// Milliseconds.
    pub by_ms: i64,
}

/// What an app reports again.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Report {
    #[serde(default)]
    pub certificate_id: Option<i64>,
}

/// Whether a user hears a sender.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mute {
    pub sdk_app_id: i64,
    pub user: String,
    pub from: String,
    pub muted: bool,
}

/// Which notification is meant; the newest where none is named.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Meant {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message_id: Option<String>,
}

/// What a reset takes.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Reset {
    /// The registered apps as well.
    #[serde(default)]
    pub apps: bool,
}

/// Who answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Info {
    pub version: String,
    pub pid: u32,
    /// The rules in force, as text for people.
    pub rules: String,
}

/// A list.
#[derive(Serialize, Deserialize)]
pub(super) struct Items<T> {
    pub items: Vec<T>,
}
