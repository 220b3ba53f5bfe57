//! `opush history`: every push that opush sent or tried to send, newest first.
//! How deliveries are kept belongs to `store`.

mod list;
mod show;

use clap::Subcommand;

use super::context::Ctx;
use super::{Outcome, boxed};

pub use list::Listed;
pub use show::Shown;

/// Every push: what was sent, what OPPO answered
#[derive(clap::Args, Debug)]
#[command(
    after_help = "Examples:\n  opush history list --limit 5\n  opush history show 12\n  opush history list --status refused --json"
)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    List(list::Args),
    Show(show::Args),
}

pub fn run(args: Args, ctx: &Ctx) -> Outcome {
    match args.command {
        Command::List(args) => boxed(list::run(args, ctx)),
        Command::Show(args) => boxed(show::run(args, ctx)),
    }
}
