//! `opush click`: click targets, looked at by themselves.
//! What makes one valid belongs to `click`.

mod check;

use clap::Subcommand;

use super::context::Ctx;
use super::{Outcome, boxed};

pub(crate) use check::Printed;

#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    Check(check::Args),
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Outcome {
    match args.command {
        Command::Check(args) => boxed(check::run(args, ctx)),
    }
}
