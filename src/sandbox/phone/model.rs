//! What a simulated phone is made of: brand, Android, switches, channels, the app's declared activities.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::VariantArray;

use super::super::words::words;
use super::filter::Filter;
use super::names::{DEFAULT, LAUNCHER, MAIN};
use super::session::Session;

words! {
    /// The brands of phones that run OPPO PUSH (OPPO reference, section 10).
    #[derive(VariantArray)]
    pub(crate) enum Brand in "kebab-case" {
        /// OPPO's own phones.
        Oppo,
        /// realme, whose phones run OPPO PUSH.
        Realme,
        /// OnePlus, whose phones run OPPO PUSH.
        Oneplus,
    }
}

impl Brand {
    /// The model a phone of this brand has unless another is given.
    pub(crate) fn default_model(self) -> &'static str {
        match self {
            Brand::Oppo => "OPPO Find X",
            Brand::Realme => "realme GT",
            Brand::Oneplus => "OnePlus 12",
        }
    }
}

words! {
    /// How the phone is connected. `Mobile` reaches OPPO, but is not Wi-Fi (`network_type` 1).
    pub enum Network in "kebab-case" {
        /// Wi-Fi: every push arrives.
        Wifi,
        /// Mobile data: a push that asks for Wi-Fi waits.
        Mobile,
        /// No network: pushes wait at OPPO.
        Off,
    }

    /// A channel's importance. `None` is a channel that the user switched off.
    #[derive(Default, VariantArray)]
    pub(crate) enum Importance in "kebab-case" {
        /// The user switched the channel off: nothing is shown.
        None,
        /// Shown in the shade alone, without a sound.
        Min,
        /// Shown without a sound.
        Low,
        /// Shown with a sound.
        #[default]
        Default,
        /// Shown with a sound, and as a banner.
        High,
    }
}

/// An Android NotificationChannel that the app created.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) importance: Importance,
}

/// An `<activity>` of the manifest: full Java class name, whether other apps may start it, its filters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Activity {
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) exported: bool,
    #[serde(default)]
    pub(crate) filters: Vec<Filter>,
}

impl Activity {
    /// The activity behind the app's icon.
    pub(crate) fn launcher(name: impl Into<String>) -> Activity {
        Activity { name: name.into(), exported: true, filters: vec![Filter::of(MAIN, LAUNCHER)] }
    }

    /// An activity without filters.
    pub(crate) fn plain(name: impl Into<String>, exported: bool) -> Activity {
        Activity { name: name.into(), exported, filters: Vec::new() }
    }

    /// An exported activity that an intent with this action opens: category DEFAULT, no data element.
    pub(crate) fn for_action(name: impl Into<String>, action: &str) -> Activity {
        Activity { name: name.into(), exported: true, filters: vec![Filter::of(action, DEFAULT)] }
    }
}

/// One simulated phone with one app on it, as `phone list --json` gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Phone {
    #[serde(skip)]
    pub(super) id: i64,
    /// Whether it was made for a push, and takes channels and activities from those that come.
    #[serde(skip)]
    pub(super) learns: bool,
    pub name: String,
    pub reg_id: String,
    pub(crate) app_id: String,
    pub(crate) package: String,
    pub(crate) brand: Brand,
    pub(crate) model: String,
    /// Android version, such as 14.
    pub(crate) android: u8,
    pub(crate) alias: Option<String>,
    pub(crate) network: Network,
    /// The app's notification switch; from Android 13 also the POST_NOTIFICATIONS permission.
    #[serde(rename = "notifications_enabled")]
    pub(crate) notifications: bool,
    /// Android's Do Not Disturb: what comes is in the shade, and neither sounds nor pops up.
    pub(crate) do_not_disturb: bool,
    /// Whether the app is registered for push.
    pub(crate) registered: bool,
    pub(crate) channels: Vec<Channel>,
    /// Whether the system itself has made push_oplus_category_service and push_oplus_category_content.
    pub(crate) system_channels: bool,
    pub(crate) activities: Vec<Activity>,
    /// How many notifications are in the shade.
    pub(crate) shown: u32,
    /// The last login to the IM app on it; phones themselves leave it out.
    pub(crate) session: Option<Session>,
}
