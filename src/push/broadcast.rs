//! A broadcast's calls one after the other: each recorded before it goes out, none made again that may have been taken.
//! The first call that is not accepted is the last one.

use std::collections::BTreeMap;
use std::time::Duration;

use schemars::JsonSchema;
use serde::Serialize;

use super::audience::Targets;
use super::deliver::OpenRecord;
use super::oppo_sender::describe;
use crate::failure::{Explain, Failure, Kind, Problem, Remedy, Warning};
use crate::oppo::{
    Audience, BroadcastOutcome, Client, Credentials, Exchange, Question, TokenCache, VendorError,
};
use crate::store::Store;
use crate::store::broadcasts::{self as table, KeptCall, NewCall};
use crate::store::deliveries::{self, Completion, DeliveryId, NewDelivery, Outcome, Status};

/// What became of a call of a broadcast, as it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema, strum::Display)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub(crate) enum CallStatus {
    /// OPPO took the call for sending.
    Accepted,
    /// An earlier command sent the message to these targets, and OPPO accepted it; nothing was sent now.
    AlreadySent,
    /// OPPO answered with a code other than 0.
    Refused,
    /// The request went out, now or earlier, and what became of it is not known.
    Unknown,
    /// Nothing reached OPPO.
    NotSent,
    /// Nothing was sent, as `--dry-run` asks.
    DryRun,
}

/// A saved message, and who gets it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Broadcast<'a> {
    pub(crate) profile: &'a str,
    pub(crate) region: &'a str,
    pub(crate) certificate_id: i64,
    pub(crate) app_id: &'a str,
    pub(crate) message_id: &'a str,
    pub(crate) targets: &'a Targets,
    /// Also to targets that have got the message already.
    pub(crate) again: bool,
    /// Also to targets that may have got it.
    pub(crate) retry_unknown: bool,
    pub(crate) answer_within: Duration,
}

/// What became of one call.
#[derive(Debug)]
pub(crate) struct CallResult {
    pub(crate) status: CallStatus,
    pub(crate) targets: Option<usize>,
    pub(crate) task_id: Option<String>,
    /// Targets that OPPO refused inside the accepted call, by code.
    pub(crate) failed: BTreeMap<i64, Vec<String>>,
    pub(crate) refusal: Option<VendorError>,
    pub(crate) history: Option<DeliveryId>,
    pub(crate) problem: Option<Problem>,
    pub(crate) warnings: Vec<Warning>,
    pub(crate) exchanges: Vec<Exchange>,
}

impl CallResult {
    fn new(status: CallStatus, audience: Audience<'_>) -> CallResult {
        CallResult {
            status,
            targets: audience.count(),
            task_id: None,
            failed: BTreeMap::new(),
            refusal: None,
            history: None,
            problem: None,
            warnings: Vec::new(),
            exchanges: Vec::new(),
        }
    }

    fn is_accepted(&self) -> bool {
        matches!(self.status, CallStatus::Accepted | CallStatus::AlreadySent)
    }

    fn failed_targets(&self) -> usize {
        self.failed.values().map(Vec::len).sum()
    }
}

/// Makes the calls. An error means that the history could not be read, and nothing was sent.
pub(crate) async fn broadcast(
    store: &Store,
    client: &Client,
    (credentials, tokens): (&Credentials, &dyn TokenCache),
    wish: Broadcast<'_>,
) -> Result<Vec<CallResult>, Failure> {
    let before = table::calls_of(store, wish.app_id, wish.message_id)?;
    let mut results: Vec<CallResult> = Vec::new();
    let mut stopped = false;
    for audience in wish.targets.calls() {
        let result = match earlier(&before, audience, &wish) {
            Some(earlier) => earlier,
            None if stopped => {
                let message = "an earlier call was not accepted, so this one was not made";
                let hint =
                    "when its cause is gone, give the same command again: accepted calls are not repeated";
                CallResult {
                    problem: Some(Problem::new(Kind::PartlyDone, message, hint)),
                    ..CallResult::new(CallStatus::NotSent, audience)
                }
            }
            None => {
                let result = send(store, client, (credentials, tokens), &wish, audience).await;
                stopped = !result.is_accepted();
                result
            }
        };
        results.push(result);
    }
    Ok(results)
}

