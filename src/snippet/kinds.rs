//! Which snippets there are, in which languages, and for which IM SDK.

use schemars::JsonSchema;
use serde::Serialize;
use strum::{EnumString, IntoStaticStr, VariantArray};

/// One piece of the app's code, in the order in which an app needs them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantArray, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub(crate) enum Snippet {
    /// Creates the NotificationChannel.
    Channel,
    /// What the app's manifest must hold.
    Manifest,
    /// Certificate ID and AppKey, and where AppSecret comes from.
    Constants,
    /// Registration with OPPO, and the token report after login.
    Token,
    /// The Activity that a tap opens, reading the extras.
    Receiver,
    /// Custom content on a message that is sent.
    Sender,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub(crate) enum Language {
    /// Code in Java.
    Java,
    /// Code in Kotlin.
    Kotlin,
    /// Part of an XML file.
    Xml,
}

/// Generation of the IM SDK (tencent-im-push reference, section 15).
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub(crate) enum Sdk {
    /// SDK 5 and later.
    #[strum(serialize = "v2tim")]
    #[serde(rename = "v2tim")]
    V2tim,
    /// SDK 4 and before.
    Legacy,
}

impl Snippet {
    pub(crate) fn as_str(self) -> &'static str {
        self.into()
    }
}

impl Language {
    /// The ending of a file's name.
    pub(super) fn ending(self) -> &'static str {
        if self == Language::Kotlin { "kt" } else { self.into() }
    }
}
