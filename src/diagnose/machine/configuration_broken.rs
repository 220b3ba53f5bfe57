//! Whether the configuration parses, is valid, and gives a profile.
//! Whether its secrets can be got belongs to `secrets_unresolved`.

use super::evidence::{Configured, Machine};
use crate::diagnose::{Finding, Skipped};
use crate::failure::Remedy;

pub(super) const TITLE: &str = "the configuration is valid and gives a profile";
pub(super) const REMEDY: Remedy = Remedy::run("see each mistake with its line", "config check");

pub(super) fn examine(machine: &Machine) -> Result<Finding, Skipped> {
    match &machine.configuration {
        Configured::Nothing => Err(Skipped::because("there is no configuration")),
        Configured::Sound { profile, because, .. } => {
            Ok(Finding::pass(format!("profile {profile} is the current one: {because}")))
        }
        Configured::Unusable { problems, .. } => {
            let Some(first) = problems.first() else { return Err(Skipped::because("nothing is said of it")) };
            let more = match problems.len() - 1 {
                0 => String::new(),
                more => format!(", and {more} more"),
            };
            Ok(Finding::fail(format!("{first}{more}"), "a mistake in the configuration").remedy(&first.hint))
        }
    }
}
