//! The regions a profile may name. Their hosts belong to `oppo`.

use std::fmt;

/// Where a profile's pushes go (OPPO reference, section 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
    pub(crate) const ALL: [Region; 4] = [Region::Cn, Region::CnLegacy, Region::Intl, Region::Sandbox];

    /// The word in the configuration and in results.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Region::Cn => "cn",
            Region::CnLegacy => "cn-legacy",
            Region::Intl => "intl",
            Region::Sandbox => "sandbox",
        }
    }

    pub(crate) fn parse(word: &str) -> Option<Region> {
        Region::ALL.into_iter().find(|region| region.as_str() == word)
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
