//! `opush sandbox fault`: what is to go wrong in the sandbox, set, listed and cleared.
//! What a fault does belongs to `sandbox/faults`, which has the table of the words.

mod clear;
mod list;
mod printed;
mod set;

use clap::Subcommand;

use super::super::context::Ctx;
use super::super::outcome::{Outcome, boxed};

pub(crate) use clear::FaultClear;
pub(crate) use list::FaultList;
pub(crate) use set::FaultSet;

/// Faults on purpose: refusals, lost answers, late ones, lost pushes
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    Set(set::Args),
    List(list::Args),
    Clear(clear::Args),
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Outcome {
    match args.command {
        Command::Set(args) => boxed(set::run(args, ctx)),
        Command::List(args) => boxed(list::run(args, ctx)),
        Command::Clear(args) => boxed(clear::run(args, ctx)),
    }
}
