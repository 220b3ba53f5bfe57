//! What the table of presence holds: the state of one device's app, since when, when it was seen, and who said so.
//! What it means for a push belongs to `push`.

use schemars::JsonSchema;
use serde::Serialize;
use strum::{EnumMessage, EnumString, IntoStaticStr, VariantArray};

use super::super::source::FactSource;
use crate::clock::Timestamp;

/// The state of an app (IM reference, section 4.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema, EnumString, IntoStaticStr)]
#[cfg_attr(test, derive(VariantArray))]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum PresenceState {
    /// Logged in, as a token report implies; whether it is connected is not known.
    Unknown,
    /// Connected. An app that is merely hidden is so too.
    Online,
    /// Connected, and it called doBackground.
    Background,
    /// The connection is gone, the login is not.
    Killed,
    LoggedOut,
    /// The IM server said so, and not why: a logout, a kick, or seven days away.
    NotLoggedIn,
    Kicked,
}

/// What kind of terminal a device is, as the IM server tells them apart (IM reference, section 8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[derive(EnumMessage, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "lowercase")]
pub enum Platform {
    /// An Android phone.
    Android,
    /// An iPhone.
    IPhone,
    /// An iPad.
    IPad,
    /// The IM app of a PC.
    Pc,
    /// The IM app of a Mac.
    Mac,
    /// A browser.
    Web,
}

/// Who said what an app's state is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema, EnumString, IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum PresenceSource {
    /// A person, by `presence set`.
    Hand,
    /// The multi-device rule, at another device's login.
    Rule,
    /// A token report, which implies a login.
    Report,
    /// The IM server, asked for it.
    ImServer,
    /// The IM server's webhook, when it happened.
    Webhook,
}

/// The state of one device's app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presence {
    pub(crate) profile: String,
    pub(crate) user: String,
    pub(crate) device: String,
    pub(crate) platform: Platform,
    pub(crate) state: PresenceState,
    /// When this state began; none where it was only seen.
    pub(crate) since: Option<Timestamp>,
    /// When it was last said to be so.
    pub(crate) seen_at: Timestamp,
    pub last_login_at: Option<Timestamp>,
    /// When the connection last ended.
    pub(crate) disconnected_at: Option<Timestamp>,
    pub(crate) source: PresenceSource,
    /// What brought it about, in a few words, where there is more to say.
    pub(crate) reason: Option<String>,
}

impl From<PresenceSource> for FactSource {
    fn from(source: PresenceSource) -> FactSource {
        match source {
            PresenceSource::Hand => FactSource::ByHand,
            PresenceSource::Rule | PresenceSource::Report => FactSource::Derived,
            PresenceSource::ImServer => FactSource::ImServer,
            PresenceSource::Webhook => FactSource::Webhook,
        }
    }
}

impl Presence {
    /// Since when, or when it was seen, and who said so.
    pub(crate) fn facts(&self) -> String {
        let by = FactSource::from(self.source).words();
        match self.since {
            Some(since) => format!("since {since:.0}, {by}"),
            None => format!("{by} at {:.0}", self.seen_at),
        }
    }
}

/// What is said of a device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NewPresence {
    pub(crate) device: String,
    /// If it is not given, what was known before, else Android.
    pub(crate) platform: Option<Platform>,
    pub(crate) state: PresenceState,
    pub(crate) source: PresenceSource,
    pub(crate) reason: Option<String>,
}
