//! The seam between a delivery's story and whoever carries it to OPPO, so that the story is tested without a network.
//! Authentication, retries and the reading of answers belong behind it, to `oppo`.

use serde_json::{Map, Value};

use crate::failure::{Problem, Warning};
use crate::oppo::{Exchange, Target};
use crate::store::deliveries::DeliveryTarget;

/// A target as the history keeps it.
pub(super) fn record(target: &Target) -> DeliveryTarget {
    match target {
        Target::RegId(reg_id) => DeliveryTarget::RegId(reg_id.as_str().into()),
        Target::Alias(alias) => DeliveryTarget::Alias(alias.as_str().into()),
    }
}

/// What became of a request, explained by whoever sent it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SendOutcome {
    Accepted {
        message_id: String,
        warnings: Vec<Warning>,
    },
    /// The vendor answered with a code; `message` are its own words.
    Refused {
        code: i64,
        message: String,
        problem: Problem,
    },
    /// It went out, and what became of it is not known.
    Unknown(Problem),
    /// Nothing was sent.
    Failed(Problem),
}

/// The outcome and what it took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sent {
    pub outcome: SendOutcome,
    /// How often the request went out; 0 if never.
    pub tries: u32,
    /// The last answer as it came, secrets masked.
    pub(crate) masked_answer: Option<String>,
    /// Every request that was made, auth calls included, secrets masked.
    pub exchanges: Vec<Exchange>,
}

/// Carries one notification to OPPO.
pub(crate) trait Sender {
    /// The whole request that [`Sender::unicast`] would make, the auth token masked.
    fn masked_request(&self, target: &Target, notification: &Map<String, Value>) -> String;

    /// Sends it, within a deadline of its own.
    fn unicast(&self, target: &Target, notification: &Map<String, Value>) -> impl Future<Output = Sent>;
}

impl<S: Sender> Sender for &S {
    fn masked_request(&self, target: &Target, notification: &Map<String, Value>) -> String {
        (**self).masked_request(target, notification)
    }

    fn unicast(&self, target: &Target, notification: &Map<String, Value>) -> impl Future<Output = Sent> {
        (**self).unicast(target, notification)
    }
}
