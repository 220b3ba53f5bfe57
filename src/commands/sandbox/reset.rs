//! `opush sandbox reset`: the sandbox as it was at the beginning.
//! A running sandbox is asked to do it; else its file is emptied, or removed where it can't be read.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::profile_view::ProfileView;
use crate::config::sandbox_profile;
use crate::failure::{Failure, Kind};
use crate::output::{Page, Report};
use crate::services::sandbox::{self as services, SandboxTarget};

/// Clear the sandbox: phones, messages, tokens, log
#[derive(clap::Args, Debug)]
pub(crate) struct Args {}

pub(crate) fn run(_: Args, ctx: &Ctx) -> Result<Reset, Failure> {
    ctx.block_on(async {
        let target = match SandboxTarget::find(ctx).await {
            Ok(target) => target,
            // A file that this version can't read is what a reset is for.
            Err(failure) if failure.problems().iter().any(|problem| problem.kind == Kind::Sandbox) => {
                services::remove_file(ctx)?;
                SandboxTarget::find(ctx).await?
            }
            Err(failure) => return Err(failure),
        };
        target.control.reset(false).await?;
        // A sandbox at an endpoint of the profile's own has no built-in app.
        if target.profile.endpoints.push.is_none() {
            add_built_in_phone(ctx, &target).await?;
        }
        let place = target.url.unwrap_or_else(|| services::file(ctx).display().to_string());
        Ok(Reset { reset: true, place, of: ProfileView::from(&target.profile) })
    })
}

/// The built-in app gets its phone back.
async fn add_built_in_phone(ctx: &Ctx, target: &SandboxTarget) -> Result<(), Failure> {
    let profile = sandbox_profile();
    let certificate = profile.certificate(None)?;
    match target.url {
        Some(_) => {
            let phone = services::phone_for(certificate, Some(services::BUILT_IN_PHONE.into()));
            target.control.add_phone(&phone).await?;
        }
        None => {
            let app = services::app_of(ctx, &profile, certificate)?;
            services::open(ctx, Some(&services::file(ctx)), Default::default(), None, &[app])?;
        }
    }
    Ok(())
}

/// What `sandbox reset --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Reset {
    reset: bool,
    /// The sandbox's address if it runs, else its file.
    place: String,
    #[serde(flatten)]
    of: ProfileView,
}

impl Report for Reset {
    fn text(&self, page: &mut Page) {
        page.line(format!("The sandbox is as at the beginning ({}).", self.place));
    }
}
