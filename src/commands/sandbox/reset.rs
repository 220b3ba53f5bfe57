//! `opush sandbox reset`: the sandbox as it was at the beginning.
//! A running sandbox is told; else its file is emptied, or removed where it can't be read.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::place::{self, Place, Whose};
use super::{apps, embedded};
use crate::config::sandbox_profile;
use crate::failure::{Failure, Kind};
use crate::output::{Page, Report};
use crate::sandbox::control::{self, Control};

/// Clear the sandbox: phones, messages, tokens, log
#[derive(clap::Args, Debug)]
pub(crate) struct Args {}

pub(crate) fn run(_: Args, ctx: &Ctx) -> Result<Reset, Failure> {
    ctx.block_on(async {
        let place = match Place::find(ctx).await {
            Ok(place) => place,
            // A file that this version can't read is what a reset is for.
            Err(failure) if failure.problems().iter().any(|problem| problem.kind == Kind::Sandbox) => {
                remove(ctx)?;
                Place::find(ctx).await?
            }
            Err(failure) => return Err(failure),
        };
        place.control.reset(false).await.map_err(place::explain)?;
        let at = place.profile.endpoints.push.as_ref().map(|endpoint| endpoint.value.clone());
        let running = at.is_some() || control::find(&ctx.paths.state_home).is_some();
        if at.is_none() {
            seed(ctx, running).await?;
        }
        let whose = place.whose();
        let place = at.or_else(|| control::find(&ctx.paths.state_home).map(|running| running.url));
        let place = place.unwrap_or_else(|| embedded::file(ctx).display().to_string());
        Ok(Reset { reset: true, place, whose })
    })
}

/// The built-in app gets its phone back.
async fn seed(ctx: &Ctx, running: bool) -> Result<(), Failure> {
    let profile = sandbox_profile();
    if !running {
        let all = apps::of_profile(ctx, &profile)?;
        embedded::open(ctx, Some(&embedded::file(ctx)), Default::default(), &all)?;
        return Ok(());
    }
    let Some(url) = control::find(&ctx.paths.state_home).map(|running| running.url) else { return Ok(()) };
    let control = Control::new(&url);
    let certificate = profile.certificate(None)?;
    let phone = super::phone::fitting(certificate, Some(embedded::BUILT_IN_PHONE.into()));
    control.add_phone(&phone).await.map_err(place::explain)?;
    Ok(())
}

fn remove(ctx: &Ctx) -> Result<(), Failure> {
    for ending in ["", "-wal", "-shm"] {
        let path = embedded::file(ctx).with_file_name(format!("sandbox.db{ending}"));
        match std::fs::remove_file(&path) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(crate::config::files::disk("remove", &path, &error).into()),
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
    whose: Whose,
}

impl Report for Reset {
    fn text(&self, page: &mut Page) {
        page.line(format!("The sandbox is as at the beginning ({}).", self.place));
    }
}
