//! What the IM server says now: the account, the state of its terminals, why pushes were lost, the trace of one.
//! All of it only reads.

use std::time::Duration;

use crate::config::Profile;
use crate::failure::{Explain, Failure};
use crate::im::{Client, ImError};
use crate::services::{ImService, Setup};
use crate::session::Session;

use super::super::evidence::{Evidence, LiveAnswer};
use super::live_presence;

/// Losses are asked for this long back.
const LOSSES_OF: Duration = Duration::from_secs(24 * 60 * 60);

/// Asks the IM server about the user in question, if the profile has one.
pub(crate) async fn im_server(session: &Session, profile: &Profile, evidence: &mut Evidence) {
    if profile.im.is_none() {
        return not_asked(evidence, "the profile has no settings of an IM server");
    }
    match ImService::open(session, profile, Setup::LookOnly).await {
        Ok(service) => {
            ask(&service.client, evidence).await;
            service.close().await;
        }
        Err(failure) => {
            not_asked(evidence, "the IM server could not be asked");
            evidence.account = failure.into();
        }
    }
}

async fn ask(client: &Client, evidence: &mut Evidence) {
    not_asked(evidence, "no user is asked about");
    if let Some(user) = evidence.subject.as_ref().and_then(|subject| subject.user.clone()) {
        let users = [user];
        evidence.account = asked(client.accounts(&users).await).and_then(|mut accounts| {
            match accounts.pop().map(|account| account.imported) {
                Some(Ok(imported)) => LiveAnswer::Answered(imported),
                Some(Err(refusal)) => LiveAnswer::Failed(refusal.explain()),
                None => LiveAnswer::NotAsked("the IM server said nothing of the user".into()),
            }
        });
        evidence.im_state = asked(client.states(&users).await).and_then(|mut states| match states.pop() {
            Some(state) => match &state.state {
                Ok(_) => LiveAnswer::Answered(state),
                Err(refusal) => LiveAnswer::Failed(refusal.clone().explain()),
            },
            None => LiveAnswer::NotAsked("the IM server said nothing of the user".into()),
        });
        live_presence::presence(evidence);
    }
    let from = evidence.now.checked_sub(LOSSES_OF).unwrap_or(evidence.now);
    evidence.losses = asked(client.losses(from, evidence.now).await);
    evidence.trace = match push_id(evidence) {
        Some(push_id) => asked(client.trace(&push_id).await),
        None => LiveAnswer::NotAsked("no PushID is known".into()),
    };
}

fn push_id(evidence: &Evidence) -> Option<String> {
    let last = || evidence.events.iter().find_map(|event| event.event.push_id.clone());
    evidence.question.push_id.clone().or_else(last)
}

fn asked<T>(answer: Result<T, ImError>) -> LiveAnswer<T> {
    match answer {
        Ok(answer) => LiveAnswer::Answered(answer),
        Err(error) => LiveAnswer::Failed(error.explain()),
    }
}

fn not_asked(evidence: &mut Evidence, why: &str) {
    evidence.account = LiveAnswer::NotAsked(why.into());
    evidence.im_state = LiveAnswer::NotAsked(why.into());
    evidence.losses = LiveAnswer::NotAsked(why.into());
    evidence.trace = LiveAnswer::NotAsked(why.into());
}

impl<T> From<Failure> for LiveAnswer<T> {
    fn from(failure: Failure) -> Self {
        let first = failure.into_problems().into_iter().next();
        first.map_or_else(|| LiveAnswer::NotAsked("no reason is known".into()), LiveAnswer::Failed)
    }
}

impl<T> LiveAnswer<T> {
    fn and_then<U>(self, then: impl FnOnce(T) -> LiveAnswer<U>) -> LiveAnswer<U> {
        match self {
            LiveAnswer::Answered(answer) => then(answer),
            LiveAnswer::Failed(problem) => LiveAnswer::Failed(problem),
            LiveAnswer::NotAsked(why) => LiveAnswer::NotAsked(why),
        }
    }
}
