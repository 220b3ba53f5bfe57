//! The stages of a push to a phone.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use super::super::words::kept_as_text;

/// What has become of a push to a phone.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    JsonSchema,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub(crate) enum Stage {
    /// Waits for the network, for Wi-Fi, or for its show window.
    Held,
    /// In the notification shade.
    Shown,
    /// Never shown.
    Dropped,
    /// Tapped, and something opened.
    Opened,
    /// Swiped away.
    Dismissed,
    /// Another with the same notify_id took its place.
    Replaced,
    /// Its show_ttl ran out.
    Hidden,
}

kept_as_text!(Stage);
