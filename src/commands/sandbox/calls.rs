//! `opush sandbox calls`: the sandbox's log of calls, what failed in each and which fault struck it.
//! What is looked at in a call belongs to `sandbox/oppo` and `sandbox/im`; how following works is in `follow`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::call_line::{cells, failed, time};
use super::call_shown::{self, OneCall};
use super::follow::{self, Followed};
use super::profile_view::ProfileView;
use super::times::WithTimes;
use crate::failure::Failure;
use crate::output::{Page, Report, Tone};
use crate::sandbox::http::calls::LoggedCall;
use crate::services::sandbox::SandboxTarget;

/// Show the log of calls: what was asked, what failed, which fault struck
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush sandbox calls --limit 3
  opush sandbox calls 12
  opush sandbox calls --after 12 --json
  opush sandbox calls --follow")]
pub(crate) struct Args {
    /// This call whole: what was checked, what it made, and what became of that on each phone
    #[arg(value_name = "ID", conflicts_with_all = ["after", "limit", "follow"])]
    id: Option<i64>,

    /// Only calls after the one with this number
    #[arg(long, value_name = "ID")]
    after: Option<i64>,

    /// At most this many, the last ones [default: all; with --follow: none of the past]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1000))]
    limit: Option<u16>,

    /// Go on printing calls as they come, until Ctrl-C
    #[arg(long)]
    follow: bool,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<CallsJson, Failure> {
    if let Some(id) = args.id {
        return call_shown::run(id, ctx).map(|call| CallsJson::One(Box::new(call)));
    }
    if args.follow {
        return follow::run(args.after, args.limit, ctx).map(CallsJson::Followed);
    }
    ctx.block_on(async {
        let target = SandboxTarget::find(ctx).await?;
        let items = WithTimes(target.control.calls(args.after.unwrap_or(0), args.limit).await?);
        Ok(CallsJson::Listed(Calls { items, of: ProfileView::from(&target.profile) }))
    })
}

/// What `sandbox calls --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum CallsJson {
    One(Box<OneCall>),
    Listed(Calls),
    Followed(Followed),
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Calls {
    /// Oldest first.
    items: WithTimes<Vec<LoggedCall>>,
    #[serde(flatten)]
    of: ProfileView,
}

impl Report for CallsJson {
    fn text(&self, page: &mut Page) {
        match self {
            CallsJson::One(call) => call.text(page),
            CallsJson::Listed(calls) if calls.items.is_empty() => page.line("No call has come."),
            CallsJson::Listed(calls) => {
                let came: Vec<String> = calls.items.iter().map(time).collect();
                let (at, times) = page.times("at", came.iter().map(|at| Some(at.as_str())));
                let rows: Vec<Vec<String>> =
                    calls.items.iter().zip(times).map(|(call, at)| cells(call, at).into()).collect();
                let tone = |call| Some(if failed(call).is_empty() { Tone::Ok } else { Tone::Warn });
                let tones: Vec<Option<Tone>> = calls.items.iter().map(tone).collect();
                page.table(&["id", &at, "app", "call", "code", "made", "failed"], &rows, &tones);
            }
            // Everything was said as it happened.
            CallsJson::Followed(_) => {}
        }
    }
}
