//! The regions a profile may name. Their hosts belong to `oppo`.

use schemars::JsonSchema;
use serde::Serialize;
use strum::{Display, EnumString, IntoStaticStr, VariantArray};

/// Where a profile's pushes go (OPPO reference, section 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[derive(Display, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Region {
    /// China, today's host.
    Cn,
    /// China, the older host that nearly every client still uses.
    CnLegacy,
    /// Everywhere else.
    Intl,
    /// The embedded simulator; counts as China.
    Sandbox,
}

impl Region {
    pub(crate) const ALL: &[Region] = Region::VARIANTS;

    /// The word in the configuration and in results.
    pub(crate) fn as_str(self) -> &'static str {
        self.into()
    }
}
