//! What the offline-push rule looks at: the message, one device with its presence and report, certificates, the time.
//! What the rule makes of it stands in `rule`.

use std::time::Duration;

use super::mutation;
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
pub(crate) struct Situation<'a> {
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
    pub(crate) now: Timestamp,
    /// Goes past what is about timing or presence only.
    pub(crate) force: bool,
}

/// Where the app stands now, the seven days counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Logged in as far as a report tells, or nothing is known at all.
    Unknown,
    Online,
    Background,
    Killed,
    LoggedOut,
    Kicked,
    Expired,
}

impl Standing {
    /// Where a device stands at `now`.
    pub(crate) fn of(presence: Option<&Presence>, now: Timestamp) -> Standing {
        let Some(presence) = presence else { return Standing::Unknown };
        match presence.state {
            PresenceState::Unknown => Standing::Unknown,
            PresenceState::Online => Standing::Online,
            PresenceState::Background => Standing::Background,
            PresenceState::LoggedOut => Standing::LoggedOut,
            PresenceState::Kicked => Standing::Kicked,
            PresenceState::Killed if expires_at(presence).is_some_and(|at| at <= now) => Standing::Expired,
            PresenceState::Killed => Standing::Killed,
        }
    }

    /// The word in results.
    pub fn as_str(self) -> &'static str {
        match self {
            Standing::Unknown => "unknown",
            Standing::Online => "online",
            Standing::Background => "background",
            Standing::Killed => "killed",
            Standing::LoggedOut => "logged-out",
            Standing::Kicked => "kicked",
            Standing::Expired => "expired-7-days",
        }
    }

    /// What the IM server's REST API calls it (IM reference, section 1).
    pub fn rest(self) -> Option<&'static str> {
        match self {
            Standing::Unknown => None,
            Standing::Online | Standing::Background => Some("Online"),
            Standing::Killed => Some("PushOnline"),
            Standing::LoggedOut | Standing::Kicked | Standing::Expired => Some("Offline"),
        }
    }

    /// What the client SDK calls it: its OFFLINE is REST's PushOnline.
    pub fn sdk(self) -> Option<&'static str> {
        match self {
            Standing::Unknown => None,
            Standing::Online | Standing::Background => Some("ONLINE"),
            Standing::Killed => Some("OFFLINE"),
            Standing::LoggedOut | Standing::Kicked | Standing::Expired => Some("UNLOGINED"),
        }
    }

    /// Whether a login is in force.
    pub fn is_logged_in(self) -> bool {
        !matches!(self, Standing::LoggedOut | Standing::Kicked | Standing::Expired)
    }

    /// Both words, which mean different things by "offline".
    pub(crate) fn both_words(self) -> String {
        match (self.rest(), self.sdk()) {
            (Some(rest), Some(sdk)) => format!("REST: {rest}, SDK: {sdk}"),
            _ => "REST and SDK: not known".to_owned(),
        }
    }
}

/// When a killed app's login ends.
pub(crate) fn expires_at(presence: &Presence) -> Option<Timestamp> {
    let from = if mutation::is(mutation::DAYS_FROM_LOGIN) {
        presence.last_login_at
    } else {
        presence.disconnected_at
    };
    from.and_then(|from| from.checked_add(EXPIRES_AFTER).ok())
}

impl<'a> Situation<'a> {
    pub(super) fn presence(&self) -> Option<&'a Presence> {
        self.device.and_then(|device| device.presence.as_ref())
    }

    /// The report that counts.
    pub(super) fn report(&self) -> Option<&'a Report> {
        let report = self.device.and_then(|device| device.report.as_ref());
        report.filter(|report| self.certificate.is_none_or(|id| id == report.certificate_id))
    }

    pub(crate) fn standing(&self) -> Standing {
        Standing::of(self.presence(), self.now)
    }

    /// The ground of a push that nothing stands against.
    pub(super) fn why_push(&self) -> String {
        let words = self.standing().both_words();
        let since = |presence: &Presence| format!("{:.0}", presence.since);
        match (self.standing(), self.presence()) {
            (Standing::Killed, Some(presence)) => {
                format!("the app is killed since {} and not logged out ({words})", since(presence))
            }
            (Standing::Background, Some(presence)) => {
                format!("the app called doBackground at {} ({words})", since(presence))
            }
            _ => "a token was reported, and nobody said where the app stands".to_owned(),
        }
    }
}
