//! What a phone on a cable showed, beside what should be on it.

use crate::click::Target;
use crate::device::Phone;

/// A phone, and what it is held against.
#[derive(Clone, Debug)]
pub(crate) struct OnPhone {
    pub(crate) phone: Phone,
    /// The channel that pushes name.
    pub(crate) channel: Option<String>,
    /// What a tap opens.
    pub(crate) target: Option<Target>,
    /// What an app file says of the same app.
    pub(crate) built: Option<Built>,
}

/// The app as its file has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Built {
    pub(crate) file: String,
    pub(crate) version_code: Option<String>,
    pub(crate) version_name: Option<String>,
    /// As the phone prints them; empty where the file does not show who signed it.
    pub(crate) signers: Vec<String>,
}
