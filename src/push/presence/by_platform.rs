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
    /// The devices of which a person said something else. The server's answer counts.
    pub(crate) overruled: Vec<Overruled>,
}

/// What a person said of a device, or what followed from that, where the server says something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Overruled {
    pub(crate) device: String,
    pub(crate) told: AppState,
}

/// Keeps the answer for each of the user's devices. It is not a login, and kicks no device.
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
            let Some(states) = answer.means(device, known.is_empty(), now) else { continue };
            kept.follow.push(device.name.clone());
            kept.overruled.extend(overruled(device, states, now));
            changes.extend(states.iter().map(|state| NewPresence {
                device: device.name.clone(),
                platform: None,
                state: *state,
                source: PresenceSource::ImServer,
                reason: None,
            }));
        }
        changes
    })?;
    Ok(kept)
}

impl ServerPresence {
    /// An answer of the IM server's.
    pub(crate) fn read(user: &State, terminals: &[Terminal]) -> ServerPresence {
        let meaning = |state: &State| match state {
            State::Online => Some(PresenceState::Online),
            State::PushOnline => Some(PresenceState::Killed),
            State::Offline => Some(PresenceState::NotLoggedIn),
            State::Other(_) => None,
        };
        let named = terminals.iter().filter_map(|terminal| {
            let platform = terminal.platform.to_ascii_lowercase().parse().ok()?;
            Some((platform, meaning(&terminal.state)))
        });
        ServerPresence { user: meaning(user), terminals: named.collect() }
    }

    /// The states to record for a device in their order; empty where what is known agrees and says it more closely, none
    /// where it says nothing of the device. `unknown` is one that is not known here.
    pub(crate) fn means(
        &self,
        device: &Device,
        unknown: bool,
        now: Timestamp,
    ) -> Option<&'static [PresenceState]> {
        let before = device.presence.as_ref();
        Some(states(before, AppState::of(before, now), self.of(device, unknown)?))
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
            None => Some(PresenceState::NotLoggedIn),
        }
    }
}

/// What a person said of the device, where these states contradict it.
pub(crate) fn overruled(device: &Device, states: &[PresenceState], now: Timestamp) -> Option<Overruled> {
    let before = device.presence.as_ref()?;
    let by_hand = matches!(before.source, PresenceSource::Hand | PresenceSource::Rule);
    let other = states.last().is_some_and(|state| *state != before.state || states.len() > 1);
    (by_hand && other)
        .then(|| Overruled { device: device.name.clone(), told: AppState::of(Some(before), now) })
}

fn connected(terminal: &(Platform, Option<PresenceState>)) -> bool {
    terminal.1 == Some(PresenceState::Online)
}

/// What is to be recorded, in its order. The server does not say why a login ended: where that is known, it stays.
fn states(before: Option<&Presence>, now: AppState, said: PresenceState) -> &'static [PresenceState] {
    use PresenceState::{Killed, NotLoggedIn, Online, Unknown};
    match said {
        NotLoggedIn if before.is_some() && !now.is_logged_in() && now != AppState::NotLoggedIn => &[],
        NotLoggedIn => &[NotLoggedIn],
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
