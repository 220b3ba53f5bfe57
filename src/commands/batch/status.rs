//! `opush batch status`: one run, its rows by what became of them.

use super::super::context::Ctx;
use super::printed::RunJson;
use super::runs;
use crate::failure::Failure;
use crate::store::batch as journal;

/// One run: its rows by what became of them
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:\n  opush batch status 3\n  opush batch status 3 --json")]
pub(crate) struct Args {
    /// The number of the run
    #[arg(value_name = "RUN")]
    run: i64,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<RunJson, Failure> {
    ctx.configuration()?;
    let store = ctx.store()?;
    let run = runs::find(&store, args.run)?;
    let counts = runs::counts(&store, run.id)?;
    Ok(RunJson::of(&run, &journal::totals(&store, run.id)?, &counts))
}
