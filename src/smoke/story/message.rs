//! A story's message through the IM server, and what the server decided for it.

use serde_json::Value;

use super::seen::{Seen, words};
use super::step::MessageStep;
use crate::failure::Failure;
use crate::im::message::{Draft, text_body};
use crate::sandbox::im::Attempt;
use crate::services::sandbox::SandboxTarget;
use crate::services::{ImService, Setup};
use crate::session::Session;

/// How many decisions are asked for, of one message to one user.
const DECISIONS: usize = 1000;

/// Sent as by `im send`. Its answer says nothing of a push; the sandbox's record does.
pub(super) async fn message(session: &Session, target: &SandboxTarget, step: &MessageStep) -> Seen {
    let attempts = sent(session, target, step).await.map_err(words)?;
    let pushed: Vec<&str> = attempts
        .iter()
        .filter(|attempt| attempt.reason.is_none())
        .filter_map(|attempt| attempt.phone.as_deref())
        .collect();
    let reasons: Vec<&str> = attempts.iter().filter_map(|attempt| attempt.reason.as_deref()).collect();
    let seen = match (pushed.is_empty(), reasons.is_empty()) {
        (false, _) => format!("pushed to {}", pushed.join(", ")),
        (true, false) => format!("not pushed: {}", reasons.join(", ")),
        (true, true) => "the IM server decided nothing for it".to_owned(),
    };
    let as_told = match &step.reason {
        None => !pushed.is_empty(),
        Some(reason) => pushed.is_empty() && reasons.contains(&reason.as_str()),
    };
    if as_told { Ok(seen) } else { Err(seen) }
}

/// What the IM server decided, phone by phone.
async fn sent(
    session: &Session,
    target: &SandboxTarget,
    step: &MessageStep,
) -> Result<Vec<Attempt>, Failure> {
    let mut draft = Draft::default();
    draft.flag("--to", step.to.as_str()).flag("--text", text_body(&step.text));
    if let Some(from) = &step.from {
        draft.flag("--from", from.as_str());
    }
    // Its own for each message: the server takes two alike within a second for one.
    draft.set("MsgRandom", rand::random::<u32>(), "--message-file");
    if let Some(title) = &step.title {
        draft.flag("--title", title.as_str());
    }
    draft.flag("--desc", step.text.as_str());
    if !step.extras.is_empty() {
        draft.set("OfflinePushInfo.Ext", Value::Object(step.extras.clone()).to_string(), "--ext-json");
    }
    let message = draft.check().map_err(Failure::all)?;
    let service = ImService::open(session, &target.profile, Setup::Register).await?;
    let taken = service.client.send(&message).await;
    service.close().await;
    let key = taken.map_err(|error| error.of_a_change("the message"))?.key;
    let mut attempts = target.control.pushes(None, Some(&step.to), DECISIONS).await?;
    attempts.retain(|attempt| key.as_ref() == Some(&attempt.msg_key));
    Ok(attempts)
}
