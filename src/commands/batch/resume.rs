//! `opush batch resume`: go on with a run that was stopped or killed, from its journal.

use super::super::context::Ctx;
use super::args::GoingFlags;
use super::going;
use super::printed::RunJson;
use super::run_file::ended;
use super::runs;
use crate::failure::{Failure, Kind, Problem, Remedy};
use crate::store::batch::{self as journal, Claim};

/// Go on with a run that was stopped or killed
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush batch resume 3
  opush batch resume 3 --yes --rate 1000
  opush batch resume 3 --retry-unknown

Rows whose fate is unknown are sent again with the same app_message_id, and only within the profile's repeat_window.")]
pub(crate) struct Args {
    /// The number of the run
    #[arg(value_name = "RUN")]
    run: i64,

    /// Send unknown rows again also later, and to aliases: some phones may show the notification twice
    #[arg(long)]
    retry_unknown: bool,

    #[command(flatten)]
    going: GoingFlags,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<RunJson, Failure> {
    ctx.configuration()?;
    let store = ctx.store()?;
    let run = runs::find(&store, args.run)?;
    let profile = runs::of_profile(ctx, &run)?;
    going::same_app(&run, &profile)?;
    let totals = journal::totals(&store, run.id)?;
    going::confirm(ctx, &profile, &args.going, totals.left + totals.unknown)?;
    match journal::claim(&store, run.id)? {
        Some(Claim::Taken) => {}
        Some(Claim::Busy) => return Err(busy(run.id).into()),
        _ => {
            let message = format!("run {} was cancelled", run.id);
            let hint =
                Remedy::run("begin a new run; the report says which rows were sent", "batch report <RUN>");
            return Err(Problem::new(Kind::Contradiction, message, hint.fill("RUN", Some(run.id)))
                .at("RUN")
                .into());
        }
    }
    let went = going::send(ctx, &store, &profile, &run, &args.going, args.retry_unknown)?;
    Ok(ended(&store, &profile, &run, &went)?.at_rate(going::rate(&args.going, &profile)))
}

pub(super) fn busy(run: i64) -> Problem {
    let hint = Remedy::run("wait for it, or stop it with Ctrl-C where it runs", "batch status <RUN>");
    let message = format!("another opush works on run {run}");
    Problem::new(Kind::Contradiction, message, hint.fill("RUN", Some(run))).at("RUN")
}
