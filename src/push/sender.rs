//! The seam between a delivery and what carries it to OPPO, so that a delivery is tested without a network.

use serde_json::{Map, Value};

use crate::oppo::{CallError, Sent, Target};

/// Carries one notification to OPPO.
pub(crate) trait Sender {
    /// The whole request that [`Sender::unicast`] would make, the auth token masked.
    fn masked_request(&self, target: &Target, notification: &Map<String, Value>) -> String;

    /// Sends it, within a deadline of its own. An error means that nothing was pushed.
    fn unicast(
        &self,
        target: &Target,
        notification: &Map<String, Value>,
    ) -> impl Future<Output = Result<Sent, CallError>>;
}
