//! What a receipt says, and what has become of it.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr};

use super::super::words::kept_as_text;

/// The three events that are documented; there is none for a display or a click.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Event {
    /// Reached OPPO's client on the phone.
    PushArrive,
    /// Uninstalled, unregistered or replaced by another regId.
    RegidInvalid,
    /// The app's pushes to this device are used up for today.
    UserDailyLimit,
}

/// What has become of a receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Stage {
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

kept_as_text!(Event, Stage);
