//! `opush presence`: where a user's app stands, and what the offline-push rule makes of it.
//! Whom a login kicks and what a state means belongs to `push`, where it is kept to `store`.

mod explain;
mod printed;
mod set;
mod show;

use clap::Subcommand;

use super::context::Ctx;
use super::{Outcome, boxed};

pub(crate) use explain::Told;
pub(crate) use printed::Shown;
pub(crate) use set::Set;

#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush presence set --user alice killed
  opush presence set --user alice --device pad online
  opush presence show --user alice
  opush presence explain --user alice

REST and the client SDK use the word \"offline\" for different things: the SDK's OFFLINE is REST's PushOnline,
REST's Offline is the SDK's UNLOGINED. Every table shows both.")]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    Set(set::Args),
    Show(show::Args),
    Explain(explain::Args),
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Outcome {
    match args.command {
        Command::Set(args) => boxed(set::run(args, ctx)),
        Command::Show(args) => boxed(show::run(args, ctx)),
        Command::Explain(args) => boxed(explain::run(args, ctx)),
    }
}
