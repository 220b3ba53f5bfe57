//! What a server says of a user whose devices it can't name: matched to them by platform, and kept.
//! Asking the server belongs to `im`; what a state means for a push, to `decision`.

use super::{platform, table};
use crate::failure::Failure;
use crate::push::DEFAULT_DEVICE;
use crate::push::decision::Standing;
use crate::store::Store;
use crate::store::devices::Device;
use crate::store::presence::{NewPresence, Platform, Presence, PresenceState, ToldBy};

/// A server's answer about one user. `None` is a word that nobody knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ByPlatform {
    /// Of the user as a whole; counts where no terminal is named.
    pub user: Option<PresenceState>,
    /// Of each kind of terminal that is logged in. A kind that is not named is not logged in.
    pub terminals: Vec<(Platform, Option<PresenceState>)>,
}

/// What became of the answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// The devices that now stand as the server says.
    pub follow: Vec<String>,
    /// The devices whose state was set by hand, or follows from that; it counts first.
    pub by_hand: Vec<String>,
}

/// Keeps the answer for each of the user's devices but those set by hand. It is no login, and kicks nobody.
pub fn keep(store: &Store, profile: &str, user: &str, answer: &ByPlatform) -> Result<Kept, Failure> {
    let mut kept = Kept::default();
    let now = store.now();
    table::change(store, profile, user, now, |known| {
        let nobody =
            Device { user: user.to_owned(), name: DEFAULT_DEVICE.into(), presence: None, report: None };
        let devices = if known.is_empty() { std::slice::from_ref(&nobody) } else { known };
        let mut changes = Vec::new();
        for device in devices {
            let Some(state) = answer.of(device, known.is_empty()) else { continue };
            let before = device.presence.as_ref();
            if before.is_some_and(|before| matches!(before.told_by, ToldBy::Hand | ToldBy::Rule)) {
                kept.by_hand.push(device.name.clone());
                continue;
            }
            kept.follow.push(device.name.clone());
            let states = states(before, Standing::of(before, now), state);
            changes.extend(states.iter().map(|state| NewPresence {
                device: device.name.clone(),
                platform: None,
                state: *state,
                told_by: ToldBy::ImServer,
                reason: None,
            }));
        }
        changes
    })?;
    Ok(kept)
}

impl ByPlatform {
    /// What it says of a device. Of one that nobody knows here only what is said of its kind.
    fn of(&self, device: &Device, unknown: bool) -> Option<PresenceState> {
        if self.terminals.is_empty() {
            return self.user;
        }
        let mut named = self.terminals.iter().filter(|(kind, _)| *kind == platform(device));
        match named.next() {
            // Several of one kind: it can't be told which is which, so the connected one counts.
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
fn states(before: Option<&Presence>, standing: Standing, said: PresenceState) -> &'static [PresenceState] {
    use PresenceState::{Killed, LoggedOut, Online, Unknown};
    match said {
        LoggedOut if before.is_some() && !standing.is_logged_in() => &[],
        LoggedOut => &[LoggedOut],
        // Seven days were counted here, and it is logged in all the same: it was opened in between.
        Killed if standing == Standing::Expired => &[Unknown, Killed],
        Killed => &[Killed],
        Online => &[Online],
        _ => &[],
    }
}

#[cfg(test)]
mod tests;
