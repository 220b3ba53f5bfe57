//! Who said a fact that is kept here.

use schemars::JsonSchema;
use serde::Serialize;
use strum::{EnumString, IntoStaticStr};

/// Who said a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema, EnumString, IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum FactSource {
    /// The IM server, when it was asked.
    ImServer,
    /// The IM server's webhook, when it happened.
    Webhook,
    /// The app itself, at the token listener.
    App,
    /// A person.
    ByHand,
    /// It follows from other facts by a rule.
    Derived,
}

impl FactSource {
    /// How a sentence names it, after the fact.
    pub(crate) fn words(self) -> &'static str {
        match self {
            FactSource::ImServer => "as the IM server said",
            FactSource::Webhook => "as the IM server's webhook reported",
            FactSource::App => "reported by the app",
            FactSource::ByHand => "set by hand",
            FactSource::Derived => "derived",
        }
    }
}
