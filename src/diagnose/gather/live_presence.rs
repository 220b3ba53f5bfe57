//! Replaces the stored state of the app by the IM server's answer; in the evidence alone, nothing is written.
//! What the word means for a device belongs to `push`; what follows from it, to the checks.

use crate::push::DEFAULT_DEVICE;
use crate::push::presence::{ServerPresence, overruled};
use crate::store::devices::Device;
use crate::store::presence::{NewPresence, PresenceSource, after};

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
    let Some(states) = said.means(&device, unknown, now) else { return };
    subject.overruled = overruled(&device, states, now);
    for state in states {
        let new = NewPresence {
            device: device.name.clone(),
            platform: None,
            state: *state,
            source: PresenceSource::ImServer,
            reason: None,
        };
        let name = &subject.profile.name;
        device.presence = Some(after(device.presence.as_ref(), name, &user, &new, now));
    }
    subject.device = Some(device);
}
