//! The state of a user's app as a person records it: a login and whom it kicks, a kill, a logout.

use super::super::decision::AppState;
use super::super::{DEFAULT_DEVICE, names};
use crate::clock::Timestamp;
use crate::config::MultiDevice;
use crate::failure::Failure;
use crate::store::devices::Device;
use crate::store::presence::{NewPresence, Platform, Presence, PresenceSource, PresenceState};
use crate::store::{Store, devices};

/// A state of a user's app to record.
#[derive(Clone, Copy, Debug)]
pub struct SetPresence<'a> {
    pub profile: &'a str,
    pub rule: MultiDevice,
    pub user: &'a str,
    /// All the user's devices if none is named; [`DEFAULT_DEVICE`] where none is known.
    pub device: Option<&'a str>,
    /// What was known before, else Android.
    pub platform: Option<Platform>,
    pub state: PresenceState,
    pub source: PresenceSource,
}

/// What it changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PresenceChange {
    /// The devices with a recorded state.
    pub(crate) set: Vec<Presence>,
    /// The devices that the login kicked.
    pub(crate) kicked: Vec<Presence>,
    /// More devices are logged in now than the multi-device rule allows, and none was kicked.
    pub(crate) too_many: bool,
}

/// Records the app's state. `online` is a login, and kicks by the multi-device rule; nothing else does.
pub fn set(store: &Store, request: &SetPresence<'_>) -> Result<PresenceChange, Failure> {
    let mut problems = names::user_problems(request.user);
    problems.extend(request.device.map(names::device_problems).unwrap_or_default());
    if !problems.is_empty() {
        return Err(Failure::all(problems));
    }
    let now = store.now();
    let mut changed =
        devices::change(store, request.profile, request.user, now, |known| plan(request, known, now))?;
    let set: Vec<Presence> = changed.extract_if(.., |one| one.source == request.source).collect();
    let known = devices::list(store, request.profile, Some(request.user))?;
    let too_many = set.iter().any(|one| {
        AppState::of(Some(one), now).is_logged_in()
            && known
                .iter()
                .any(|other| other.name != one.device && excludes(request.rule, one.platform, other, now))
    });
    Ok(PresenceChange { set, kicked: changed, too_many })
}

fn plan(request: &SetPresence<'_>, known: &[Device], now: Timestamp) -> Vec<NewPresence> {
    let named: Vec<&str> = match request.device {
        Some(device) => vec![device],
        None if known.is_empty() => vec![DEFAULT_DEVICE],
        None => known.iter().map(|device| device.name.as_str()).collect(),
    };
    let of = |name: &str| NewPresence {
        device: name.to_owned(),
        platform: request.platform,
        state: request.state,
        source: request.source,
        reason: None,
    };
    let mut changes: Vec<NewPresence> = named.iter().copied().map(of).collect();
    if request.state == PresenceState::Online {
        let others = known.iter().filter(|device| !named.contains(&device.name.as_str()));
        for other in others {
            let by = named.iter().find(|name| {
                let before = known.iter().find(|device| device.name == **name);
                excludes(
                    request.rule,
                    request.platform.unwrap_or(before.map_or(Platform::Android, platform)),
                    other,
                    now,
                )
            });
            changes.extend(by.map(|by| NewPresence {
                device: other.name.clone(),
                platform: None,
                state: PresenceState::Kicked,
                source: PresenceSource::Rule,
                reason: Some(format!("device {by} logged in")),
            }));
        }
    }
    changes
}

/// Whether a login on a device of `platform` and the one on `other` exclude each other.
fn excludes(rule: MultiDevice, platform_of_login: Platform, other: &Device, now: Timestamp) -> bool {
    let logged_in = AppState::of(other.presence.as_ref(), now).is_logged_in();
    logged_in
        && match rule {
            MultiDevice::One => true,
            MultiDevice::PerPlatform => platform(other) == platform_of_login,
            MultiDevice::Several => false,
        }
}

/// The devices that a server means by a kind of terminal; by none, all of them. It tells kinds apart, not devices.
pub(crate) fn of_platform(known: &[Device], kind: Option<Platform>) -> Vec<String> {
    let of_kind = known.iter().filter(|device| kind.is_none_or(|kind| platform(device) == kind));
    of_kind.map(|device| device.name.clone()).collect()
}

/// A device that only reported a token has an OPPO phone's platform.
pub(super) fn platform(device: &Device) -> Platform {
    device.presence.as_ref().map_or(Platform::Android, |presence| presence.platform)
}

#[cfg(test)]
mod tests;
