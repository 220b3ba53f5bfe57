//! `opush sandbox calls`: the sandbox's log of calls, what failed in each and which fault struck it.
//! What is looked at in a call belongs to `sandbox/vendor` and `sandbox/im`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::profile_view::ProfileView;
use crate::failure::Failure;
use crate::output::{Page, Report, Tone};
use crate::sandbox::http::calls::LoggedCall;
use crate::services::sandbox::SandboxTarget;

/// Show the log of calls: what was asked, what failed, which fault struck
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush sandbox calls
  opush sandbox calls --after 12 --json")]
pub(crate) struct Args {
    /// Only calls after the one with this number
    #[arg(long, value_name = "ID", default_value_t = 0)]
    after: i64,

    /// At most so many, the oldest first
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u16).range(1..=1000))]
    limit: u16,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Calls, Failure> {
    ctx.block_on(async {
        let target = SandboxTarget::find(ctx).await?;
        let items = target.control.calls(Some(args.after), usize::from(args.limit)).await?;
        Ok(Calls { items, of: ProfileView::from(&target.profile) })
    })
}

/// What failed, in the order of looking.
fn failed(call: &LoggedCall) -> String {
    let failed = call.checks.iter().filter(|check| !check.ok);
    failed.map(|check| format!("{}: {}", check.name, check.detail)).collect::<Vec<_>>().join("; ")
}

fn row(call: &LoggedCall) -> Vec<String> {
    // The query has the caller's signature and a random number: nothing to tell calls apart by.
    let path = call.path.split_once('?').map_or(call.path.as_str(), |(path, _)| path);
    vec![
        call.id.to_string(),
        call.app_id.clone().unwrap_or_default(),
        format!("{} {path}", call.method),
        call.code.to_string(),
        failed(call),
    ]
}

/// What `sandbox calls --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Calls {
    /// Oldest first.
    items: Vec<LoggedCall>,
    #[serde(flatten)]
    of: ProfileView,
}

impl Report for Calls {
    fn text(&self, page: &mut Page) {
        if self.items.is_empty() {
            page.line("No call has come.");
            return;
        }
        let rows: Vec<Vec<String>> = self.items.iter().map(row).collect();
        let tone = |call| Some(if failed(call).is_empty() { Tone::Ok } else { Tone::Warn });
        let tones: Vec<Option<Tone>> = self.items.iter().map(tone).collect();
        page.table(&["id", "app", "call", "code", "failed"], &rows, &tones);
    }
}
