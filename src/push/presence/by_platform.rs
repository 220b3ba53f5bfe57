//! What a server says of a user without naming the devices: matched to them by platform, and kept.
//! Asking the server belongs to `im`; what a state means for a push, to `decision`.

use super::set::platform;
use crate::clock::Timestamp;
use crate::failure::Failure;
use crate::im::{State, Terminal};
use crate::push::DEFAULT_DEVICE;
use crate::push::decision::AppState;
use crate::store::Store;
use crate::store::devices::{self, Device};
use crate::store::presence::{NewPresence, Platform, Presence, PresenceSource, PresenceState};

/// A server's answer about one user. `None` is an unknown word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ServerPresence {
    /// Of the user as a whole; counts where no terminal is named.
    pub(crate) user: Option<PresenceState>,
    /// Of each kind of terminal that is logged in. A kind that is not named is not logged in.
    pub(crate) terminals: Vec<(Platform, Option<PresenceState>)>,
}

/// What became of the answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct KeptPresence {
    /// The devices with the state that the server says.
    pub(crate) follow: Vec<String>,
    /// The devices with a state set by hand, or that follows from one; that outranks the server.
    pub(crate) by_hand: Vec<String>,
}

/// What an answer means for one device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DeviceMeaning {
    /// It says nothing of it.
    Nothing,
    /// Its state was set by hand, or follows from that, which outranks the server.
    ByHand,
    /// To be recorded in this order; none where what is known agrees and says it more closely.
    Follows(&'static [PresenceState]),
}

/// Keeps the answer for each of the user's devices but those set by hand. It is not a login, and kicks no device.
pub(crate) fn keep(
    store: &Store,
    profile: &str,
    user: &str,
    answer: &ServerPresence,
) -> Result<KeptPresence, Failure> {
    let mut kept = KeptPresence::default();
    let now = store.now();
    devices::change(store, profile, user, now, |known| {
        let unnamed =
            Device { user: user.to_owned(), name: DEFAULT_DEVICE.into(), presence: None, report: None };
        let devices = if known.is_empty() { std::slice::from_ref(&unnamed) } else { known };
        let mut changes = Vec::new();
        for device in devices {
            match answer.means(device, known.is_empty(), now) {
                DeviceMeaning::Nothing => {}
                DeviceMeaning::ByHand => kept.by_hand.push(device.name.clone()),
                DeviceMeaning::Follows(states) => {
                    kept.follow.push(device.name.clone());
                    changes.extend(states.iter().map(|state| NewPresence {
                        device: device.name.clone(),
                        platform: None,
                        state: *state,
                        source: PresenceSource::ImServer,
                        reason: None,
                    }));
                }
            }
        }
        changes
    })?;
    Ok(kept)
}

impl ServerPresence {
    /// An answer of the IM server's. It does not say why somebody is Offline; logged out is the plainest reason.
    pub(crate) fn read(user: &State, terminals: &[Terminal]) -> ServerPresence {
        let meaning = |state: &State| match state {
            State::Online => Some(PresenceState::Online),
            State::PushOnline => Some(PresenceState::Killed),
            State::Offline => Some(PresenceState::LoggedOut),
            State::Other(_) => None,
        };
        let named = terminals.iter().filter_map(|terminal| {
            let platform = terminal.platform.to_ascii_lowercase().parse().ok()?;
            Some((platform, meaning(&terminal.state)))
        });
        ServerPresence { user: meaning(user), terminals: named.collect() }
    }

    /// What follows from it for a device; `unknown` is one that is not known here.
    pub(crate) fn means(&self, device: &Device, unknown: bool, now: Timestamp) -> DeviceMeaning {
        let Some(state) = self.of(device, unknown) else { return DeviceMeaning::Nothing };
        let before = device.presence.as_ref();
        if before.is_some_and(|before| matches!(before.source, PresenceSource::Hand | PresenceSource::Rule)) {
            return DeviceMeaning::ByHand;
        }
        DeviceMeaning::Follows(states(before, AppState::of(before, now), state))
    }

    /// What it says of a device. Of one that is not known here only what is said of its kind.
    fn of(&self, device: &Device, unknown: bool) -> Option<PresenceState> {
        if self.terminals.is_empty() {
            return self.user;
        }
        let mut named = self.terminals.iter().filter(|(kind, _)| *kind == platform(device));
        match named.next() {
            // Several of one kind: which is which is unknown, so the connected one counts.
            Some(first) => named.fold(first, |one, other| if connected(other) { other } else { one }).1,
            None if unknown => None,
            None => Some(PresenceState::LoggedOut),
        }
    }
}

fn connected(terminal: &(Platform, Option<PresenceState>)) -> bool {
    terminal.1 == Some(PresenceState::Online)
}

/// What is to be recorded, in its order. The server does not say why a login ended: where that is known, it stays.
fn states(before: Option<&Presence>, now: AppState, said: PresenceState) -> &'static [PresenceState] {
    use PresenceState::{Killed, LoggedOut, Online, Unknown};
    match said {
        LoggedOut if before.is_some() && !now.is_logged_in() => &[],
        LoggedOut => &[LoggedOut],
        // Seven days were counted here, and it is logged in all the same: it was opened in between.
        Killed if now == AppState::Expired => &[Unknown, Killed],
        Killed => &[Killed],
        Online if now == AppState::Background => &[],
        Online => &[Online],
        _ => &[],
    }
}

#[cfg(test)]
mod tests;
