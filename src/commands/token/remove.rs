//! `opush token remove`: ends a user's reports, all of them or one device's.
//! Ended reports stay in the history.

use super::super::context::Ctx;
use super::binding::Bindings;
use crate::failure::Failure;
use crate::push;

/// End a user's token reports
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The user
    #[arg(long, value_name = "USER")]
    user: String,

    /// Only this device's
    #[arg(long, value_name = "NAME")]
    device: Option<String>,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Bindings, Failure> {
    let profile = ctx.profile()?;
    let removed = push::remove(&ctx.store()?, &profile.name, &args.user, args.device.as_deref())?;
    Ok(Bindings::new(&profile, removed, String::new()))
}
