//! A profile's `[profile.NAME.im]`: which app of the IM server it is, who calls, with which key, and where.
//! The hosts of the regions belong to `im`; reading the table, to `read`.

use super::{Region, SecretRef, Sourced};

/// The IM server's side of a profile (IM reference, sections 5 and 6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ImSettings {
    /// SDKAppID; 1 to 4294967295.
    pub(crate) sdk_app_id: Sourced<u32>,
    /// The administrator's UserID, in whose name calls are made.
    pub(crate) admin: Sourced<String>,
    /// The console's secret key, which signs UserSigs.
    pub(crate) secret_key: Sourced<SecretRef>,
    /// `None` where neither the file nor the profile's own region says it; calls then need an endpoint.
    pub(crate) region: Option<Sourced<ImRegion>>,
    /// Base URL in the place of the region's, without a final slash.
    pub(crate) endpoint: Option<Sourced<String>>,
}

/// Where the IM server keeps the app's data (IM reference, section 5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ImRegion {
    China,
    Singapore,
    Seoul,
    Frankfurt,
    SiliconValley,
    Jakarta,
}

impl ImRegion {
    pub(crate) const ALL: [ImRegion; 6] = [
        ImRegion::China,
        ImRegion::Singapore,
        ImRegion::Seoul,
        ImRegion::Frankfurt,
        ImRegion::SiliconValley,
        ImRegion::Jakarta,
    ];

    /// The word in the configuration and in results.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            ImRegion::China => "china",
            ImRegion::Singapore => "singapore",
            ImRegion::Seoul => "seoul",
            ImRegion::Frankfurt => "frankfurt",
            ImRegion::SiliconValley => "silicon-valley",
            ImRegion::Jakarta => "jakarta",
        }
    }

    pub(crate) fn parse(word: &str) -> Option<ImRegion> {
        ImRegion::ALL.into_iter().find(|region| region.as_str() == word)
    }

    /// What a profile of this push region means if it says nothing: an app pushed to in China has its data there.
    pub(super) fn of(region: Region) -> Option<ImRegion> {
        match region {
            Region::Cn | Region::CnLegacy => Some(ImRegion::China),
            Region::Intl | Region::Sandbox => None,
        }
    }
}

impl std::fmt::Display for ImRegion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
