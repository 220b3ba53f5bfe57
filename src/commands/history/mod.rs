//! `opush history`: every push that opush sent or tried to send, newest first, and how long that is kept.
//! How deliveries are kept belongs to `store`.

mod export;
mod filters;
mod follow;
mod item;
mod list;
mod prune;
mod show;

use clap::Subcommand;

use super::context::Ctx;
use super::outcome::{Outcome, boxed};

pub(crate) use export::Exported;
pub(crate) use follow::Event;
pub(crate) use list::ListJson;
pub(crate) use prune::Pruned;
pub(crate) use show::Shown;

#[derive(clap::Args, Debug)]
#[command(
    after_help = "Examples:\n  opush history list --limit 5\n  opush history show 12\n  opush history list --user alice --follow\n  opush history export --since 7d --out history.csv"
)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    List(list::Args),
    Show(show::Args),
    Export(export::Args),
    Prune(prune::Args),
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Outcome {
    match args.command {
        Command::List(args) => boxed(list::run(args, ctx)),
        Command::Show(args) => boxed(show::run(args, ctx)),
        Command::Export(args) => boxed(export::run(args, ctx)),
        Command::Prune(args) => boxed(prune::run(args, ctx)),
    }
}
