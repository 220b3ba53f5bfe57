//! The profile that a result is about, as the sandbox's commands print it.

use schemars::JsonSchema;
use serde::Serialize;

use crate::config::Profile;

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ProfileView {
    pub(crate) profile: String,
    region: String,
}

impl From<&Profile> for ProfileView {
    fn from(profile: &Profile) -> Self {
        ProfileView { profile: profile.name.clone(), region: profile.region.to_string() }
    }
}
