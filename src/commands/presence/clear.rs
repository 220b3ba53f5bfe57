//! `opush presence clear`: forgets what was set by hand, so that only what the IM server and the app said counts.

use super::super::context::Ctx;
use super::printed::{PresenceJson, PresenceList};
use crate::failure::{Failure, Remedy};
use crate::push;
use crate::store::presence::{self, Presence};

/// Forget what was set by hand of users' apps
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush presence clear --user alice
  opush presence clear

What the IM server, its webhook or the app said stays.")]
pub(crate) struct Args {
    /// Only this user's [default: every user's of the profile]
    #[arg(long, value_name = "USER")]
    user: Option<String>,

    /// Only this device
    #[arg(long, value_name = "NAME", requires = "user")]
    device: Option<String>,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<PresenceList, Failure> {
    let profile = ctx.profile()?;
    let user = args.user.as_deref();
    let problems = user.map(push::user_problems).unwrap_or_default();
    if !problems.is_empty() {
        return Err(Failure::all(problems));
    }
    let store = ctx.store()?;
    let forgotten = presence::forget_set_by_hand(&store, &profile.name, user, args.device.as_deref())?;
    let now = ctx.clock.now();
    let print = |one: &Presence| PresenceJson::said(one, false, &profile, now);
    Ok(PresenceList {
        items: forgotten.iter().map(print).collect(),
        headline: Some("Forgotten:"),
        none: Remedy::from(match user {
            Some(user) => format!("Nothing was set by hand of {user} in profile {}", profile.name),
            None => format!("Nothing was set by hand in profile {}", profile.name),
        }),
    })
}
