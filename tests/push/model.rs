//! The offline-push rule once more, written from the IM reference (sections 2.2, 4.2 to 4.4) and nothing else.
//! It knows the words of the answers, and shares no type and no constant with the library.

use std::collections::BTreeMap;

/// Times are seconds; a week and ten minutes are counted here once more.
const WEEK: i64 = 604_800;
const TEN_MINUTES: i64 = 600;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum App {
    /// Logged in, as a report implies; nobody said more.
    SomewhereLoggedIn,
    Foreground,
    DoBackground,
    Gone {
        at: i64,
    },
    LoggedOut,
    Kicked,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Several {
    One,
    PerPlatform,
    All,
}

/// A device: who holds which token of which certificate, and how its app is.
#[derive(Clone, Debug, Default)]
pub struct Device {
    pub app: Option<App>,
    /// 0 Android, 1 PC.
    pub platform: u8,
    /// Token and certificate.
    pub token: Option<(u8, i64)>,
}

#[derive(Clone, Debug)]
pub struct World {
    pub now: i64,
    pub rule: Several,
    /// By user and device.
    pub devices: BTreeMap<(u8, u8), Device>,
    /// When each certificate was saved.
    pub certificates: BTreeMap<i64, i64>,
}

impl World {
    pub fn report(&mut self, user: u8, device: u8, token: u8, certificate: i64) {
        for other in self.devices.values_mut() {
            if other.token.is_some_and(|(held, _)| held == token) {
                other.token = None;
            }
        }
        let mine = self.devices.entry((user, device)).or_default();
        mine.token = Some((token, certificate));
        // What was ended or away must have logged in to report.
        if matches!(mine.app, Some(App::Gone { .. } | App::LoggedOut | App::Kicked)) {
            mine.app = Some(App::SomewhereLoggedIn);
        }
    }

    pub fn drop_token(&mut self, user: u8, device: u8) {
        if let Some(device) = self.devices.get_mut(&(user, device)) {
            device.token = None;
        }
    }

    pub fn log_in(&mut self, user: u8, device: u8, platform: Option<u8>) {
        let mine = self.devices.entry((user, device)).or_default();
        mine.platform = platform.unwrap_or(mine.platform);
        mine.app = Some(App::Foreground);
        let platform = mine.platform;
        let (now, rule) = (self.now, self.rule);
        for (place, other) in &mut self.devices {
            if place.0 != user || place.1 == device || !is_there(other) || !logged_in(other, now) {
                continue;
            }
            if rule == Several::One || rule == Several::PerPlatform && other.platform == platform {
                other.app = Some(App::Kicked);
            }
        }
    }

    pub fn becomes(&mut self, user: u8, device: u8, app: App) {
        let mine = self.devices.entry((user, device)).or_default();
        let stays_gone = matches!((mine.app, app), (Some(App::Gone { .. }), App::Gone { .. }));
        if !stays_gone {
            mine.app = Some(app);
        }
    }

    /// The answers for the user's devices in the order of their names; one answer for a user without any.
    pub fn answers(&self, user: u8) -> Vec<(Option<u8>, &'static str)> {
        let mine: Vec<_> = self
            .devices
            .iter()
            .filter(|((owner, _), device)| *owner == user && is_there(device))
            .map(|((_, name), device)| (Some(*name), self.answer(device)))
            .collect();
        if mine.is_empty() { vec![(None, "no-report")] } else { mine }
    }

    fn answer(&self, device: &Device) -> &'static str {
        match device.app {
            Some(App::LoggedOut) => return "logged-out",
            Some(App::Kicked) => return "kicked",
            Some(App::Gone { at }) if self.now - at >= WEEK => return "expired-7-days",
            Some(App::Foreground) => return "online",
            _ => {}
        }
        let Some((_, certificate)) = device.token else { return "no-report" };
        match self.certificates.get(&certificate) {
            None => "certificate-missing",
            Some(saved) if self.now - saved < TEN_MINUTES => "certificate-not-yet-active",
            Some(_) => "push",
        }
    }
}

/// A device without token and state is forgotten.
fn is_there(device: &Device) -> bool {
    device.app.is_some() || device.token.is_some()
}

fn logged_in(device: &Device, now: i64) -> bool {
    match device.app {
        None | Some(App::SomewhereLoggedIn | App::Foreground | App::DoBackground) => true,
        Some(App::Gone { at }) => now - at < WEEK,
        Some(App::LoggedOut | App::Kicked) => false,
    }
}
