//! `opush im check`: does the IM server accept these settings, and if not, which of them is wrong.
//! What a code means belongs to `im`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use crate::config::Region;
use crate::failure::{Explain, Failure, Problem};
use crate::output::{Page, Report, Tone};
use crate::services::{ImService, Setup};

/// Check that the IM server accepts SDKAppID, administrator and secret key
#[derive(clap::Args, Debug)]
pub(crate) struct Args {}

pub(crate) fn run(_: Args, ctx: &Ctx) -> Result<Checked, Failure> {
    let profile = ctx.profile()?;
    ctx.block_on(async {
        let service = ImService::open(ctx, &profile, Setup::Register).await?;
        let caller = service.client.caller();
        let (sdk_app_id, admin) = (caller.sdk_app_id, caller.admin.clone());
        let started = std::time::Instant::now();
        // Asks about the administrator itself, so that nothing but the credentials can be wrong with it.
        let answer = service.client.accounts(std::slice::from_ref(&admin)).await;
        let elapsed_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        let host = service.client.host().to_owned();
        service.close().await;
        let problem = match answer {
            Ok(accounts) => {
                accounts.into_iter().find_map(|account| account.imported.err()).map(Explain::explain)
            }
            Err(error) => Some(error.explain()),
        };
        Ok(Checked {
            valid: problem.is_none(),
            profile: profile.name.clone(),
            region: profile.region.value,
            host,
            sdk_app_id,
            admin,
            elapsed_ms,
            error: problem,
        })
    })
}

/// What `im check --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Checked {
    /// The IM server accepted the call.
    valid: bool,
    profile: String,
    region: Region,
    /// Host and port that was asked.
    host: String,
    sdk_app_id: u32,
    admin: String,
    elapsed_ms: u64,
    error: Option<Problem>,
}

impl Report for Checked {
    fn text(&self, page: &mut Page) {
        if self.valid {
            let accepted = page.tone(Tone::Ok, "accepted");
            page.line(format!("{accepted}   {} ({}), {} ms", self.profile, self.host, self.elapsed_ms));
            page.pairs(&[("SDKAppID", self.sdk_app_id.to_string()), ("administrator", self.admin.clone())]);
            page.line("SDKAppID, administrator and secret key belong together.");
        }
    }

    fn failure(&self) -> Option<Failure> {
        self.error.clone().map(Failure::from)
    }
}
