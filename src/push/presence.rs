//! Where users' apps stand, as it is told by hand: a login and whom it kicks, a kill, a logout.
//! What follows for a push belongs to `decision`; where it is kept, to `store`.

mod by_platform;

use super::decision::Standing;
use super::{DEFAULT_DEVICE, names};
use crate::clock::Timestamp;
use crate::config::MultiDevice;
use crate::failure::Failure;
use crate::store::devices::Device;
use crate::store::presence::{self as table, NewPresence, Platform, Presence, PresenceState, ToldBy};
use crate::store::{Store, devices};

pub(crate) use by_platform::{ByPlatform, Kept, Meaning, keep};

/// What is said of a user's app.
#[derive(Clone, Copy, Debug)]
pub struct Say<'a> {
    pub profile: &'a str,
    pub rule: MultiDevice,
    pub user: &'a str,
    /// All the user's devices if none is named; [`DEFAULT_DEVICE`] where none is known.
    pub device: Option<&'a str>,
    /// What was known before, else Android.
    pub platform: Option<Platform>,
    pub state: PresenceState,
    pub told_by: ToldBy,
}

/// What it changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The devices that it was said of.
    pub(crate) set: Vec<Presence>,
    /// The devices that the login kicked.
    pub(crate) kicked: Vec<Presence>,
    /// More devices are logged in now than the multi-device rule lets: it was said so, and nobody was kicked.
    pub(crate) too_many: bool,
}

/// Records where the app stands. `online` is a login, and kicks by the multi-device rule; nothing else does.
pub fn say(store: &Store, say: &Say<'_>) -> Result<Said, Failure> {
    let mut problems = names::user_problems(say.user);
    problems.extend(say.device.map(names::device_problems).unwrap_or_default());
    if !problems.is_empty() {
        return Err(Failure::all(problems));
    }
    let now = store.now();
    let mut changed = table::change(store, say.profile, say.user, now, |known| plan(say, known, now))?;
    let set: Vec<Presence> = changed.extract_if(.., |one| one.told_by == say.told_by).collect();
    let known = devices::list(store, say.profile, Some(say.user))?;
    let too_many = set.iter().any(|one| {
        Standing::of(Some(one), now).is_logged_in()
            && known
                .iter()
                .any(|other| other.name != one.device && excludes(say.rule, one.platform, other, now))
    });
    Ok(Said { set, kicked: changed, too_many })
}

fn plan(say: &Say<'_>, known: &[Device], now: Timestamp) -> Vec<NewPresence> {
    let named: Vec<&str> = match say.device {
        Some(device) => vec![device],
        None if known.is_empty() => vec![DEFAULT_DEVICE],
        None => known.iter().map(|device| device.name.as_str()).collect(),
    };
    let of = |name: &str| NewPresence {
        device: name.to_owned(),
        platform: say.platform,
        state: say.state,
        told_by: say.told_by,
        reason: None,
    };
    let mut changes: Vec<NewPresence> = named.iter().copied().map(of).collect();
    if say.state == PresenceState::Online {
        let others = known.iter().filter(|device| !named.contains(&device.name.as_str()));
        for other in others {
            let by = named.iter().find(|name| {
                let before = known.iter().find(|device| device.name == **name);
                excludes(
                    say.rule,
                    say.platform.unwrap_or(before.map_or(Platform::Android, platform)),
                    other,
                    now,
                )
            });
            changes.extend(by.map(|by| NewPresence {
                device: other.name.clone(),
                platform: None,
                state: PresenceState::Kicked,
                told_by: ToldBy::Rule,
                reason: Some(format!("device {by} logged in")),
            }));
        }
    }
    changes
}

/// Whether a login on a device of `platform` and the one in force on `other` exclude each other.
fn excludes(rule: MultiDevice, platform_of_login: Platform, other: &Device, now: Timestamp) -> bool {
    let logged_in = Standing::of(other.presence.as_ref(), now).is_logged_in();
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
fn platform(device: &Device) -> Platform {
    device.presence.as_ref().map_or(Platform::Android, |presence| presence.platform)
}

#[cfg(test)]
mod tests;
