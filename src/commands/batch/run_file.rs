//! `opush batch run`: one notification to each row of a file, checked whole before the first call.

pub(crate) use super::args::Args;

use super::super::context::Ctx;
use super::going::{self, Went};
use super::plan::plan;
use super::printed::RunJson;
use super::runs;
use crate::batch::{self, Counts};
use crate::config::Profile;
use crate::failure::{Failure, Warning};
use crate::services::endpoints_without_network;
use crate::store::Store;
use crate::store::batch::{self as journal, Run};

/// So many requests are shown by a dry run.
const SHOWN: usize = 3;

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<RunJson, Failure> {
    let profile = ctx.profile()?;
    let store = ctx.store()?;
    let (planned_run, checked, planned) = plan(&args, ctx, &profile, &store)?;
    ctx.show_remarks();
    journal::start(&store, planned_run.id, &planned)?;
    let run = runs::find(&store, planned_run.id)?;
    let rate = going::rate(&args.going, &profile);
    let mut warnings = checked.warnings;
    warnings.extend(left_out(&checked.problems, checked.problem_count));
    if args.dry_run {
        let endpoints = endpoints_without_network(ctx, &profile)?;
        let requests = batch::first_requests(&store, &run, &endpoints, SHOWN)?;
        let view = RunJson::of(&run, &journal::totals(&store, run.id)?, &Counts::default()).at_rate(rate);
        let requests = requests.into_iter().map(Into::into).collect();
        return Ok(RunJson { run: None, state: None, dry_run: true, requests, warnings, ..view });
    }
    going::confirm(ctx, &profile, &args.going, run.planned.recipients)?;
    let id = planned_run.keep();
    ctx.note(&format!(
        "run {id}: {} rows to push; opush batch resume {id} goes on if it is stopped",
        run.planned.recipients
    ));
    let went = going::send(ctx, &store, &profile, &run, &args.going, false)?;
    let view = ended(&store, &profile, &run, &went)?.at_rate(rate);
    Ok(RunJson { warnings, ..view })
}

/// A run whose work has ended, as it is printed.
pub(super) fn ended(store: &Store, _profile: &Profile, run: &Run, went: &Went) -> Result<RunJson, Failure> {
    let run = runs::find(store, run.id)?;
    let view = RunJson::of(&run, &went.totals, &went.counts);
    let failure = batch::failure(&went.ending, &went.counts, run.id, view.left, view.held());
    let elapsed_ms = u64::try_from(went.elapsed.as_millis()).ok();
    Ok(RunJson { failure, elapsed_ms, ..view })
}

/// Bad rows that `--on-error skip` left out: the first of them, and how many there are.
fn left_out(problems: &[crate::failure::Problem], count: u64) -> Option<Warning> {
    let first = problems.first()?;
    let message = format!("{count} problems in rows that are left out; the first: {first}");
    Some(
        Warning::new(message, "run it with --on-error abort --dry-run to see them all")
            .with_id("rows-left-out"),
    )
}
