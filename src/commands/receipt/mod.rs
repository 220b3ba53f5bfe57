//! `opush receipt`: what OPPO posts back about a push.
//! How a callback is read and answered belongs to `receipts`, where it is kept to `store`.

mod list;
mod listen;
mod live;
mod path_secret;
mod printed;

use clap::Subcommand;

use super::context::Ctx;
use super::outcome::{Outcome, boxed};

pub(crate) use list::Listed;
pub(crate) use listen::Listened;

#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush receipt listen --listen 127.0.0.1:8767 --public-url https://push.example.com --path-secret
  opush receipt list --user alice --since 24h
  opush receipt list --rejected")]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    Listen(listen::Args),
    List(list::Args),
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Outcome {
    match args.command {
        Command::Listen(args) => boxed(listen::run(args, ctx)),
        Command::List(args) => boxed(list::run(args, ctx)),
    }
}
