//! The login on a phone as the control API gives it; phones themselves leave it out.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::Display;

/// What the IM server makes of a login.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Display)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub(crate) enum PresenceState {
    /// The app is in sight.
    OnlineForeground,
    /// Out of sight, and doBackground was not called.
    OnlineHidden,
    /// The app called doBackground.
    OnlineBackground,
    /// The connection is lost, which the server has not noticed yet.
    OnlineUnreachable,
    /// The app is gone, and its user still logged in.
    PushOnline,
    /// The user logged out.
    LoggedOut,
    /// Another login ended this one.
    Kicked,
    /// The app was away for seven days.
    Expired,
}

/// Presence in the REST API's words, the least present first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema, Display)]
pub(crate) enum RestState {
    /// REST: not logged in; nothing is pushed.
    Offline,
    /// REST: disconnected and still logged in; messages are pushed.
    PushOnline,
    /// REST: connected; messages are pushed only in the background.
    Online,
}

/// The client SDK's words. Its OFFLINE is not REST's Offline (IM reference, section 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, Display)]
#[serde(rename_all = "UPPERCASE")]
#[strum(serialize_all = "UPPERCASE")]
pub(crate) enum SdkState {
    /// SDK: connected, REST's Online.
    Online,
    /// SDK: disconnected and still logged in, REST's PushOnline.
    Offline,
    /// SDK: not logged in, REST's Offline.
    Unlogined,
}

impl From<RestState> for SdkState {
    fn from(state: RestState) -> SdkState {
        match state {
            RestState::Online => SdkState::Online,
            RestState::PushOnline => SdkState::Offline,
            RestState::Offline => SdkState::Unlogined,
        }
    }
}

/// The last user who logged in on a phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Session {
    pub(crate) user: String,
    pub(crate) sdk_app_id: i64,
    pub(crate) state: PresenceState,
    pub(crate) rest_state: RestState,
    pub(crate) sdk_state: SdkState,
    /// Milliseconds since 1970-01-01 UTC.
    pub(crate) since: i64,
    /// The certificate that the app reported; null when it reported none.
    pub(crate) certificate_id: Option<i64>,
}
