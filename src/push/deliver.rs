//! The story of one delivery: recorded, sent, completed, whatever happens in between.
//! Who is pushed to is decided before; how it travels is the sender's business.

use std::time::Duration;

use super::app_message_id;
use super::decision::{Answer, Decision};
use super::sender::{SendOutcome, Sender, Sent, record};
use crate::clock::Timestamp;
use crate::config::Region;
use crate::failure::{Explain, Kind, Problem, Warning};
use crate::notification::Checked;
use crate::oppo::{Exchange, Target};
use crate::store::Store;
use crate::store::deliveries::{self as table, Completion, DeliveryId, NewDelivery, Outcome, Status};

/// One notification to one target.
#[derive(Clone, Debug)]
pub(crate) struct Delivery<'a> {
    pub(crate) profile: &'a str,
    pub(crate) region: Region,
    pub(crate) certificate_id: i64,
    pub(crate) app_id: &'a str,
    /// Whose device it is, where a token report led here.
    pub(crate) user: Option<&'a str>,
    pub(crate) device: Option<&'a str>,
    pub(crate) target: Target,
    pub(crate) notification: &'a Checked,
    /// How long the sender may take, retries included.
    pub(crate) answer_within: Duration,
}

/// What became of a delivery.
#[derive(Clone, Debug)]
pub(crate) struct Delivered {
    /// Its number in the history; `None` if it could not be recorded, and so was not sent.
    pub(crate) id: Option<DeliveryId>,
    pub(crate) certificate_id: Option<i64>,
    pub(crate) user: Option<String>,
    pub(crate) device: Option<String>,
    pub(crate) target: Option<Target>,
    pub(crate) app_message_id: Option<String>,
    pub(crate) decision: Decision,
    pub(crate) outcome: SendOutcome,
    pub(crate) tries: u32,
    pub(crate) elapsed_ms: i64,
    pub(crate) masked_request: String,
    pub(crate) masked_answer: Option<String>,
    /// Every request that was made, auth calls included, secrets masked.
    pub(crate) exchanges: Vec<Exchange>,
    pub(crate) warnings: Vec<Warning>,
}

impl Delivered {
    /// The status that results and history show.
    pub(crate) fn status(&self) -> Status {
        match self.outcome {
            SendOutcome::Accepted { .. } => Status::Accepted,
            SendOutcome::Refused { .. } => Status::Refused,
            SendOutcome::Unknown(_) => Status::Unknown,
            SendOutcome::Failed(_) => Status::NotSent,
        }
    }

    pub(crate) fn message_id(&self) -> Option<&str> {
        match &self.outcome {
            SendOutcome::Accepted { message_id, .. } => Some(message_id),
            _ => None,
        }
    }

    /// What is wrong; nothing if OPPO accepted it.
    pub(crate) fn problem(&self) -> Option<&Problem> {
        match &self.outcome {
            SendOutcome::Accepted { .. } => None,
            SendOutcome::Refused { problem, .. }
            | SendOutcome::Unknown(problem)
            | SendOutcome::Failed(problem) => Some(problem),
        }
    }
}

