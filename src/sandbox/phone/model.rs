//! What a simulated phone is made of: brand, Android, switches, channels, the app's declared activities.
//! How any of it is judged when a push or a tap comes belongs to `fate` and `resolve`.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::super::im::Session;

/// An enum whose words are the same in JSON, in the database and on a command line.
macro_rules! words {
    ($(#[$doc:meta])* $vis:vis $name:ident { $($(#[$each:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        $vis enum $name { $($(#[$each])* #[serde(rename = $text)] $variant,)* }

        impl $name {
            pub(crate) const ALL: &'static [$name] = &[$($name::$variant,)*];

            $vis fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text,)* }
            }

            pub(crate) fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|word| word.as_str() == text)
            }
        }

        impl rusqlite::types::ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
                Ok(self.as_str().into())
            }
        }

        impl rusqlite::types::FromSql for $name {
            fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
                Self::parse(value.as_str()?).ok_or(rusqlite::types::FromSqlError::InvalidType)
            }
        }
    };
}
pub(in crate::sandbox) use words;

words! {
    /// The brands whose phones run OPPO PUSH (OPPO reference, section 10).
    pub(crate) Brand { Oppo = "oppo", Realme = "realme", Oneplus = "oneplus", }
}

impl Brand {
    /// The model a phone of this brand has unless another is asked for.
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
    pub Network { Wifi = "wifi", Mobile = "mobile", Off = "off", }
}

words! {
    /// A channel's importance. `None` is a channel that the user switched off.
    pub(crate) Importance { None = "none", Min = "min", Low = "low", Default = "default", High = "high", }
}

/// An Android NotificationChannel that the app created.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Channel {
    pub(crate) id: String,
    #[serde(default = "default_importance")]
    pub(crate) importance: Importance,
}

fn default_importance() -> Importance {
    Importance::Default
}

/// An `<intent-filter>` of the manifest. `data_schemes` not empty means that it has a `<data>` element.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Filter {
    #[serde(default)]
    pub(crate) actions: Vec<String>,
    #[serde(default)]
    pub(crate) categories: Vec<String>,
    #[serde(default)]
    pub(crate) data_schemes: Vec<String>,
}

/// An `<activity>` of the manifest: full Java class name, whether other apps may start it, its filters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Activity {
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) exported: bool,
    #[serde(default)]
    pub(crate) filters: Vec<Filter>,
}

pub(super) const MAIN: &str = "android.intent.action.MAIN";
pub(super) const LAUNCHER: &str = "android.intent.category.LAUNCHER";
pub(super) const DEFAULT: &str = "android.intent.category.DEFAULT";

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

impl Filter {
    fn of(action: &str, category: &str) -> Filter {
        Filter { actions: vec![action.into()], categories: vec![category.into()], data_schemes: Vec::new() }
    }
}

/// One simulated phone with one app on it, as `phone list --json` gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phone {
    #[serde(skip)]
    pub(super) id: i64,
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
    #[serde(default)]
    pub(crate) do_not_disturb: bool,
    /// Whether the app's push registration stands.
    pub(crate) registered: bool,
    pub(crate) channels: Vec<Channel>,
    pub(crate) activities: Vec<Activity>,
    /// How many notifications are in the shade.
    pub(crate) shown: u32,
    /// Who is, or was, logged in to the IM app on it; phones themselves leave it out.
    #[serde(default)]
    pub(crate) session: Option<Session>,
}

/// A value kept as JSON text in a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::sandbox) struct Json<T>(pub(crate) T);

impl<T: Serialize> ToSql for Json<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let text = serde_json::to_string(&self.0)
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
        Ok(text.into())
    }
}

impl<T: DeserializeOwned> FromSql for Json<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        serde_json::from_str(value.as_str()?).map(Json).map_err(|error| FromSqlError::Other(Box::new(error)))
    }
}
