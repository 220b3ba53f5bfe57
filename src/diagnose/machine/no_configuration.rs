//! Whether there is any configuration.
//! Whether it can be used belongs to `configuration_broken`.

use super::evidence::{Configured, Machine};
use crate::diagnose::{Finding, Skipped};
use crate::failure::Remedy;

pub(super) const TITLE: &str = "there is a configuration";
pub(super) const REMEDY: Remedy = Remedy::run("add a profile; the demo needs none", "profile add");

pub(super) fn examine(machine: &Machine) -> Result<Finding, Skipped> {
    Ok(match &machine.configuration {
        Configured::Nothing => Finding::fail(
            "there is no configuration file, and no OPUSH_* variables in its place",
            "opush is new here, or runs in a folder without opush.toml",
        ),
        Configured::Unusable { file: None, .. } => return Err(Skipped::because("it could not be found out")),
        Configured::Unusable { file: Some(file), .. } => Finding::pass(format!("the file is {file}")),
        Configured::Sound { by, profile, region, .. } => {
            Finding::pass(format!("profile {profile} ({region}), configured by {by}"))
        }
    })
}
