//! What the IM server says of a user, kept as the presence of the user's devices.
//! Which device it is about, and when a state set by hand wins, belongs to `push`.

use super::im::ImService;
use super::sandbox::Setup;
use crate::config::Profile;
use crate::failure::{Explain, Failure, Remedy, Warning};
use crate::im::{State, Terminal, UserState};
use crate::push::presence::{self, KeptPresence, ServerPresence};
use crate::session::Session;
use crate::store::Store;

/// The IM server's code for a user that was never imported (tencent-im-push reference, section 12).
const NO_SUCH_USER: i64 = 70107;

/// What the IM server says of a user.
#[derive(Clone, Debug)]
pub(crate) enum ImPresence {
    Known { state: State, terminals: Vec<Terminal>, kept: KeptPresence },
    NoSuchUser,
}

/// The answer, if the profile has an IM server and it could be asked, and what to know about it.
#[derive(Clone, Debug, Default)]
pub(crate) struct ImAnswer {
    pub(crate) presence: Option<ImPresence>,
    pub(crate) warning: Option<Warning>,
}

/// Asks, if the profile has IM settings. Without an answer, the presence stored on this machine decides.
pub(crate) async fn ask_im_presence(
    session: &Session,
    profile: &Profile,
    store: &Store,
    user: &str,
) -> Result<ImAnswer, Failure> {
    if profile.im.is_none() {
        return Ok(ImAnswer::default());
    }
    let answered = match states(session, profile, user).await {
        Ok(mut states) => states.pop(),
        Err(failure) if failure.problems().iter().any(|problem| problem.code == Some(NO_SUCH_USER)) => {
            return Ok(no_such_user(user));
        }
        Err(failure) => {
            let why = failure.problems().first().map(|problem| problem.message.clone());
            return Ok(not_asked(user, &why.unwrap_or_default()));
        }
    };
    let Some(answered) = answered else { return Ok(ImAnswer::default()) };
    match answered.state {
        Ok(state) => {
            let by_platform = ServerPresence::read(&state, &answered.terminals);
            let kept = presence::keep(store, &profile.name, user, &by_platform)?;
            let presence = ImPresence::Known { state, terminals: answered.terminals, kept };
            Ok(ImAnswer { presence: Some(presence), warning: None })
        }
        Err(refusal) if refusal.code == NO_SUCH_USER => Ok(no_such_user(user)),
        Err(refusal) => Ok(not_asked(user, &refusal.explain().message)),
    }
}

async fn states(session: &Session, profile: &Profile, user: &str) -> Result<Vec<UserState>, Failure> {
    let service = ImService::open(session, profile, Setup::Register).await?;
    let states = service.client.states(&[user.to_owned()]).await;
    service.close().await;
    Ok(states?)
}

fn no_such_user(user: &str) -> ImAnswer {
    let message = format!("the IM server knows no user {user}; using the presence stored on this machine");
    let hint =
        Remedy::run("a first login, or account_import, makes a user; check the UserID", "im account <USER>");
    let hint = hint.with("USER", user);
    let warning = Warning::new(message, hint).at("--user");
    ImAnswer { presence: Some(ImPresence::NoSuchUser), warning: Some(warning) }
}

fn not_asked(user: &str, why: &str) -> ImAnswer {
    let message = format!("the IM server could not be asked about {user}: {why}");
    let hint =
        Remedy::run("the presence stored on this machine is used; see why it can't be asked", "im check");
    ImAnswer { presence: None, warning: Some(Warning::new(message, hint)) }
}
