//! `opush sandbox phone`: simulated phones, made, looked at, changed, tapped, and logged in to the IM app.
//! How a phone behaves belongs to `sandbox/phone`.

mod add;
mod declared;
mod flags;
mod list;
mod printed;
mod session;
mod set;
mod show;
mod tap;

use clap::Subcommand;

use super::super::context::Ctx;
use super::super::outcome::{Outcome, boxed};
use crate::sandbox::phone::Network;

pub(crate) use add::PhoneAdd;
pub(crate) use list::{PhoneList, PhoneRemove};
pub(super) use printed::{message, picture};
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
    /// Tap a notification: where it lands, with which extras
    Tap(tap::Args),
    /// Swipe a notification away
    Dismiss(tap::Args),
    Remove(list::RemoveArgs),
    Login(session::LoginArgs),
    /// Log the IM user out on a phone
    Logout(session::NameArgs),
    /// Open the app, or bring it to the foreground
    Open(session::NameArgs),
    Background(session::BackgroundArgs),
    /// Kill the app's process: the IM server pushes from then on
    Kill(session::NameArgs),
    Elapse(session::ElapseArgs),
    /// Take the phone's network away; the IM server notices after 400 s
    Offline(session::NameArgs),
    /// Give the phone Wi-Fi again
    Online(session::NameArgs),
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Outcome {
    let session = match args.command {
        Command::Add(args) => return boxed(add::run(args, ctx)),
        Command::List(args) => return boxed(list::run(args, ctx)),
        Command::Show(args) => return boxed(show::run(args, ctx)),
        Command::Set(args) => return boxed(set::run(args, ctx)),
        Command::Tap(args) => return boxed(tap::run(args, ctx)),
        Command::Dismiss(args) => return boxed(tap::dismiss(args, ctx)),
        Command::Remove(args) => return boxed(list::remove(args, ctx)),
        Command::Login(args) => {
            let name = args.name.clone();
            session::run(ctx, async |control| control.login(&name, &args.login()).await)
        }
        Command::Logout(args) => session::run(ctx, async |control| control.logout(&args.name).await),
        Command::Open(args) => session::run(ctx, async |control| control.open(&args.name).await),
        Command::Background(args) => {
            session::run(ctx, async |control| control.background(&args.name, args.do_background).await)
        }
        Command::Kill(args) => session::run(ctx, async |control| control.kill(&args.name).await),
        Command::Elapse(args) => session::run(ctx, async |control| control.elapse(&args.name, args.by).await),
        Command::Offline(args) => session::network(ctx, &args.name, Network::Off),
        Command::Online(args) => session::network(ctx, &args.name, Network::Wifi),
    };
    boxed(session)
}
