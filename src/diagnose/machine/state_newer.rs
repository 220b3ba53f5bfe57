//! Whether this opush knows the schema of the state database.
//! Lifting an older one belongs to `store`.

use super::evidence::Machine;
use crate::diagnose::{Check, Finding, Link, Skipped};
use crate::failure::Remedy;
use crate::store::StoreError;

pub(crate) const CHECK: Check<Machine> = Check {
    id: "state-newer",
    link: Link::State,
    title: "the state database was not written by a newer opush",
    remedy: Remedy::say("use the newer opush, or set XDG_STATE_HOME to another folder"),
    page: include_str!("../../../docs/checks/state-newer.md"),
    examine,
};

fn examine(machine: &Machine) -> Result<Finding, Skipped> {
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
