//! `opush presence show`: the state of the apps of a user, or of every user of the profile.
//! What the rule makes of it is `presence explain`'s.

use super::super::context::Ctx;
use super::printed::{PresenceJson, PresenceList};
use crate::failure::{Failure, Remedy};
use crate::flags::UserArg;
use crate::store::devices;

/// Show the state of users' apps
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    user: UserArg,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<PresenceList, Failure> {
    let profile = ctx.profile()?;
    let known = devices::list(&ctx.store()?, &profile.name, args.user.name())?;
    let now = ctx.clock.now();
    let none = match args.user.name() {
        Some(user) => Remedy::from(format!(
            "Nothing is known of user {user} in profile {}. Report a token",
            profile.name
        ))
        .command("token report --user <USER> --certificate <ID> --reg-id <REGID>")
        .with("USER", user),
        None => Remedy::from(format!(
            "Nothing is known of any user in profile {}. Record a presence",
            profile.name
        ))
        .command("presence set --user <USER> killed"),
    };
    let items = known.iter().map(|device| PresenceJson::of(device, &profile, now)).collect();
    Ok(PresenceList { items, headline: None, none })
}
