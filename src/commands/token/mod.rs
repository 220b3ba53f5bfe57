//! `opush token`: token reports, the binding of a user, a certificate ID and a regId.
//! Which reports are taken belongs to `push`, where they are kept to `store`.

mod binding;
mod check;
mod export;
mod import;
mod list;
mod listen;
mod remove;
mod report;
mod show;

use clap::Subcommand;

use super::context::Ctx;
use super::{Outcome, boxed};

pub(crate) use binding::Bindings;
pub(crate) use check::Checked;
pub(crate) use export::FormatFlag;
pub(crate) use import::ImportJson;
pub(crate) use listen::Listened;
pub(crate) use report::Reported;

#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush token report --user alice --certificate 7005 --reg-id CN_0123456789abcdef0123456789abcdef --brand oppo
  opush token list
  opush token import tokens.csv
  opush token listen
  opush token check CN_0123456789abcdef0123456789abcdef")]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    Report(report::Args),
    List(list::Args),
    Show(show::Args),
    Remove(remove::Args),
    Check(check::Args),
    Import(import::Args),
    Export(export::Args),
    Listen(listen::Args),
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Outcome {
    match args.command {
        Command::Report(args) => boxed(report::run(args, ctx)),
        Command::List(args) => boxed(list::run(args, ctx)),
        Command::Show(args) => boxed(show::run(args, ctx)),
        Command::Remove(args) => boxed(remove::run(args, ctx)),
        Command::Check(args) => boxed(check::run(args, ctx)),
        Command::Import(args) => boxed(import::run(args, ctx)),
        Command::Export(args) => boxed(export::run(args, ctx)),
        Command::Listen(args) => boxed(listen::run(args, ctx)),
    }
}
