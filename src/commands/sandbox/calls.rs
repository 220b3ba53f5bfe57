//! `opush sandbox calls`: the sandbox's log of calls, what failed in each and which fault struck it.
//! What is looked at in a call belongs to `sandbox/vendor` and `sandbox/im`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::profile_view::ProfileView;
use crate::failure::Failure;
use crate::output::{Page, Report, Tone};
use crate::sandbox::http::calls;
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
        let calls = target.control.calls(Some(args.after), usize::from(args.limit)).await;
        let items = calls?.into_iter().map(Call::from).collect();
        Ok(Calls { items, of: ProfileView::from(&target.profile) })
    })
}

/// One call of OPPO's or of the IM server's, secrets masked.
#[derive(Debug, Serialize, JsonSchema)]
struct Call {
    id: i64,
    /// Milliseconds since 1970-01-01 UTC.
    at_ms: i64,
    /// The AppID or SDKAppID, where the call told it.
    app_id: Option<String>,
    method: String,
    path: String,
    /// The return code or ErrorCode; -1 where a fault let no envelope out.
    code: i32,
    checks: Vec<Check>,
    /// What differed from the documented form and was taken all the same.
    dialects: Vec<String>,
    /// Request line, headers and body as they came.
    request: String,
    /// The answer's body; empty where a fault let no envelope out.
    answer: String,
}

/// One thing that was looked at; a fault that struck is one that failed, by the name `fault`.
#[derive(Debug, Serialize, JsonSchema)]
struct Check {
    name: String,
    ok: bool,
    detail: String,
}

impl From<calls::LoggedCall> for Call {
    fn from(call: calls::LoggedCall) -> Self {
        let check = |check: calls::Check| Check { name: check.name, ok: check.ok, detail: check.detail };
        Call {
            id: call.id,
            at_ms: call.at_ms,
            app_id: call.app_id,
            method: call.method,
            path: call.path,
            code: call.code,
            checks: call.checks.into_iter().map(check).collect(),
            dialects: call.dialects,
            request: call.request,
            answer: call.answer,
        }
    }
}

impl Call {
    /// What failed, in the order of looking.
    fn failed(&self) -> String {
        let failed = self.checks.iter().filter(|check| !check.ok);
        failed.map(|check| format!("{}: {}", check.name, check.detail)).collect::<Vec<_>>().join("; ")
    }

    fn row(&self) -> Vec<String> {
        // The query has the caller's signature and a random number: nothing to tell calls apart by.
        let path = self.path.split_once('?').map_or(self.path.as_str(), |(path, _)| path);
        vec![
            self.id.to_string(),
            self.app_id.clone().unwrap_or_default(),
            format!("{} {path}", self.method),
            self.code.to_string(),
            self.failed(),
        ]
    }
}

/// What `sandbox calls --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Calls {
    /// Oldest first.
    items: Vec<Call>,
    #[serde(flatten)]
    of: ProfileView,
}

impl Report for Calls {
    fn text(&self, page: &mut Page) {
        if self.items.is_empty() {
            page.line("No call has come.");
            return;
        }
        let rows: Vec<Vec<String>> = self.items.iter().map(Call::row).collect();
        let tone = |call: &Call| Some(if call.failed().is_empty() { Tone::Ok } else { Tone::Warn });
        let tones: Vec<Option<Tone>> = self.items.iter().map(tone).collect();
        page.table(&["id", "app", "call", "code", "failed"], &rows, &tones);
    }
}
