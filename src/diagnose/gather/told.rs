//! Lays the IM server's word over what was kept of where the app stands; in the evidence alone, nothing is written.
//! What follows from it belongs to the checks.

use crate::clock::Timestamp;
use crate::im::{State, UserState};
use crate::push::{DEFAULT_DEVICE, Standing};
use crate::store::devices::Device;
use crate::store::presence::{Platform, Presence, PresenceState, ToldBy};

use super::super::evidence::{Asking, Evidence, Subject};

/// The phone's terminal, as the IM server names it.
const ANDROID: &str = "Android";

/// What the IM server says now counts for more than what was kept, unless a person said it.
pub fn presence(evidence: &mut Evidence) {
    let Asking::Answered(answer) = &evidence.im_state else { return };
    let Some(said) = of_phone(answer).and_then(state) else { return };
    let now = evidence.now;
    let Some(subject) = evidence.subject.as_mut() else { return };
    let Some(user) = subject.user.clone() else { return };
    let profile = subject.profile.name.clone();
    let device = device(subject, &user);
    let kept = device.presence.as_ref();
    if kept.is_some_and(|kept| kept.told_by == ToldBy::Hand) || agrees(kept, said, now) {
        return;
    }
    device.presence = Some(Presence {
        profile,
        user,
        device: device.name.clone(),
        platform: Platform::Android,
        state: said,
        since: now,
        last_login_at: kept.and_then(|kept| kept.last_login_at),
        // When the connection ended is not said, and the server counts the seven days itself.
        disconnected_at: None,
        told_by: ToldBy::ImServer,
        reason: None,
    });
}

/// The Android terminal's state, else the user's. A user who is online with other terminals alone says nothing of a phone.
fn of_phone(answer: &UserState) -> Option<&State> {
    let phone = answer.terminals.iter().find(|terminal| terminal.platform == ANDROID);
    match (phone, answer.state.as_ref().ok()?) {
        (Some(phone), _) => Some(&phone.state),
        (None, State::Online) if !answer.terminals.is_empty() => None,
        (None, overall) => Some(overall),
    }
}

fn state(state: &State) -> Option<PresenceState> {
    match state {
        State::Online => Some(PresenceState::Online),
        State::PushOnline => Some(PresenceState::Killed),
        State::Offline => Some(PresenceState::LoggedOut),
        State::Other(_) => None,
    }
}

/// What was kept says the same, and more closely: since when, or why somebody is not logged in.
fn agrees(kept: Option<&Presence>, said: PresenceState, now: Timestamp) -> bool {
    let standing = Standing::of(kept, now);
    match said {
        PresenceState::Online => matches!(standing, Standing::Online | Standing::Background),
        PresenceState::Killed => standing == Standing::Killed,
        _ => !standing.is_logged_in(),
    }
}

/// The device in question; where none is known, the one that opush takes when none is named.
fn device<'a>(subject: &'a mut Subject, user: &str) -> &'a mut Device {
    subject.device.get_or_insert_with(|| Device {
        user: user.to_owned(),
        name: DEFAULT_DEVICE.to_owned(),
        presence: None,
        report: None,
    })
}
