//! How many devices of one user may be logged in at once.

use strum::{Display, EnumString, IntoStaticStr, VariantArray};

/// How many devices of one user may be logged in at once (IM reference, section 4.3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Display, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum MultiDevice {
    /// The last login wins, whatever the devices.
    #[default]
    One,
    /// One for each platform; two of the same still kick each other.
    PerPlatform,
    /// A login kicks no other.
    Several,
}

impl MultiDevice {
    pub(crate) fn as_str(self) -> &'static str {
        self.into()
    }
}
