//! One delivery: recorded, sent, completed, whatever happens in between. Who is pushed to is decided before.

use std::time::Duration;

use serde_json::{Map, Value};

use super::app_message_id;
use super::decision::{Decision, DecisionKind};
use crate::clock::Timestamp;
use crate::config::{Certificate, Profile, Region};
use crate::failure::{Explain, Kind, Problem, Remedy, Warning};
use crate::notification::{Checked, Refusal, refusal};
use crate::oppo::{CallError, Exchange, Outcome, Sent, Target};
use crate::store::deliveries::{self as table, Completion, DeliveryId, DeliveryTarget, NewDelivery, Status};
use crate::store::{Store, StoreError};

/// One notification to one target.
#[derive(Clone, Debug)]
pub(crate) struct Delivery<'a> {
    pub(crate) profile: &'a str,
    pub(crate) region: Region,
    pub(crate) certificate_id: i64,
    pub(crate) app_id: &'a str,
    /// The owner of the device, if a token report led here.
    pub(crate) user: Option<&'a str>,
    pub(crate) device: Option<&'a str>,
    pub(crate) target: Target,
    pub(crate) notification: &'a Checked,
    /// How long the sender may take, retries included.
    pub(crate) answer_within: Duration,
}

impl<'a> Delivery<'a> {
    /// One to a regId or an alias: it goes out at once, because OPPO itself knows neither users nor certificate IDs.
    pub(crate) fn direct(
        profile: &'a Profile,
        certificate: &'a Certificate,
        target: Target,
        notification: &'a Checked,
        answer_within: Duration,
    ) -> Self {
        Delivery {
            profile: &profile.name,
            region: profile.region.value,
            certificate_id: certificate.id.get(),
            app_id: &certificate.app_id,
            user: None,
            device: None,
            target,
            notification,
            answer_within,
        }
    }
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
    /// OPPO's outcome, or why nothing was sent.
    pub(crate) outcome: Result<Outcome, Problem>,
    /// OPPO accepted it, and the state database could not be told.
    pub(crate) unrecorded: Option<Problem>,
    pub(crate) elapsed_ms: i64,
    /// Every request that was made, auth calls included, secrets masked.
    pub(crate) exchanges: Vec<Exchange>,
    /// What a refusal means for this notification, where that is more than the code says.
    pub(crate) refusal: Option<Refusal>,
    pub(crate) warnings: Vec<Warning>,
}

impl Delivered {
    /// The status that results and history show.
    pub(crate) fn status(&self) -> Status {
        match self.outcome {
            Ok(Outcome::Accepted { .. }) => Status::Accepted,
            Ok(Outcome::Refused(_)) => Status::Refused,
            Ok(Outcome::Unknown(_)) => Status::Unknown,
            Err(_) => Status::NotSent,
        }
    }

    pub(crate) fn message_id(&self) -> Option<&str> {
        match &self.outcome {
            Ok(Outcome::Accepted { message_id, .. }) => Some(message_id),
            _ => None,
        }
    }

    /// What is wrong; nothing if OPPO accepted it and the history knows.
    pub(crate) fn problem(&self) -> Option<Problem> {
        self.not_accepted().or_else(|| self.unrecorded.clone())
    }

    fn not_accepted(&self) -> Option<Problem> {
        let problem = match self.outcome.clone() {
            Ok(Outcome::Accepted { .. }) => return None,
            Ok(Outcome::Refused(error)) => match &self.refusal {
                None => error.explain(),
                Some(Refusal { cause, remedy }) => {
                    let message = format!("OPPO refused the push: {} {}: {cause}", error.code, error.words());
                    Problem { message, hint: Box::new(remedy.clone()), ..error.explain() }
                }
            },
            Ok(Outcome::Unknown(unknown)) => unknown.explain(),
            Err(problem) => problem,
        };
        let reg_id = self.target.as_ref().filter(|target| matches!(target, Target::RegId(_)));
        let hint = Remedy::from(problem.hint)
            .fill("NUMBER", self.id)
            .fill("ID", self.certificate_id)
            .fill("USER", self.user.as_ref())
            .fill("REGID", reg_id.map(Target::value));
        Some(Problem { hint: Box::new(hint), ..problem })
    }
}

/// Records the delivery, sends it, completes the record. Without a record nothing is sent.
pub(crate) async fn deliver(store: &Store, client: &impl Sender, request: Delivery<'_>) -> Delivered {
    let begun_at = store.now();
    let mut notification = request.notification.wire().clone();
    let app_message_id = app_message_id::ensure(&mut notification, begun_at);
    let parameter = notification.get("call_back_parameter").and_then(|value| value.as_str());
    let new = NewDelivery {
        profile: request.profile.into(),
        region: request.region.as_str().into(),
        certificate_id: Some(request.certificate_id),
        app_id: Some(request.app_id.into()),
        user: request.user.map(Into::into),
        device: request.device.map(Into::into),
        target: Some(row_target(&request.target)),
        app_message_id: Some(app_message_id.clone()),
        call_back_parameter: parameter.map(Into::into),
        decision: DecisionKind::Push.name().into(),
        request: client.masked_request(&request.target, &notification),
        answer_within: request.answer_within,
    };
    let (id, outcome, exchanges, lost) = match table::begin(store, &new) {
        Err(error) => (None, Err(error.explain()), Vec::new(), None),
        Ok(id) => {
            let record = OpenRecord { store, id: Some(id) };
            let (outcome, exchanges, tries) = match client.unicast(&request.target, &notification).await {
                Ok(Sent { outcome, exchanges, tries }) => (Ok(outcome), exchanges, tries),
                Err(mut error) => {
                    let exchanges = std::mem::take(&mut error.exchanges);
                    (Err(error.explain()), exchanges, 0)
                }
            };
            let answer = exchanges.last().and_then(|exchange| exchange.answer.clone());
            let lost = record.complete(&Completion { outcome: row_outcome(&outcome), tries, answer });
            (Some(id), outcome, exchanges, lost)
        }
    };
    let (mut warnings, unrecorded) = match (&outcome, lost) {
        (Ok(Outcome::Accepted { warnings, message_id }), lost) => {
            (warnings.clone(), lost.map(|error| accepted_unrecorded(message_id, error)))
        }
        (_, lost) => (lost.map(not_recorded).into_iter().collect(), None),
    };
    warnings.extend(id.and_then(|id| repeats(store, &new, id)));
    Delivered {
        id,
        certificate_id: new.certificate_id,
        user: new.user,
        device: new.device,
        target: Some(request.target),
        app_message_id: Some(app_message_id),
        decision: Decision::direct(),
        refusal: meaning(&outcome, &notification),
        outcome,
        unrecorded,
        elapsed_ms: elapsed_ms(begun_at, store.now()),
        exchanges,
        warnings,
    }
}

