//! `opush im account`: whether users are accounts of the app.
//! Making accounts is the app server's business.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::ask::{ask, checked_users, some_failed};
use crate::failure::{Explain, Failure, Problem};
use crate::im::account::AccountState;
use crate::output::{Page, Report, Tone};

/// Ask whether users are accounts of the app
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// UserIDs; any number
    #[arg(value_name = "USER", required = true)]
    users: Vec<String>,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Accounts, Failure> {
    let profile = ctx.profile()?;
    let users = checked_users(&args.users, "USER", ctx)?;
    Ok(Accounts::new(ask(ctx, &profile, async |client| client.accounts(&users).await)?))
}

/// What `im account --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Accounts {
    /// In the order asked, each user once.
    items: Vec<AccountItem>,
    /// None unless some or all could not be looked up.
    #[serde(skip)]
    failure: Option<Problem>,
}

/// One user.
#[derive(Debug, Serialize, JsonSchema)]
struct AccountItem {
    user: String,
    /// Null if it could not be had.
    imported: Option<bool>,
    error: Option<Problem>,
}

impl Accounts {
    fn new(accounts: Vec<AccountState>) -> Accounts {
        let total = accounts.len();
        let item = |account: AccountState| {
            let (imported, error) = match account.imported {
                Ok(imported) => (Some(imported), None),
                Err(refusal) => (None, Some(refusal.explain())),
            };
            AccountItem { user: account.user, imported, error }
        };
        let items: Vec<AccountItem> = accounts.into_iter().map(item).collect();
        let failure = some_failed(items.iter().filter_map(|item| item.error.as_ref()), total);
        Accounts { items, failure }
    }
}

impl Report for Accounts {
    fn text(&self, page: &mut Page) {
        let mut rows = Vec::new();
        let mut tones = Vec::new();
        for item in &self.items {
            let (words, tone) = match (&item.error, item.imported) {
                (Some(error), _) => (error.message.clone(), Tone::Broken),
                (None, Some(true)) => ("imported".to_owned(), Tone::Ok),
                (None, _) => ("not imported".to_owned(), Tone::Warn),
            };
            rows.push(vec![item.user.clone(), words]);
            tones.push(Some(tone));
        }
        page.table(&["user", "account"], &rows, &tones);
    }

    fn failure(&self) -> Option<Failure> {
        self.failure.clone().map(Failure::from)
    }
}
