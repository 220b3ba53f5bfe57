//! `opush im check`: does the IM server accept these settings, and if not, which of them is wrong.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::ask::ask;
use crate::config::Region;
use crate::failure::{Explain, Failure, Problem};
use crate::output::{Page, Report, Tone};

/// Check that the IM server accepts SDKAppID, administrator and secret key
#[derive(clap::Args, Debug)]
pub(crate) struct Args {}

pub(crate) fn run(_: Args, ctx: &Ctx) -> Result<Checked, Failure> {
    let profile = ctx.profile()?;
    ask(ctx, &profile, async |client| {
        let caller = client.caller();
        let started = std::time::Instant::now();
        // Asks about the administrator itself, so that nothing but the credentials can be wrong with it.
        let answer = client.accounts(std::slice::from_ref(&caller.admin)).await;
        let elapsed_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        let error = match answer {
            Ok(accounts) => accounts.into_iter().find_map(|account| account.imported.err()?.explain().into()),
            Err(error) => Some(error.explain()),
        };
        Ok::<_, Failure>(Checked {
            valid: error.is_none(),
            profile: profile.name.clone(),
            region: profile.region.value,
            host: client.host().to_owned(),
            sdk_app_id: caller.sdk_app_id,
            admin: caller.admin.clone(),
            elapsed_ms,
            failure: error,
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
    #[serde(skip)]
    failure: Option<Problem>,
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
        self.failure.clone().map(Failure::from)
    }
}
