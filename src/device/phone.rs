//! Everything that was learnt of one phone and one app on it.

use super::notifications::{OfApp, Shown};
use super::package::Installed;
use super::resolved::Resolved;
use super::system::DoNotDisturb;

/// OPPO's system push service. The SDK looks for a system app that takes `com.mcs.action.RECEIVE_SDK_MESSAGE`, which newer
/// phones have as com.heytap.mcs, and else for com.coloros.mcs (OPPO's client SDK 3.0, class PushService).
pub(crate) const PUSH_SERVICES: [&str; 2] = ["com.heytap.mcs", "com.coloros.mcs"];

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Phone {
    pub(crate) serial: String,
    pub(crate) brand: Option<String>,
    pub(crate) model: Option<String>,
    /// Of Android.
    pub(crate) version: Option<String>,
    pub(crate) sdk: Option<u32>,
    /// `ColorOS 14.0`.
    pub(crate) rom: Option<String>,
    /// Those of [`PUSH_SERVICES`] that are there.
    pub(crate) push_services: Vec<SystemPackage>,
    pub(crate) package: String,
    /// `None` where it is not installed.
    pub(crate) app: Option<Installed>,
    /// Its process.
    pub(crate) process: Option<u32>,
    /// `None` where the phone does not say.
    pub(crate) notifications_on: Option<bool>,
    pub(crate) of_app: OfApp,
    /// What the shade holds of the app.
    pub(crate) shown: Vec<Shown>,
    pub(crate) do_not_disturb: Option<DoNotDisturb>,
    /// The battery saver leaves the app alone.
    pub(crate) battery_exempt: Option<bool>,
    /// Android's own switch for running in the background.
    pub(crate) background_allowed: Option<bool>,
    /// What the phone finds for the click target; `None` where none was asked about.
    pub(crate) target: Option<Option<Resolved>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SystemPackage {
    pub(crate) name: &'static str,
    pub(crate) version: Option<String>,
    pub(crate) enabled: bool,
}

impl Phone {
    /// `OPPO PHB110, Android 14, ColorOS 14.0`.
    pub(crate) fn name(&self) -> String {
        let whose = [&self.brand, &self.model].into_iter().flatten().cloned().collect::<Vec<_>>().join(" ");
        let version = self.version.as_ref().map(|version| format!("Android {version}"));
        let parts = [Some(whose).filter(|whose| !whose.is_empty()), version, self.rom.clone()];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if parts.is_empty() { self.serial.clone() } else { parts.join(", ") }
    }
}
