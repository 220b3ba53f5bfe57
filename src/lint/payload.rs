//! What was found in a text, not judged yet.

use super::answers::Meaning;
use super::item::Found;
use super::kind::{Layer, PayloadKind};

/// A payload that was found.
#[derive(Clone, Debug, Default)]
pub(super) struct Payload {
    pub(super) kind: Option<PayloadKind>,
    pub(super) layers: Vec<Layer>,
    pub(super) items: Vec<Found>,
    pub(super) meanings: Vec<Meaning>,
}
