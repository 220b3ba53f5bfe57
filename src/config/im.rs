//! A profile's `[profile.NAME.im]`: which app of the IM server it is, who calls, with which key, and where.

use super::{Region, SecretRef, Sourced};
use strum::{Display, EnumString, IntoStaticStr, VariantArray};

/// The IM server's side of a profile (IM reference, sections 5 and 6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ImSettings {
    /// SDKAppID; 1 to 4294967295.
    pub(crate) sdk_app_id: Sourced<u32>,
    /// The administrator's UserID, used for the calls.
    pub(crate) admin: Sourced<String>,
    /// The console's secret key, which signs UserSigs.
    pub(crate) secret_key: Sourced<SecretRef>,
    /// `None` where neither the file nor the profile's own region says it; calls then need an endpoint.
    pub(crate) region: Option<Sourced<ImRegion>>,
    /// Base URL in the place of the region's, without a final slash.
    pub(crate) endpoint: Option<Sourced<String>>,
}

/// Where the IM server keeps the app's data (IM reference, section 5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Display, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub(crate) enum ImRegion {
    China,
    Singapore,
    Seoul,
    Frankfurt,
    SiliconValley,
    Jakarta,
}

impl ImRegion {
    /// What a profile of this push region means if it says nothing: an app pushed to in China has its data there.
    pub(super) fn of(region: Region) -> Option<ImRegion> {
        match region {
            Region::Cn | Region::CnLegacy => Some(ImRegion::China),
            Region::Intl | Region::Sandbox => None,
        }
    }
}
