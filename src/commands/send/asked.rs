//! What the IM server says of a user, asked before the rule is: shown, and kept as the user's presence.
//! What a state means for a push belongs to `push`; the question itself to `im`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::{Ctx, block_on};
use super::super::im::Service;
use crate::config::Profile;
use crate::failure::{Explain, Failure};
use crate::im::{State, UserState};
use crate::output::{Page, Warning};
use crate::push::presence::{self, Say};
use crate::store::Store;
use crate::store::presence::{PresenceState, ToldBy, of_user};

/// The IM server's code for a user that was never imported (tencent-im-push reference, section 12).
const NO_SUCH_USER: i64 = 70107;

/// What the IM server said of the user.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AskedJson {
    /// Online, PushOnline or Offline, as the REST API says; null if it knows no such user.
    rest: Option<String>,
    /// ONLINE, OFFLINE or UNLOGINED, as the client SDK says.
    sdk: Option<String>,
    /// Each terminal, with its REST word.
    terminals: Vec<(String, String)>,
    /// What was made of it: counts, set-by-hand (what was set by hand counts instead) or unknown.
    used: String,
}

/// Asks, if the profile has IM settings. That it can't be asked is a warning: what is known here decides then.
pub(super) fn ask(
    ctx: &Ctx,
    profile: &Profile,
    store: &Store,
    user: &str,
    warnings: &mut Vec<Warning>,
) -> Result<Option<AskedJson>, Failure> {
    if profile.im.is_none() {
        return Ok(None);
    }
    block_on(ask_within(ctx, profile, store, user, warnings))
}

/// The same for who runs an event loop already.
pub(in crate::commands) async fn ask_within(
    ctx: &Ctx,
    profile: &Profile,
    store: &Store,
    user: &str,
    warnings: &mut Vec<Warning>,
) -> Result<Option<AskedJson>, Failure> {
    if profile.im.is_none() {
        return Ok(None);
    }
    let answer = states(ctx, profile, user).await;
    let by_hand = of_user(store, &profile.name, user)?.iter().any(|known| known.told_by == ToldBy::Hand);
    let nobody = || AskedJson {
        rest: None,
        sdk: None,
        terminals: Vec::new(),
        used: if by_hand { "set-by-hand" } else { "unknown" }.into(),
    };
    let answered = match answer {
        Ok(mut states) => states.pop(),
        // A user who never logged in there: the app may have reported here all the same.
        Err(failure) if failure.problems().iter().any(|problem| problem.code == Some(NO_SUCH_USER)) => {
            return Ok(Some(nobody()));
        }
        Err(failure) => {
            let why = failure.problems().first().map(|problem| problem.message.clone()).unwrap_or_default();
            let hint = "what is known here decides; see opush im check";
            warnings
                .push(Warning::new(format!("the IM server could not be asked about {user}: {why}"), hint));
            return Ok(None);
        }
    };
    let Some(answered) = answered else { return Ok(None) };
    let terminals = answered.terminals.iter();
    let terminals = terminals.map(|one| (one.platform.clone(), one.state.rest().to_owned())).collect();
    match &answered.state {
        Ok(state) => {
            let used = match meaning(state).filter(|_| !by_hand) {
                Some(means) => {
                    keep(store, profile, user, means)?;
                    "counts"
                }
                None if by_hand => "set-by-hand",
                None => "unknown",
            };
            Ok(Some(AskedJson {
                rest: Some(state.rest().to_owned()),
                sdk: Some(state.sdk().to_owned()),
                terminals,
                used: used.into(),
            }))
        }
        Err(refusal) => {
            ctx.detail(&refusal.clone().explain().message);
            Ok(Some(nobody()))
        }
    }
}

async fn states(ctx: &Ctx, profile: &Profile, user: &str) -> Result<Vec<UserState>, Failure> {
    let service = Service::open(ctx, profile).await?;
    let states = service.client.states(&[user.to_owned()]).await;
    service.close().await;
    Ok(states?)
}

/// The server does not say why somebody is Offline; logged out is the plainest reason.
fn meaning(state: &State) -> Option<PresenceState> {
    match state {
        State::Online => Some(PresenceState::Online),
        State::PushOnline => Some(PresenceState::Killed),
        State::Offline => Some(PresenceState::LoggedOut),
        State::Other(_) => None,
    }
}

/// Kept for all the user's devices: the server names platforms, not devices. It kicks nobody.
fn keep(store: &Store, profile: &Profile, user: &str, state: PresenceState) -> Result<(), Failure> {
    let say = Say {
        profile: &profile.name,
        rule: profile.multi_device,
        user,
        device: None,
        platform: None,
        state,
        told_by: ToldBy::ImServer,
    };
    presence::say(store, &say).map(drop)
}

impl AskedJson {
    pub fn line(&self, user: &str, page: &mut Page) {
        let said = match (&self.rest, &self.sdk) {
            (Some(rest), Some(sdk)) => format!("{user} is {rest} (REST) / {sdk} (SDK)"),
            _ => format!("{user} is not known there, so presence is unknown"),
        };
        let hand = if self.used == "set-by-hand" { "; what was set by hand counts" } else { "" };
        page.line(format!("IM server  {said}{hand}"));
    }
}
