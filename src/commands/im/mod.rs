//! `opush im`: the IM server's REST API from a terminal. This file is its root.
//! Calls, codes and the rules of a message belong to the room `im`.

mod account;
mod check;
mod kick;
mod loss;
mod send;
mod state;
mod trace;
mod users;
mod usersig;
mod webhook;

use clap::Subcommand;

use super::context::Ctx;
use super::{Outcome, boxed};
use crate::config::Profile;
use crate::failure::{Failure, Kind, Problem};
use crate::im::Client;
use crate::output::ErrorJson;
use crate::services::{ImService, Setup};

pub(crate) use account::Accounts;
pub(crate) use check::Checked;
pub(crate) use kick::Kicked;
pub(crate) use loss::Losses;
pub(crate) use send::Sent;
pub(crate) use state::States;
pub(crate) use trace::Traced;
pub(crate) use usersig::UserSig;
pub(crate) use webhook::Listened;

#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush im check
  opush im state alice bob
  opush im send --to bob --text \"see you at 8?\" --title Alice --ext extKey=value --channel-id tuikit
  opush im usersig --user bob --expire 1h

These need [profile.NAME.im] in the configuration.")]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    Usersig(usersig::Args),
    Check(check::Args),
    State(state::Args),
    Account(account::Args),
    Send(Box<send::Args>),
    Kick(kick::Args),
    Trace(trace::Args),
    Loss(loss::Args),
    Webhook(webhook::Args),
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Outcome {
    match args.command {
        Command::Usersig(args) => usersig::run(args, ctx),
        Command::Check(args) => boxed(check::run(args, ctx)),
        Command::State(args) => boxed(state::run(args, ctx)),
        Command::Account(args) => boxed(account::run(args, ctx)),
        Command::Send(args) => boxed(send::run(*args, ctx)),
        Command::Kick(args) => boxed(kick::run(args, ctx)),
        Command::Trace(args) => boxed(trace::run(args, ctx)),
        Command::Loss(args) => boxed(loss::run(args, ctx)),
        Command::Webhook(args) => webhook::run(args, ctx),
    }
}

/// One question to the profile's IM server, from opening the way to it until that is closed again.
fn ask<T, E: Into<Failure>>(
    ctx: &Ctx,
    profile: &Profile,
    question: impl AsyncFnOnce(&Client) -> Result<T, E>,
) -> Result<T, Failure> {
    ctx.block_on(async {
        let service = ImService::open(ctx, profile, Setup::Register).await?;
        let answer = question(&service.client).await;
        service.close().await;
        answer.map_err(E::into)
    })
}

/// The problem of a list of which some failed: the one they share if all did, else that it is partly done.
fn some_failed<'a>(errors: impl Iterator<Item = &'a ErrorJson>, total: usize) -> Option<Problem> {
    let errors: Vec<&ErrorJson> = errors.collect();
    let first = errors.first()?;
    if errors.len() < total {
        let message = format!("{} of {total} users could not be looked up", errors.len());
        return Some(Problem::new(Kind::PartlyDone, message, "each user's error says why"));
    }
    let problem = Problem::new(first.kind, first.message.clone(), &first.hint);
    Some(Problem { code: first.code, ..problem })
}
