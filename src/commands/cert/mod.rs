//! `opush cert`: the certificates of a profile, as the IM console calls OPPO credentials with their channel and click event.
//! What a certificate is, and how a file is changed, belongs to `config`.

mod add;
mod ask;
mod edit;
mod fields;
mod form;
mod list;
mod printed;
mod remove;
mod show;
mod verify;

use clap::Subcommand;

use super::context::Ctx;
use super::{Outcome, boxed};
use crate::config::{Certificate, CertificateId, Profile};
use crate::failure::{Failure, Problem};

pub(crate) use add::Added;
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

/// The certificate named on the command line, else the profile's default or only one.
fn certificate(profile: &Profile, id: Option<i64>) -> Result<&Certificate, Failure> {
    profile.certificate(id.and_then(CertificateId::new)).map_err(|failure| {
        // These commands name it by an argument, not by the flag of the others.
        let named = |problem: Problem| Problem {
            place: problem.place.replace("--certificate", "ID"),
            hint: problem
                .hint
                .reworded(|hint| hint.replace("choose with --certificate", "name one by its ID")),
            ..problem
        };
        Failure::all(failure.into_problems().into_iter().map(named).collect())
    })
}
