//! Whether this opush knows the schema of the state database.
//! Lifting an older one belongs to `store`.

use super::evidence::Machine;
use crate::diagnose::{Finding, Skipped};
use crate::failure::Remedy;
use crate::store::StoreError;

pub(super) const TITLE: &str = "the state database was not written by a newer opush";
pub(super) const REMEDY: Remedy = Remedy::say("use the newer opush, or set XDG_STATE_HOME to another folder");

pub(super) fn examine(machine: &Machine) -> Result<Finding, Skipped> {
    match &machine.state {
        Ok(None) => Err(Skipped::because("there is no state database yet")),
        Ok(Some(health)) if health.version < health.known => Ok(Finding::pass(format!(
            "schema version {}, which the next command lifts to {}",
            health.version, health.known
        ))),
        Ok(Some(health)) => Ok(Finding::pass(format!("schema version {}", health.version))),
        Err(error @ StoreError::Newer { .. }) => {
            Ok(Finding::fail(error.to_string(), "two versions of opush are used with one state"))
        }
        Err(_) => Err(Skipped::because("the state database can't be read")),
    }
}