/// What a refusal means for this notification.
fn meaning(outcome: &Result<Outcome, Problem>, notification: &Map<String, Value>) -> Option<Refusal> {
    match outcome {
        Ok(Outcome::Refused(error)) => refusal(error.code, notification),
        _ => None,
    }
}

/// An earlier push to the same target had this app_message_id: OPPO shows the first only, and accepts both.
fn repeats(store: &Store, new: &NewDelivery, id: DeliveryId) -> Option<Warning> {
    let (target, of_app) = (new.target.as_ref()?.value(), new.app_message_id.as_deref()?);
    let earlier = table::earlier_with_same_id(store, new.app_id.as_deref(), target, of_app, id).ok()??;
    let message = format!(
        "push {} of {:.0} went to the same target with app_message_id {of_app}: OPPO shows the first only, and accepts both",
        earlier.id, earlier.begun_at
    );
    let hint = "leave the app_message_id out, or give each message its own";
    Some(Warning::new(message, hint).at("--app-message-id"))
}

/// A target as the history keeps it.
fn row_target(target: &Target) -> DeliveryTarget {
    match target {
        Target::RegId(reg_id) => DeliveryTarget::RegId(reg_id.as_str().into()),
        Target::Alias(alias) => DeliveryTarget::Alias(alias.as_str().into()),
    }
}

/// An outcome as the history keeps it.
fn row_outcome(outcome: &Result<Outcome, Problem>) -> table::Outcome {
    match outcome {
        Ok(Outcome::Accepted { message_id, .. }) => {
            table::Outcome::Accepted { message_id: message_id.clone() }
        }
        Ok(Outcome::Refused(error)) => {
            table::Outcome::Refused { code: error.code, words: error.words().to_owned() }
        }
        Ok(Outcome::Unknown(unknown)) => {
            table::Outcome::Unknown { reason: unknown.clone().explain().message }
        }
        Err(problem) => table::Outcome::NotSent { reason: problem.message.clone() },
    }
}

/// One problem for several deliveries, which decides the exit code; nothing if all that were tried were accepted. A "no"
/// of the offline-push rule beside a push is the rule at work, not a failure.
pub(crate) fn overall(deliveries: &[Delivered]) -> Option<Problem> {
    let tried: Vec<&Delivered> = deliveries.iter().filter(|one| one.decision.is_push()).collect();
    if tried.is_empty() {
        return deliveries.iter().find_map(Delivered::problem);
    }
    let mut problems: Vec<Problem> = tried.iter().filter_map(|one| one.not_accepted()).collect();
    if problems.is_empty() {
        return tried.iter().find_map(|one| one.problem());
    }
    if problems.len() == tried.len() {
        return problems.drain(..).next();
    }
    let was = if problems.len() == 1 { "was" } else { "were" };
    Some(Problem::new(
        Kind::PartlyDone,
        format!("{} of {} pushes {was} not accepted", problems.len(), tried.len()),
        "each item says what stopped it; those that OPPO accepted need no repeat",
    ))
}

/// The row of a delivery without an answer yet. Dropped (Ctrl-C ends the send), it is completed as unknown.
pub(super) struct OpenRecord<'a> {
    pub(super) store: &'a Store,
    pub(super) id: Option<DeliveryId>,
}

impl OpenRecord<'_> {
    pub(super) fn complete(mut self, end: &Completion) -> Option<StoreError> {
        table::complete(self.store, self.id.take()?, end).err()
    }
}

fn not_recorded(error: StoreError) -> Warning {
    let message = format!("the outcome could not be recorded in the history: {error}");
    Warning::new(message, error.explain().hint).with_id("not-recorded")
}

/// The push is done, but what is kept here does not say so.
fn accepted_unrecorded(message_id: &str, error: StoreError) -> Problem {
    let message =
        format!("OPPO accepted this push as {message_id}, but the history could not be told: {error}");
    let hint = format!("do not send it again; {}", error.explain().hint.sentence());
    Problem::new(Kind::StateDatabase, message, hint)
}

impl Drop for OpenRecord<'_> {
    fn drop(&mut self) {
        if let Some(id) = self.id.take() {
            let outcome = table::Outcome::Unknown { reason: table::STOPPED.into() };
            // An error has no reader here; the list calls a row without an end unknown by itself.
            let _ = table::complete(self.store, id, &Completion { outcome, tries: 0, answer: None });
        }
    }
}

fn elapsed_ms(from: Timestamp, to: Timestamp) -> i64 {
    (to.as_millisecond() - from.as_millisecond()).max(0)
}

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

#[cfg(test)]
mod tests;
