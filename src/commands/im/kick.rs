//! `opush im kick`: ends a user's login everywhere and voids the UserSigs made before.
//! What that means for pushes belongs to `push`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::ask::{ask, checked_users};
use crate::config::Region;
use crate::failure::Failure;
use crate::im::Client;
use crate::output::{Page, Report};

/// End a user's login everywhere
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// UserID
    #[arg(value_name = "USER")]
    user: String,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Kicked, Failure> {
    let profile = ctx.profile()?;
    checked_users(std::slice::from_ref(&args.user), "USER", ctx)?;
    let done =
        async |client: &Client| client.kick(&args.user).await.map_err(|error| error.of_a_change("the kick"));
    ask(ctx, &profile, done)?;
    let region = profile.region.value;
    Ok(Kicked { user: args.user, profile: profile.name, region, kicked: true })
}

/// What `im kick --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Kicked {
    user: String,
    profile: String,
    region: Region,
    /// The IM server says that it is done.
    kicked: bool,
}

impl Report for Kicked {
    fn text(&self, page: &mut Page) {
        page.line(format!("kicked   {}   {} ({})", self.user, self.profile, self.region));
        page.line(
            "UserSigs made before no longer log this user in; a new one does: opush im usersig --user U",
        );
    }
}
