//! `opush smoke`: scripted pushes with what is expected of them. run, list, new.

mod list;
mod new;
mod printed;
mod run;

use clap::Subcommand;

use super::context::Ctx;
use super::outcome::{Outcome, boxed};

pub(crate) use list::Listed;
pub(crate) use new::Written;
pub(crate) use printed::Ran;

#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    Run(run::Args),
    List(list::Args),
    New(new::Args),
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Outcome {
    match args.command {
        Command::Run(args) => boxed(run::run(args, ctx)),
        Command::List(args) => boxed(list::run(args, ctx)),
        Command::New(args) => boxed(new::run(args, ctx)),
    }
}
