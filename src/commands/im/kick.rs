//! `opush im kick`: ends a user's login everywhere and voids the UserSigs made before.
//! What that means for pushes belongs to `push`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::users;
use crate::failure::Failure;
use crate::output::{Page, Report};
use crate::services::{ImService, Setup};

/// End a user's login everywhere
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// UserID
    #[arg(value_name = "USER")]
    user: String,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Kicked, Failure> {
    let profile = ctx.profile()?;
    users::checked(std::slice::from_ref(&args.user), "USER", ctx)?;
    ctx.block_on(async {
        let service = ImService::open(ctx, &profile, Setup::Register).await?;
        let done = service.client.kick(&args.user).await;
        service.close().await;
        done.map_err(|error| error.of_a_change("the kick"))?;
        Ok(Kicked {
            user: args.user,
            profile: profile.name.clone(),
            region: profile.region.to_string(),
            kicked: true,
        })
    })
}

/// What `im kick --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Kicked {
    user: String,
    profile: String,
    region: String,
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
