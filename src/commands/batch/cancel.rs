//! `opush batch cancel`: give up what is left of a run. What was sent stays sent.

use super::super::context::Ctx;
use super::printed::RunJson;
use super::resume::busy;
use super::runs;
use crate::failure::Failure;
use crate::store::batch::{self as journal, Claim};

/// Give up what is left of a run
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:\n  opush batch cancel 3\n\nOPPO can't recall what was sent.")]
pub(crate) struct Args {
    /// The number of the run
    #[arg(value_name = "RUN")]
    run: i64,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<RunJson, Failure> {
    ctx.configuration()?;
    let store = ctx.store()?;
    let run = runs::find(&store, args.run)?;
    if journal::cancel(&store, run.id)? == Some(Claim::Busy) {
        return Err(busy(run.id).into());
    }
    let run = runs::find(&store, run.id)?;
    let counts = runs::counts(&store, run.id)?;
    Ok(RunJson::of(&run, &journal::totals(&store, run.id)?, &counts))
}
