//! What the offline-push rule looks at: the message, one device with its presence and report, certificates, the time.
//! `rule` holds what the rule makes of it.

use std::time::Duration;

use schemars::JsonSchema;
use serde::Serialize;

use crate::clock::Timestamp;
use crate::config::{Certificate, Profile};
use crate::store::devices::Device;
use crate::store::presence::{Presence, PresenceState};
use crate::store::reports::Report;

/// A login ends this long after the connection did (IM reference, section 4.2: seven days).
pub(crate) const EXPIRES_AFTER: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// What the rule needs to know of a certificate of the profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownCertificate {
    pub id: i64,
    /// When the IM console saved it; one without a time counts as long saved.
    pub saved_at: Option<Timestamp>,
}

/// What the rule needs to know of each certificate of a profile.
pub(crate) fn known_certificates(profile: &Profile) -> Vec<KnownCertificate> {
    let known = |certificate: &Certificate| KnownCertificate {
        id: certificate.id.get(),
        saved_at: certificate.saved_at.as_ref().map(|at| at.value),
    };
    profile.certificates.iter().map(known).collect()
}

/// What the rule needs to know of a message. The default is one that wants a push and has something to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Message {
    /// PushFlag 1, OnlineOnlyFlag 1 or MsgLifeTime 0.
    pub(crate) wants_no_push: bool,
    /// A single custom element without Desc.
    pub(crate) shows_nothing: bool,
}

/// Everything that one decision depends on.
#[derive(Clone, Copy, Debug)]
pub struct Situation<'a> {
    pub(crate) profile: &'a str,
    pub(crate) user: &'a str,
    /// `None` for a user of whom nothing is known.
    pub(crate) device: Option<&'a Device>,
    /// Only a report of this certificate counts.
    pub(crate) certificate: Option<i64>,
    pub(crate) certificates: &'a [KnownCertificate],
    pub(crate) message: Message,
    /// The receiver muted the conversation. Only the IM server knows.
    pub(crate) muted: bool,
    pub now: Timestamp,
    /// Ignores the steps that are about timing or presence only.
    pub(crate) force: bool,
}

/// Where the app is now, the seven days counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[derive(strum::Display, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum AppState {
    /// Logged in as far as a report tells, or nothing is known at all.
    Unknown,
    /// The app runs in the foreground: its messages need no push.
    Online,
    /// The app called doBackground: it is pushed to.
    Background,
    /// The app is gone and its user still logged in: it is pushed to for seven days.
    Killed,
    /// The user logged out: nothing is pushed.
    LoggedOut,
    /// The IM server said so, and not why.
    NotLoggedIn,
    /// Another login ended this one: nothing is pushed.
    Kicked,
    /// The app was away for seven days, which ends the login: nothing is pushed.
    #[serde(rename = "expired-7-days")]
    #[strum(serialize = "expired-7-days")]
    Expired,
}

impl AppState {
    /// Where a device's app is at `now`.
    pub(crate) fn of(presence: Option<&Presence>, now: Timestamp) -> AppState {
        let Some(presence) = presence else { return AppState::Unknown };
        match presence.state {
            PresenceState::Unknown => AppState::Unknown,
            PresenceState::Online => AppState::Online,
            PresenceState::Background => AppState::Background,
            PresenceState::LoggedOut => AppState::LoggedOut,
            PresenceState::NotLoggedIn => AppState::NotLoggedIn,
            PresenceState::Kicked => AppState::Kicked,
            PresenceState::Killed if expires_at(presence).is_some_and(|at| at <= now) => AppState::Expired,
            PresenceState::Killed => AppState::Killed,
        }
    }

    /// The word in results.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// What the IM server's REST API calls it (IM reference, section 1).
    pub fn rest(self) -> Option<&'static str> {
        match self {
            AppState::Online | AppState::Background => Some("Online"),
            AppState::Killed => Some("PushOnline"),
            state if !state.is_logged_in() => Some("Offline"),
            _ => None,
        }
    }

    /// What the client SDK calls it: its OFFLINE is REST's PushOnline.
    pub fn sdk(self) -> Option<&'static str> {
        match self {
            AppState::Online | AppState::Background => Some("ONLINE"),
            AppState::Killed => Some("OFFLINE"),
            state if !state.is_logged_in() => Some("UNLOGINED"),
            _ => None,
        }
    }

    /// Whether the user is still logged in.
    pub fn is_logged_in(self) -> bool {
        use AppState::{Expired, Kicked, LoggedOut, NotLoggedIn};
        !matches!(self, LoggedOut | NotLoggedIn | Kicked | Expired)
    }

    /// Both words, which mean different things by "offline".
    pub(crate) fn both_words(self) -> String {
        match (self.rest(), self.sdk()) {
            (Some(rest), Some(sdk)) => format!("REST: {rest}, SDK: {sdk}"),
            _ => "REST and SDK: not known".to_owned(),
        }
    }
}

/// When a killed app's login ends at the latest: of a connection that was only seen to be gone, the end is not known.
pub(crate) fn expires_at(presence: &Presence) -> Option<Timestamp> {
    presence.disconnected_at.unwrap_or(presence.seen_at).checked_add(EXPIRES_AFTER).ok()
}

impl<'a> Situation<'a> {
    pub fn presence(&self) -> Option<&'a Presence> {
        self.device.and_then(|device| device.presence.as_ref())
    }

    /// The report that counts.
    pub(super) fn report(&self) -> Option<&'a Report> {
        let report = self.device.and_then(|device| device.report.as_ref());
        report.filter(|report| self.certificate.is_none_or(|id| id == report.certificate_id))
    }

    pub fn app_state(&self) -> AppState {
        AppState::of(self.presence(), self.now)
    }

    /// The ground of a push that nothing prevents.
    pub(super) fn why_push(&self) -> String {
        let words = self.app_state().both_words();
        match (self.app_state(), self.presence()) {
            (AppState::Killed, Some(presence)) => {
                format!("the app is killed, {}; it is not logged out ({words})", presence.facts())
            }
            (AppState::Background, Some(presence)) => {
                format!("the app called doBackground, {} ({words})", presence.facts())
            }
            _ => "a token was reported, and the app's state is unknown: none was recorded".to_owned(),
        }
    }
}
