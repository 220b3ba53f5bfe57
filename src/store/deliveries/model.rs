//! What the table of deliveries holds: a delivery before its request goes out, its end, and its row in the history.
//! How they are written and found belongs to `deliveries`.

use std::time::Duration;

use schemars::JsonSchema;
use serde::Serialize;
use strum::{EnumMessage, EnumString, IntoStaticStr, VariantArray};

use crate::clock::Timestamp;

/// The number by which `history show` finds a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeliveryId(pub i64);

impl std::fmt::Display for DeliveryId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// What became of a delivery, as results and the history show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[derive(EnumMessage, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub(crate) enum Status {
    /// The request is out; its process lives and the answer is not yet due.
    Pending,
    /// OPPO took the push and gave a message_id.
    Accepted,
    /// OPPO answered with a code other than 0.
    Refused,
    /// The request went out, and what became of it is not known.
    Unknown,
    /// Nothing reached the vendor.
    NotSent,
}

impl Status {
    /// The word in results and in the history.
    pub(crate) fn as_str(self) -> &'static str {
        self.into()
    }
}

/// Said of a delivery if its process ended before the vendor's answer was recorded.
pub(crate) const STOPPED: &str = "opush was stopped before the answer came";

/// The target of a delivery, as the vendor gets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeliveryTarget {
    RegId(String),
    Alias(String),
}

impl DeliveryTarget {
    /// `reg_id` or `alias`.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            DeliveryTarget::RegId(_) => "reg_id",
            DeliveryTarget::Alias(_) => "alias",
        }
    }

    pub(crate) fn value(&self) -> &str {
        match self {
            DeliveryTarget::RegId(value) | DeliveryTarget::Alias(value) => value,
        }
    }
}

/// What is known of a delivery before its request goes out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewDelivery {
    pub profile: String,
    /// The profile's region, by its word.
    pub region: String,
    pub certificate_id: Option<i64>,
    pub app_id: Option<String>,
    pub user: Option<String>,
    pub device: Option<String>,
    /// `None` if the decision left no target.
    pub target: Option<DeliveryTarget>,
    pub app_message_id: Option<String>,
    /// What comes back with every receipt; tells a receipt from a forged one, and finds its delivery if no message_id was learnt.
    pub call_back_parameter: Option<String>,
    /// The decision's name: `push`, or why not.
    pub decision: String,
    /// The whole request. Secrets are masked in it; title and content are in it as they were sent. May be empty.
    pub request: String,
    /// How long an answer may take, retries included. Later than that, no process waits for it any more.
    pub answer_within: Duration,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Accepted { message_id: String },
    Refused { code: i64, words: String },
    Unknown { reason: String },
    NotSent { reason: String },
}

/// The end of a delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    pub outcome: Outcome,
    /// How often the request went out; 0 if never, or if that was not learnt.
    pub tries: u32,
    /// The vendor's answer, secrets masked. Cut after 16 KiB.
    pub answer: Option<String>,
}

/// A delivery as the history shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Delivery {
    pub(crate) id: DeliveryId,
    pub(crate) begun_at: Timestamp,
    pub(crate) profile: String,
    pub(crate) region: String,
    pub(crate) certificate_id: Option<i64>,
    pub(crate) app_id: Option<String>,
    pub(crate) user: Option<String>,
    pub(crate) device: Option<String>,
    pub(crate) target: Option<DeliveryTarget>,
    pub(crate) app_message_id: Option<String>,
    pub(crate) decision: String,
    pub(crate) request: String,
    pub(crate) status: Status,
    pub(crate) message_id: Option<String>,
    /// The vendor's code and words, where it refused.
    pub(crate) code: Option<i64>,
    pub(crate) words: Option<String>,
    /// Why the outcome is unknown, or why nothing was sent.
    pub(crate) reason: Option<String>,
    pub(crate) answer: Option<String>,
    pub(crate) tries: u32,
    pub(crate) completed_at: Option<Timestamp>,
    pub(crate) elapsed_ms: Option<i64>,
}
