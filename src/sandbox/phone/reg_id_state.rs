//! What OPPO knows of a regId.

/// What OPPO knows of a regId of an app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RegIdState {
    /// Never issued to this app.
    Unknown,
    /// Also a regId that its phone has replaced since: OPPO takes the push, the phone drops it.
    Subscribed,
    /// The app is unregistered or gone from the phone: OPPO's 10001.
    Unsubscribed,
}
