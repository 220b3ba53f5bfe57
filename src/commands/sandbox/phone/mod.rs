//! `opush sandbox phone`: simulated phones, made, looked at, changed, tapped.
//! How a phone behaves belongs to `sandbox/phone`.

mod add;
mod flags;
mod list;
mod printed;
mod set;
mod show;
mod tap;

use clap::Subcommand;

use super::super::context::Ctx;
use super::super::{Outcome, boxed};

pub use add::{PhoneAdd, fitting};
pub use list::{PhoneList, PhoneRemove};
pub use set::PhoneSet;
pub use show::PhoneShow;
pub use tap::{PhoneDismiss, PhoneTap};

/// Simulated phones
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    Add(add::Args),
    List(list::Args),
    Show(show::Args),
    Set(set::Args),
    Tap(tap::Args),
    Dismiss(tap::DismissArgs),
    Remove(list::RemoveArgs),
}

pub fn run(args: Args, ctx: &Ctx) -> Outcome {
    match args.command {
        Command::Add(args) => boxed(add::run(args, ctx)),
        Command::List(args) => boxed(list::run(args, ctx)),
        Command::Show(args) => boxed(show::run(args, ctx)),
        Command::Set(args) => boxed(set::run(args, ctx)),
        Command::Tap(args) => boxed(tap::run(args, ctx)),
        Command::Dismiss(args) => boxed(tap::dismiss(args, ctx)),
        Command::Remove(args) => boxed(list::remove(args, ctx)),
    }
}
