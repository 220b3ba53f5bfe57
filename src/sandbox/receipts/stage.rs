//! What a receipt says, and what has become of it.

use super::super::words::words;

words! {
    /// The three events that are documented, and one that was seen; there is none for a display or a click.
    pub enum Event in "snake_case" {
        /// Reached OPPO's client on the phone.
        PushArrive,
        /// Uninstalled, unregistered or replaced by another regId.
        RegidInvalid,
        /// The app's pushes to this device are used up for today.
        UserDailyLimit,
        /// Held back by the rules for delivery times.
        MessageNightControl,
    }

    /// What has become of a receipt.
    #[schemars(rename = "ReceiptStage")]
    pub enum Stage in "kebab-case" {
        /// To be posted, at once or at its next try.
        Waiting,
        /// On its way; taken up again if nothing is heard of it.
        Posting,
        /// Posted, and answered as it should be.
        Posted,
        /// No good answer, and no try left.
        GivenUp,
        /// The fault lost-receipts took it.
        Lost,
        /// Its URL leads away from this machine, which was not allowed.
        Withheld,
    }
}