/// What an earlier command did with the same message and the same targets, where that forbids another call.
fn earlier(before: &[KeptCall], audience: Audience<'_>, wish: &Broadcast<'_>) -> Option<CallResult> {
    let digest = audience.digest();
    let mut same = before.iter().filter(|call| call.digest == digest && call.audience == audience.word());
    let accepted = same.clone().find(|call| call.status == Status::Accepted);
    if let Some(call) = accepted.filter(|_| !wish.again) {
        return Some(CallResult {
            task_id: call.task_id.clone(),
            history: Some(call.delivery),
            ..CallResult::new(CallStatus::AlreadySent, audience)
        });
    }
    // Of a call that still waits for its answer nothing is known either.
    let call = same.find(|call| matches!(call.status, Status::Unknown | Status::Pending))?;
    if wish.retry_unknown || wish.again {
        return None;
    }
    let message = format!(
        "push {} sent this message to these targets at {:.0}, and whether OPPO took it is not known",
        call.delivery, call.begun_at
    );
    Some(CallResult {
        history: Some(call.delivery),
        problem: Some(Problem::new(Kind::OutcomeUnknown, message, LOOK_FIRST)),
        ..CallResult::new(CallStatus::Unknown, audience)
    })
}

const LOOK_FIRST: &str =
    "look at a phone or in OPPO's console first; the same command with --retry-unknown sends to them again";

async fn send(
    store: &Store,
    client: &Client,
    (credentials, tokens): (&Credentials, &dyn TokenCache),
    wish: &Broadcast<'_>,
    audience: Audience<'_>,
) -> CallResult {
    let failed =
        |problem| CallResult { problem: Some(problem), ..CallResult::new(CallStatus::NotSent, audience) };
    let question = Question::broadcast(wish.message_id, audience);
    let new = NewDelivery {
        profile: wish.profile.into(),
        region: wish.region.into(),
        certificate_id: Some(wish.certificate_id),
        app_id: Some(wish.app_id.into()),
        decision: super::DecisionKind::Push.name().into(),
        request: describe(&shortened(question.planned(client.endpoints()), audience)),
        answer_within: wish.answer_within,
        ..NewDelivery::default()
    };
    let delivery = match deliveries::begin(store, &new) {
        Ok(delivery) => delivery,
        Err(error) => return failed(error.explain()),
    };
    let record = OpenRecord { store, id: Some(delivery) };
    let call = NewCall {
        delivery,
        app_id: wish.app_id,
        message_id: wish.message_id,
        audience: audience.word(),
        digest: &audience.digest(),
        targets: audience.count(),
    };
    if let Err(error) = table::put_call(store, &call) {
        let problem = error.explain();
        record.complete(&not_sent(&problem));
        return CallResult { history: Some(delivery), ..failed(problem) };
    }
    let result = CallResult { history: Some(delivery), ..CallResult::new(CallStatus::NotSent, audience) };
    let answered = client.broadcast(credentials, tokens, &question).await;
    finish(store, wish, record, result, answered)
}

