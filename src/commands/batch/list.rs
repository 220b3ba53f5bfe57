//! `opush batch list`: the runs, newest first.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::printed::RunJson;
use crate::batch::Counts;
use crate::failure::Failure;
use crate::output::{Page, Report};
use crate::store::batch as journal;

/// The runs, newest first
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:\n  opush batch list\n  opush batch list --profile chat-prod --json")]
pub(crate) struct Args {}

pub(crate) fn run(_args: Args, ctx: &Ctx) -> Result<RunsJson, Failure> {
    ctx.configuration()?;
    let store = ctx.store()?;
    let runs = journal::list(&store, ctx.profile_name())?;
    let view =
        |run: &journal::Run| Ok(RunJson::of(run, &journal::totals(&store, run.id)?, &Counts::default()));
    Ok(RunsJson { items: runs.iter().map(view).collect::<Result<_, Failure>>()? })
}

/// What `batch list --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct RunsJson {
    items: Vec<RunJson>,
}

impl Report for RunsJson {
    fn text(&self, page: &mut Page) {
        if self.items.is_empty() {
            page.line("There is no run yet. Begin one: opush batch run FILE");
            return;
        }
        let header =
            ["RUN", "BEGUN", "PROFILE", "STATE", "ROWS", "ACCEPTED", "REFUSED", "UNKNOWN", "LEFT", "FILE"];
        let row = |run: &RunJson| {
            vec![
                run.run.unwrap_or_default().to_string(),
                page.time(&run.begun_at),
                run.profile.clone(),
                run.state.map_or("", <&'static str>::from).to_owned(),
                run.recipients.to_string(),
                run.accepted.to_string(),
                run.refused.to_string(),
                run.unknown.to_string(),
                run.left.to_string(),
                run.source.clone(),
            ]
        };
        let rows: Vec<Vec<String>> = self.items.iter().map(row).collect();
        page.table(&header, &rows, &vec![None; rows.len()]);
    }
}
