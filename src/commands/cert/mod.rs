//! `opush cert`: the certificates of a profile, as the IM console calls OPPO credentials with their channel and click event.
//! What a certificate is, and how a file is changed, belongs to `config`.

mod add;
mod added;
mod ask;
mod edit;
mod fields;
mod form;
mod keep;
mod list;
mod place;
mod printed;
mod remove;
mod show;
mod verify;

use clap::Subcommand;

use super::context::Ctx;
use super::{Outcome, boxed};

pub(crate) use added::Added;
pub(crate) use edit::Changed;
pub(crate) use fields::piped;
pub(crate) use list::Listed;
pub(crate) use remove::Removed;
pub(crate) use show::Shown;
pub(crate) use verify::Verified;

#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush cert add
  opush cert list
  opush cert show 7005 --console
  opush cert edit 1 --id 7005
  opush cert verify 7005")]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    Add(Box<add::Args>),
    Edit(Box<edit::Args>),
    List(list::Args),
    Show(show::Args),
    Remove(remove::Args),
    Verify(verify::Args),
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Outcome {
    match args.command {
        Command::Add(args) => boxed(add::run(*args, ctx)),
        Command::Edit(args) => boxed(edit::run(*args, ctx)),
        Command::List(args) => boxed(list::run(args, ctx)),
        Command::Show(args) => boxed(show::run(args, ctx)),
        Command::Remove(args) => boxed(remove::run(args, ctx)),
        Command::Verify(args) => boxed(verify::run(args, ctx)),
    }
}