/// The record's end, and the result.
fn finish(
    store: &Store,
    wish: &Broadcast<'_>,
    record: OpenRecord<'_>,
    mut result: CallResult,
    answered: Result<crate::oppo::Broadcasted, crate::oppo::CallError>,
) -> CallResult {
    let delivery = record.id;
    let (exchanges, outcome) = match answered {
        Ok(sent) => (sent.exchanges, Ok(sent.outcome)),
        Err(error) => (error.exchanges, Err(error.cause.explain())),
    };
    let tries = exchanges.iter().filter(|one| one.call == crate::oppo::Call::Broadcast).count() as u32;
    let answer = exchanges.last().and_then(|exchange| exchange.answer.clone());
    let kept = match outcome {
        Ok(BroadcastOutcome::Accepted { task_id, failed }) => {
            (result.status, result.task_id, result.failed) = (CallStatus::Accepted, task_id, failed);
            Outcome::Accepted { message_id: wish.message_id.into() }
        }
        Ok(BroadcastOutcome::Refused(error)) => {
            result.status = CallStatus::Refused;
            result.problem = Some(error.clone().explain());
            let kept = Outcome::Refused { code: error.code, words: error.words().to_owned() };
            result.refusal = Some(error);
            kept
        }
        Ok(BroadcastOutcome::Unknown(unknown)) => {
            result.status = CallStatus::Unknown;
            let problem = unknown.explain();
            let reason = problem.message.clone();
            result.problem = Some(Problem { hint: Box::new(LOOK_FIRST.into()), ..problem });
            Outcome::Unknown { reason }
        }
        Err(problem) => {
            let reason = problem.message.clone();
            result.problem = Some(problem);
            Outcome::NotSent { reason }
        }
    };
    let told = match (delivery, &result.task_id) {
        (Some(delivery), Some(task_id)) => table::put_task(store, delivery, task_id).err(),
        _ => None,
    };
    let tries = if matches!(kept, Outcome::NotSent { .. }) { 0 } else { tries };
    if let Some(error) = record.complete(&Completion { outcome: kept, tries, answer }).or(told) {
        let message = format!("the outcome could not be recorded in the history: {error}");
        result.warnings.push(Warning::new(message, error.explain().hint).with_id("not-recorded"));
    }
    CallResult { exchanges, ..result }
}

fn not_sent(problem: &Problem) -> Completion {
    let outcome = Outcome::NotSent { reason: problem.message.clone() };
    Completion { outcome, tries: 0, answer: None }
}

/// The request as the history keeps it: of a long list its first targets.
fn shortened(mut planned: Exchange, audience: Audience<'_>) -> Exchange {
    let few = match audience {
        Audience::RegIds(list) | Audience::Aliases(list) if list.len() > 3 => {
            Some(format!("{};… ({} in all)", list[..3].join(";"), list.len()))
        }
        _ => None,
    };
    for (name, value) in &mut planned.form {
        if let (true, Some(few)) = (name == "target_value", &few) {
            value.clone_from(few);
        }
    }
    planned
}

/// One problem for all calls, which decides the exit code; nothing where every target was accepted.
pub(crate) fn overall_of(results: &[CallResult]) -> Option<Problem> {
    let accepted = results.iter().filter(|one| one.is_accepted()).count();
    if accepted == 0 {
        return results.iter().find_map(|one| one.problem.clone());
    }
    let failed: usize = results.iter().map(CallResult::failed_targets).sum();
    let problems = results.len() - accepted;
    if problems == 0 && failed == 0 {
        return None;
    }
    if problems == 0 && results.iter().map(|one| one.targets).sum::<Option<usize>>() == Some(failed) {
        let codes: Vec<i64> = results.iter().flat_map(|one| one.failed.keys().copied()).collect();
        let message = format!("OPPO refused all {failed} targets of the broadcast");
        let hint = Remedy::run("see what the code means", "explain <CODE>").fill("CODE", codes.first());
        return Some(Problem::new(Kind::VendorRefused, message, hint).with_code(codes[0]));
    }
    let message = match problems {
        0 => format!("{failed} targets of the broadcast were refused"),
        _ => format!("{problems} of {} calls of the broadcast were not accepted", results.len()),
    };
    let hint = "each item has the codes and what stopped it; those that OPPO accepted need no repeat";
    Some(Problem::new(Kind::PartlyDone, message, hint))
}
