//! `opush sandbox phone`: simulated phones, made, looked at, changed, tapped, and logged in to the IM app.
//! How a phone behaves belongs to `sandbox/phone`.

mod add;
mod flags;
mod list;
mod printed;
mod session;
mod set;
mod show;
mod tap;

use clap::Subcommand;

use super::super::context::Ctx;
use super::super::{Outcome, boxed};

pub(crate) use add::PhoneAdd;
pub(crate) use list::{PhoneList, PhoneRemove};
pub(crate) use session::PhoneSession;
pub(crate) use set::PhoneSet;
pub(crate) use show::PhoneShow;
pub(crate) use tap::{PhoneDismiss, PhoneTap};

/// Simulated phones
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
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
    Login(session::LoginArgs),
    Logout(session::LogoutArgs),
    Open(session::OpenArgs),
    Background(session::BackgroundArgs),
    Kill(session::KillArgs),
    Elapse(session::ElapseArgs),
    Offline(session::OfflineArgs),
    Online(session::OnlineArgs),
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Outcome {
    match args.command {
        Command::Add(args) => boxed(add::run(args, ctx)),
        Command::List(args) => boxed(list::run(args, ctx)),
        Command::Show(args) => boxed(show::run(args, ctx)),
        Command::Set(args) => boxed(set::run(args, ctx)),
        Command::Tap(args) => boxed(tap::run(args, ctx)),
        Command::Dismiss(args) => boxed(tap::dismiss(args, ctx)),
        Command::Remove(args) => boxed(list::remove(args, ctx)),
        Command::Login(args) => boxed(session::login(args, ctx)),
        Command::Logout(args) => boxed(session::logout(args, ctx)),
        Command::Open(args) => boxed(session::open(args, ctx)),
        Command::Background(args) => boxed(session::background(args, ctx)),
        Command::Kill(args) => boxed(session::kill(args, ctx)),
        Command::Elapse(args) => boxed(session::elapse(args, ctx)),
        Command::Offline(args) => boxed(session::offline(args, ctx)),
        Command::Online(args) => boxed(session::online(args, ctx)),
    }
}
