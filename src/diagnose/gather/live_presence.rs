//! Replaces the stored state of the app by the IM server's answer; in the evidence alone, nothing is written.
//! What the word means for a device belongs to `push`; what follows from it, to the checks.

use crate::push::DEFAULT_DEVICE;
use crate::push::presence::{DeviceMeaning, ServerPresence};
use crate::store::devices::Device;
use crate::store::presence::{Platform, Presence, PresenceSource, PresenceState};

use super::super::evidence::{Evidence, LiveAnswer};

/// What `send` would keep before it decides, for the device in question.
pub(crate) fn presence(evidence: &mut Evidence) {
    let LiveAnswer::Answered(answer) = &evidence.im_state else { return };
    let Ok(state) = &answer.state else { return };
    let said = ServerPresence::read(state, &answer.terminals);
    let now = evidence.now;
    let Some(subject) = evidence.subject.as_mut() else { return };
    let Some(user) = subject.user.clone() else { return };
    let unknown = subject.device.is_none();
    let mut device = subject.device.clone().unwrap_or_else(|| Device {
        user: user.clone(),
        name: DEFAULT_DEVICE.to_owned(),
        presence: None,
        report: None,
    });
    let DeviceMeaning::Follows(states) = said.means(&device, unknown, now) else { return };
    let Some(state) = states.last().copied() else { return };
    let kept = device.presence.as_ref();
    // Saying the same again begins nothing anew; seven days that were counted here are void.
    if states.len() == 1 && kept.is_some_and(|kept| kept.state == state) {
        return;
    }
    device.presence = Some(Presence {
        profile: subject.profile.name.clone(),
        user,
        device: device.name.clone(),
        platform: kept.map_or(Platform::Android, |kept| kept.platform),
        state,
        since: now,
        last_login_at: kept.and_then(|kept| kept.last_login_at),
        // When the connection ended is not said; the column wants a time, and now is the latest that it can be.
        disconnected_at: (state == PresenceState::Killed).then_some(now),
        source: PresenceSource::ImServer,
        reason: None,
    });
    subject.device = Some(device);
}
