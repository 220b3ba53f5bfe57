//! `opush im webhook`: what the IM server posts to the app.
//! What a callback tells belongs to `im`; where it is kept, to `store`.

mod handler;
mod keep;
mod listen;

use clap::Subcommand;

use super::super::context::Ctx;
use super::super::outcome::{Outcome, boxed};

pub(crate) use listen::Listened;

/// Receive what the IM server posts: presence and the life of pushes
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    Listen(listen::Args),
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Outcome {
    match args.command {
        Command::Listen(args) => boxed(listen::run(args, ctx)),
    }
}
