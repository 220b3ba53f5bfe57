//! `opush im state`: where users are logged in, with the word of the REST API and that of the client SDK side by side.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::super::im_presence::TerminalView;
use super::ask::{ask, checked_users, some_failed};
use crate::failure::{Explain, Failure, Problem};
use crate::im::UserState;
use crate::output::{Page, Report, Tone};

/// Ask where users are logged in
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// UserIDs; any number
    #[arg(value_name = "USER", required = true)]
    users: Vec<String>,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<States, Failure> {
    let profile = ctx.profile()?;
    let users = checked_users(&args.users, "USER", ctx)?;
    Ok(States::new(ask(ctx, &profile, async |client| client.states(&users).await)?))
}

/// What `im state --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct States {
    /// In the order asked, each user once.
    items: Vec<StateItem>,
    /// None unless the state of some or all could not be had.
    #[serde(skip)]
    failure: Option<Problem>,
}

/// One user.
#[derive(Debug, Serialize, JsonSchema)]
struct StateItem {
    user: String,
    /// Online, PushOnline or Offline, as the REST API says; null if it could not be had.
    rest: Option<String>,
    /// ONLINE, OFFLINE or UNLOGINED, as the client SDK says.
    sdk: Option<&'static str>,
    terminals: Vec<TerminalView>,
    error: Option<Problem>,
}

impl States {
    fn new(states: Vec<UserState>) -> States {
        let total = states.len();
        let items: Vec<StateItem> = states.into_iter().map(StateItem::from).collect();
        let failure = some_failed(items.iter().filter_map(|item| item.error.as_ref()), total);
        States { items, failure }
    }
}

impl From<UserState> for StateItem {
    fn from(state: UserState) -> Self {
        let terminals = state.terminals.iter().map(TerminalView::from).collect();
        let (rest, sdk, error) = match state.state {
            Ok(state) => (Some(state.rest().to_owned()), Some(state.sdk()), None),
            Err(refusal) => (None, None, Some(refusal.explain())),
        };
        StateItem { user: state.user, rest, sdk, terminals, error }
    }
}

impl Report for States {
    fn text(&self, page: &mut Page) {
        let mut rows = Vec::new();
        let mut tones = Vec::new();
        for item in &self.items {
            let meaning = match (&item.error, item.rest.as_deref()) {
                (Some(error), _) => error.message.clone(),
                (None, Some("Online")) => "connected: no push unless in background".to_owned(),
                (None, Some("PushOnline")) => "disconnected, still logged in: pushed to".to_owned(),
                (None, Some("Offline")) => "not logged in: no push".to_owned(),
                (None, _) => String::new(),
            };
            tones.push(item.error.is_some().then_some(Tone::Broken));
            rows.push(vec![
                item.user.clone(),
                "(user)".to_owned(),
                item.rest.as_deref().unwrap_or("-").to_owned(),
                item.sdk.unwrap_or("-").to_owned(),
                meaning,
            ]);
            for terminal in &item.terminals {
                tones.push(None);
                rows.push(vec![
                    String::new(),
                    terminal.platform.clone(),
                    terminal.rest.clone(),
                    terminal.sdk.clone(),
                    String::new(),
                ]);
            }
        }
        page.table(&["user", "platform", "rest", "sdk", "meaning"], &rows, &tones);
    }

    fn failure(&self) -> Option<Failure> {
        self.failure.clone().map(Failure::from)
    }
}
