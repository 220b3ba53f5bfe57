//! What the IM server says of a user, asked before the rule is: shown, and kept as the presence of the user's devices.
//! Which device it is about, and what counts first, belongs to `push`; the question itself to `im`.

use schemars::JsonSchema;
use serde::Serialize;

use super::context::Ctx;
use crate::config::Profile;
use crate::failure::{Explain, Failure, Warning};
use crate::im::{State, Terminal, UserState};
use crate::output::Page;
use crate::push::presence::{self, ByPlatform, Kept};
use crate::services::{ImService, Setup};
use crate::store::Store;

/// The IM server's code for a user that was never imported (tencent-im-push reference, section 12).
const NO_SUCH_USER: i64 = 70107;

/// What the IM server said of the user.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct AskedJson {
    /// Online, PushOnline or Offline, as the REST API says; null if it knows no such user.
    rest: Option<String>,
    /// ONLINE, OFFLINE or UNLOGINED, as the client SDK says.
    sdk: Option<String>,
    /// Each kind of terminal that it named. The server tells kinds apart, not devices.
    terminals: Vec<TerminalJson>,
    /// What was made of it: counts, set-by-hand (what was set by hand counts instead, on every device) or unknown.
    used: String,
    /// Devices whose state was set by hand, which counts first.
    by_hand: Vec<String>,
}

/// One kind of terminal of the user, with both words.
#[derive(Clone, Debug, Serialize, JsonSchema)]
struct TerminalJson {
    /// Android, iPhone, iPad, PC, Mac, Web, or as the server gave it.
    platform: String,
    rest: String,
    sdk: String,
}

async fn states(ctx: &Ctx, profile: &Profile, user: &str) -> Result<Vec<UserState>, Failure> {
    let service = ImService::open(ctx, profile, Setup::Register).await?;
    let states = service.client.states(&[user.to_owned()]).await;
    service.close().await;
    Ok(states?)
}

/// Asks, if the profile has IM settings. That it can't be asked, or knows no such user, is a warning: what is known here
/// decides then.
pub(crate) fn ask(
    ctx: &Ctx,
    profile: &Profile,
    store: &Store,
    user: &str,
    warnings: &mut Vec<Warning>,
) -> Result<Option<AskedJson>, Failure> {
    ctx.block_on(ask_within(ctx, profile, store, user, warnings))
}

/// The same for who runs an event loop already.
pub(crate) async fn ask_within(
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
    let nobody = |warnings: &mut Vec<Warning>| {
        let message = format!("the IM server knows no user {user}; what is known here decides");
        let hint =
            format!("check the UserID: opush im account {user}; a first login, or account_import, makes it");
        warnings.push(Warning::new(message, hint).at("--user"));
        AskedJson {
            rest: None,
            sdk: None,
            terminals: Vec::new(),
            used: "unknown".into(),
            by_hand: Vec::new(),
        }
    };
    let cannot = |why: String, warnings: &mut Vec<Warning>| {
        let message = format!("the IM server could not be asked about {user}: {why}");
        warnings.push(Warning::new(message, "what is known here decides; see opush im check"));
    };
    let answered = match answer {
        Ok(mut states) => states.pop(),
        Err(failure) if failure.problems().iter().any(|problem| problem.code == Some(NO_SUCH_USER)) => {
            return Ok(Some(nobody(warnings)));
        }
        Err(failure) => {
            let why = failure.problems().first().map(|problem| problem.message.clone());
            cannot(why.unwrap_or_default(), warnings);
            return Ok(None);
        }
    };
    let Some(answered) = answered else { return Ok(None) };
    match &answered.state {
        Ok(state) => {
            let kept =
                presence::keep(store, &profile.name, user, &ByPlatform::read(state, &answered.terminals))?;
            Ok(Some(AskedJson::of(state, &answered.terminals, kept)))
        }
        Err(refusal) if refusal.code == NO_SUCH_USER => Ok(Some(nobody(warnings))),
        Err(refusal) => {
            cannot(refusal.clone().explain().message, warnings);
            Ok(None)
        }
    }
}

impl AskedJson {
    fn of(state: &State, terminals: &[Terminal], kept: Kept) -> AskedJson {
        let used = match (kept.follow.as_slice(), kept.by_hand.as_slice()) {
            ([], []) => "unknown",
            ([], _) => "set-by-hand",
            _ => "counts",
        };
        AskedJson {
            rest: Some(state.rest().to_owned()),
            sdk: Some(state.sdk().to_owned()),
            terminals: terminals
                .iter()
                .map(|terminal| TerminalJson {
                    platform: terminal.platform.clone(),
                    rest: terminal.state.rest().to_owned(),
                    sdk: terminal.state.sdk().to_owned(),
                })
                .collect(),
            used: used.into(),
            by_hand: kept.by_hand,
        }
    }

    pub(crate) fn line(&self, user: &str, page: &mut Page) {
        let (Some(rest), Some(sdk)) = (&self.rest, &self.sdk) else {
            page.line(format!("IM server  knows no user {user}"));
            return;
        };
        match self.terminals.as_slice() {
            [only] if only.rest == *rest => {
                page.line(format!("IM server  {user} is {rest} (REST) / {sdk} (SDK) on {}", only.platform));
            }
            terminals => {
                page.line(format!("IM server  {user} is {rest} (REST) / {sdk} (SDK)"));
                for TerminalJson { platform, rest, sdk } in terminals {
                    page.line(format!("           on {platform} {rest} (REST) / {sdk} (SDK)"));
                }
            }
        }
        let hand = match self.by_hand.as_slice() {
            [] => return,
            [one] => format!("device {one} was"),
            several => format!("devices {} were", several.join(", ")),
        };
        page.line(format!("           {hand} set by hand, which counts first"));
    }
}