/// Records the delivery, sends it, completes the record. Without a record nothing is sent.
pub(crate) async fn deliver(store: &Store, client: &impl Sender, request: Delivery<'_>) -> Delivered {
    let begun_at = store.now();
    let mut notification = request.notification.wire().clone();
    let app_message_id = app_message_id::ensure(&mut notification, begun_at);
    let masked_request = client.masked_request(&request.target, &notification);
    let new = NewDelivery {
        profile: request.profile.into(),
        region: request.region.as_str().into(),
        certificate_id: Some(request.certificate_id),
        app_id: Some(request.app_id.into()),
        user: request.user.map(Into::into),
        device: request.device.map(Into::into),
        target: Some(record(&request.target)),
        app_message_id: Some(app_message_id.clone()),
        call_back_parameter: notification
            .get("call_back_parameter")
            .and_then(|value| value.as_str())
            .map(str::to_owned),
        decision: Answer::Push.name().into(),
        request: masked_request.clone(),
        answer_within: request.answer_within,
    };
    let mut warnings = Vec::new();
    let (id, sent) = match table::begin(store, &new) {
        Err(error) => (None, not_sent(error.explain())),
        Ok(id) => {
            let flight = InFlight { store, id: Some(id) };
            let sent = client.unicast(&request.target, &notification).await;
            warnings.extend(flight.land(&sent).err());
            (Some(id), sent)
        }
    };
    if let SendOutcome::Accepted { warnings: from_sender, .. } = &sent.outcome {
        warnings.extend(from_sender.iter().cloned());
    }
    Delivered {
        id,
        certificate_id: new.certificate_id,
        user: new.user,
        device: new.device,
        target: Some(request.target),
        app_message_id: Some(app_message_id),
        decision: Decision::direct(),
        outcome: sent.outcome,
        tries: sent.tries,
        elapsed_ms: elapsed_ms(begun_at, store.now()),
        masked_request,
        masked_answer: sent.masked_answer,
        exchanges: sent.exchanges,
        warnings,
    }
}

/// One problem for several deliveries, which decides the exit code; nothing if all that were tried were accepted. A "no"
/// of the offline-push rule beside a push is the rule at work, not a failure.
pub(crate) fn overall(deliveries: &[Delivered]) -> Option<Problem> {
    let tried: Vec<&Delivered> = deliveries.iter().filter(|one| one.decision.is_push()).collect();
    if tried.is_empty() {
        return deliveries.iter().find_map(Delivered::problem).cloned();
    }
    let problems: Vec<&Problem> = tried.iter().copied().filter_map(Delivered::problem).collect();
    let first = problems.first()?;
    if problems.len() == tried.len() {
        return Some((*first).clone());
    }
    let was = if problems.len() == 1 { "was" } else { "were" };
    Some(Problem::new(
        Kind::PartlyDone,
        format!("{} of {} pushes {was} not accepted", problems.len(), tried.len()),
        "each item says what stopped it; those that OPPO accepted need no repeat",
    ))
}

fn not_sent(problem: Problem) -> Sent {
    Sent { outcome: SendOutcome::Failed(problem), tries: 0, masked_answer: None, exchanges: Vec::new() }
}

/// A delivery whose answer is awaited. Dropped on the way (Ctrl-C ends the story), it is completed as unknown.
struct InFlight<'a> {
    store: &'a Store,
    id: Option<DeliveryId>,
}

impl InFlight<'_> {
    /// Completes the record. The push is done either way, so a failure is only a warning.
    fn land(mut self, sent: &Sent) -> Result<(), Warning> {
        let Some(id) = self.id.take() else { return Ok(()) };
        let end = Completion {
            outcome: match &sent.outcome {
                SendOutcome::Accepted { message_id, .. } => {
                    Outcome::Accepted { message_id: message_id.clone() }
                }
                SendOutcome::Refused { code, message, .. } => {
                    Outcome::Refused { code: *code, words: message.clone() }
                }
                SendOutcome::Unknown(problem) => Outcome::Unknown { reason: problem.message.clone() },
                SendOutcome::Failed(problem) => Outcome::NotSent { reason: problem.message.clone() },
            },
            tries: sent.tries,
            answer: sent.masked_answer.clone(),
        };
        match table::complete(self.store, id, &end) {
            Ok(_) => Ok(()),
            Err(error) => {
                let message = format!("the outcome could not be recorded in the history: {error}");
                Err(Warning::new(message, error.explain().hint).with_id("not-recorded"))
            }
        }
    }
}

impl Drop for InFlight<'_> {
    fn drop(&mut self) {
        if let Some(id) = self.id.take() {
            let outcome = Outcome::Unknown { reason: table::STOPPED.into() };
            // Nobody is left to be told of an error; the list calls a record without an end unknown by itself.
            let _ = table::complete(self.store, id, &Completion { outcome, tries: 0, answer: None });
        }
    }
}

fn elapsed_ms(from: Timestamp, to: Timestamp) -> i64 {
    (to.as_millisecond() - from.as_millisecond()).max(0)
}

#[cfg(test)]
mod tests;
