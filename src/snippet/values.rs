//! What the snippets are made from, and the names that follow from it.

use crate::click::Target;

/// Values of a profile and its certificate. No secret is among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Values {
    /// The profile's name: letters, digits, `-` and `_`.
    pub(crate) profile: String,
    /// The app's package, if the profile says it.
    pub(crate) package: Option<String>,
    pub(crate) certificate_id: i64,
    /// The ID was given by opush itself, so no IM server knows it.
    pub(crate) certificate_is_local: bool,
    pub(crate) app_key: String,
    pub(crate) channel_id: Option<String>,
    pub(crate) click: Target,
}

impl Values {
    /// Package and simple name of the Activity that a tap opens: the click target's own where it names one.
    pub(super) fn receiver(&self) -> (Option<&str>, &str) {
        match &self.click {
            Target::Activity(class) => match class.rsplit_once('.') {
                Some((package, name)) => (Some(package), name),
                None => (None, class),
            },
            Target::OpenApp | Target::Url(_) | Target::Intent(_) | Target::Scheme(_) => {
                (self.package.as_deref(), "PushReceiverActivity")
            }
        }
    }

    /// The first line of each snippet.
    pub(super) fn head(&self, snippet: &str) -> String {
        format!("opush snippet {snippet}: profile {}, certificate {}", self.profile, self.certificate_id)
    }
}
