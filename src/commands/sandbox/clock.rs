//! `opush sandbox clock show | set | advance | follow`: where the sandbox's clock is, and moving it.

use std::time::Duration;

use clap::Subcommand;
use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::profile_view::ProfileView;
use super::times::rfc3339;
use crate::clock::Timestamp;
use crate::failure::{Failure, Remedy};
use crate::flags::{describe_duration, duration, time};
use crate::output::{Page, Report};
use crate::services::sandbox::SandboxTarget;

/// Show the sandbox's clock, or move it: certificates, tokens, TTLs and logins go by it
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush sandbox clock advance 10m
  opush sandbox clock set 2026-01-01T00:00:00Z
  opush sandbox clock follow

A clock that was moved runs on from there. What became due meanwhile happens at once. The timestamp of auth and the time in \
a UserSig are compared with the machine's clock, so that real senders still get in.")]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Show it, and how far it is from the machine's
    Show,
    /// Set it to a time, such as 2026-01-01T00:00:00Z
    Set {
        #[arg(value_name = "TIME", value_parser = time)]
        time: Timestamp,
    },
    /// Let so much time pass, such as 10m or 8d
    Advance {
        #[arg(value_name = "DURATION", value_parser = duration)]
        by: Duration,
    },
    /// Let it follow the machine's clock again
    Follow,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<ClockView, Failure> {
    ctx.block_on(async {
        let target = SandboxTarget::find(ctx).await?;
        let clock = match args.command {
            Command::Show => target.control.clock().await?,
            Command::Set { time } => target.control.set_clock(time.as_millisecond()).await?,
            Command::Advance { by } => target.control.advance_clock(by).await?,
            Command::Follow => target.control.follow_clock().await?,
        };
        Ok(ClockView {
            now: rfc3339(clock.now),
            machine: rfc3339(clock.machine),
            ahead_ms: clock.ahead_ms,
            of: ProfileView::from(&target.profile),
        })
    })
}

/// What these commands print with `--json`.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ClockView {
    /// The sandbox's time, RFC 3339 UTC.
    now: String,
    /// The machine's time, RFC 3339 UTC.
    machine: String,
    /// How far the sandbox's clock is ahead; negative where it is behind, 0 where it follows the machine's.
    ahead_ms: i64,
    #[serde(flatten)]
    of: ProfileView,
}

impl Report for ClockView {
    fn text(&self, page: &mut Page) {
        let now = page.time(&self.now);
        let far = describe_duration(Duration::from_millis(self.ahead_ms.unsigned_abs()));
        match self.ahead_ms {
            0 => return page.line(format!("The sandbox's clock is the machine's: {now}")),
            1.. => page.line(format!("The sandbox's clock is {far} ahead of the machine's: {now}")),
            _ => page.line(format!("The sandbox's clock is {far} behind the machine's: {now}")),
        }
        page.line(page.remedy(&Remedy::run("Let it follow the machine's again", "sandbox clock follow")));
    }
}
