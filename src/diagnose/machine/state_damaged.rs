//! Whether the pages of the state database are sound, by SQLite's own check.
//! Whether it can be opened at all belongs to `state_unreadable`.

use super::evidence::Machine;
use crate::diagnose::{Finding, Skipped};
use crate::failure::Remedy;
use crate::store::StoreError;

pub(super) const TITLE: &str = "the state database is whole";
pub(super) const REMEDY: Remedy = Remedy::say(
    "move state.db, state.db-wal and state.db-shm away together, and opush starts a new one; token reports and the history in it are lost",
);

pub(super) fn examine(machine: &Machine) -> Result<Finding, Skipped> {
    let cause = "the disk failed, or the file was changed or copied while it was in use";
    match &machine.state {
        Ok(None) => Err(Skipped::because("there is no state database yet")),
        Ok(Some(health)) => match (health.faults.first(), health.whole) {
            (Some(fault), _) => {
                Ok(Finding::fail(format!("the state database is damaged: SQLite says {fault:?}"), cause))
            }
            (None, true) => Ok(Finding::pass("SQLite's check of its pages found nothing")),
            (None, false) => Ok(Finding::unknown(
                "the file is whole, but the log beside it can't be read without its index, state.db-shm",
                Remedy::run("make the index anew, then run opush's doctor again", "history list"),
            )),
        },
        Err(error @ StoreError::Damaged { .. }) => {
            let problem = error.problem();
            Ok(Finding::fail(problem.message, cause).remedy(&problem.hint))
        }
        Err(_) => Err(Skipped::because("the state database can't be read")),
    }
}
