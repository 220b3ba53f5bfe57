//! What the IM server says now: the account, the state of its terminals, why pushes were lost, the trace of one.
//! All of it only reads.

use std::time::Duration;

use crate::failure::{Explain, Problem};
use crate::im::{Client, ImError};

use super::super::evidence::{Evidence, LiveAnswer};
use super::live_presence;

/// Losses are asked for this long back.
const LOSSES_OF: Duration = Duration::from_secs(24 * 60 * 60);

/// Asks the IM server about the user in question. `client` is a problem where the settings can't be used, and none where
/// the profile has none.
pub(crate) async fn im_server(evidence: &mut Evidence, client: Option<Result<&Client, Problem>>) {
    let client = match client {
        None => return not_asked(evidence, "the profile has no settings of an IM server"),
        Some(Err(problem)) => {
            not_asked(evidence, "the IM server could not be asked");
            evidence.account = LiveAnswer::Failed(problem);
            return;
        }
        Some(Ok(client)) => client,
    };
    not_asked(evidence, "no user is asked about");
    let user = evidence.subject.as_ref().and_then(|subject| subject.user().map(str::to_owned));
    if let Some(user) = user {
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

impl<T> LiveAnswer<T> {
    fn and_then<U>(self, then: impl FnOnce(T) -> LiveAnswer<U>) -> LiveAnswer<U> {
        match self {
            LiveAnswer::Answered(answer) => then(answer),
            LiveAnswer::Failed(problem) => LiveAnswer::Failed(problem),
            LiveAnswer::NotAsked(why) => LiveAnswer::NotAsked(why),
        }
    }
}
