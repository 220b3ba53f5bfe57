//! A run by its number, and its rows by what became of them.

use super::super::context::Ctx;
use crate::batch::{Chunk, Counts, RowResult, unpack};
use crate::config::{Profile, ProfileChoice};
use crate::failure::{Failure, Kind, Problem, Remedy};
use crate::store::Store;
use crate::store::batch::{self as journal, CallState, Run};

/// Calls read at once.
const PAGE: usize = 16;

/// The run of this number.
pub(super) fn find(store: &Store, run: i64) -> Result<Run, Failure> {
    journal::find(store, run)?.ok_or_else(|| {
        let hint = Remedy::run("see which there are", "batch list");
        Problem::new(Kind::NotFound, format!("there is no run {run}"), hint).at("RUN").into()
    })
}

/// Looks at one call; false ends the reading.
type Visit<'v> = dyn FnMut(&Chunk, &[RowResult]) -> Result<bool, Failure> + 'v;

/// Each call of the run with its rows and their results.
pub(super) fn each_call(store: &Store, run: i64, visit: &mut Visit<'_>) -> Result<(), Failure> {
    let mut behind = 0;
    loop {
        let calls = journal::read(store, run, behind, PAGE)?;
        let Some(last) = calls.last() else { return Ok(()) };
        behind = last.id;
        for call in &calls {
            let chunk = Chunk::unpack(&call.rows)?;
            let rows = chunk.items()?.len();
            let results = unpack(call.results.as_deref(), rows, call.state == CallState::Begun)?;
            if !visit(&chunk, &results)? {
                return Ok(());
            }
        }
    }
}

pub(super) fn counts(store: &Store, run: i64) -> Result<Counts, Failure> {
    let mut counts = Counts::default();
    each_call(store, run, &mut |_, results| {
        counts.add(results);
        Ok(true)
    })?;
    Ok(counts)
}

/// A run that belongs to the current profile.
pub(super) fn of_profile(ctx: &Ctx, run: &Run) -> Result<Profile, Failure> {
    if let Some(name) = ctx.profile_name()
        && name != run.profile
    {
        let message = format!("run {} is of profile {}, not of {name}", run.id, run.profile);
        let hint = "leave --profile out: the run knows its own";
        return Err(Problem::new(Kind::Contradiction, message, hint).at("--profile").into());
    }
    let choice = ProfileChoice::new(Some(&run.profile), &ctx.environment);
    ctx.configuration()?.current(choice.as_ref(), &ctx.environment)
}
