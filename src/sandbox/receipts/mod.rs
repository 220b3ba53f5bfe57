//! What OPPO posts to a push's call_back_url once the push's fate at its phone is known (OPPO reference, section 6).
//! What that fate is belongs to `phone`; whoever listens is no part of the sandbox.

mod body;
pub(crate) mod masking;
mod post;
mod poster;
mod queue;
mod target;

#[cfg(test)]
mod tests;

use super::phone::words;

pub(super) use poster::{post_due, run};
pub use queue::Receipt;
pub use queue::list;
pub use queue::note;
pub(super) use target::is_on_this_machine;

words! {
    /// The three events that are documented; there is none for a display or a click.
    pub Event {
        /// Reached OPPO's client on the phone.
        PushArrive = "push_arrive",
        /// Uninstalled, unregistered or replaced by another regId.
        RegidInvalid = "regid_invalid",
        /// The app's pushes to this device are used up for today.
        UserDailyLimit = "user_daily_limit",
    }
}

words! {
    /// Where a receipt stands.
    pub Stage {
        /// To be posted, at once or at its next try.
        Waiting = "waiting",
        /// On its way; taken up again if nothing is heard of it.
        Posting = "posting",
        /// Posted, and answered as it should be.
        Posted = "posted",
        /// No good answer, and no try left.
        GivenUp = "given-up",
        /// The fault lost-receipts took it.
        Lost = "lost",
        /// Its URL leads off this machine, which was not allowed.
        Withheld = "withheld",
    }
}

/// Older receipts are forgotten once they are done with.
pub(crate) const KEPT: i64 = 1000;
