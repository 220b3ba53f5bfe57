//! The stages of a push to a phone.

use super::super::words::words;

words! {
    /// What has become of a push to a phone.
    pub(crate) enum Stage in "kebab-case" {
        /// Waits for the network, for Wi-Fi, or for its show window.
        Held,
        /// In the notification shade.
        Shown,
        /// Never shown.
        Dropped,
        /// Tapped, and something opened.
        Opened,
        /// Swiped away.
        Dismissed,
        /// Another with the same notify_id took its place.
        Replaced,
        /// Its show_ttl ran out.
        Hidden,
    }
}
