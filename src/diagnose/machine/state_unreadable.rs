//! Whether the state database can be read and written, and is opush's own.
//! Its version belongs to `state_newer`, its pages to `state_damaged`.

use super::evidence::Machine;
use crate::diagnose::{Finding, Skipped};
use crate::failure::Remedy;
use crate::store::StoreError;

pub(super) const TITLE: &str = "the state database can be read and written";
pub(super) const REMEDY: Remedy = Remedy::say("look at the owner and permissions of the file and its folder");

pub(super) fn examine(machine: &Machine) -> Result<Finding, Skipped> {
    match &machine.state {
        Ok(None) => Ok(Finding::pass("there is none yet; the first command that needs one makes it")),
        Ok(Some(health)) => {
            Ok(Finding::pass(format!("it can be read and written, schema version {}", health.version)))
        }
        Err(StoreError::Newer { .. } | StoreError::Damaged { .. }) => Ok(Finding::pass("it can be opened")),
        Err(error @ StoreError::Busy { .. }) => Ok(Finding::unknown(
            error.to_string(),
            Remedy::run("try again when no other opush is writing", "doctor"),
        )),
        Err(error) => {
            let problem = error.problem();
            Ok(Finding::fail(
                problem.message,
                "another user made the file, or something else lies in its place",
            )
            .remedy(&problem.hint))
        }
    }
}
