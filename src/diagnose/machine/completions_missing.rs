//! Whether the shell in use completes opush. Never a failure: everything works without.
//! Where a shell looks belongs to `gather`.

use super::evidence::{Completions, Machine};
use crate::diagnose::{Finding, Skipped};
use crate::failure::Remedy;

pub(super) const TITLE: &str = "the shell completes opush";
pub(super) const REMEDY: Remedy =
    Remedy::run("install the script as docs/commands/completions.md says", "completions <SHELL>");

pub(super) fn examine(machine: &Machine) -> Result<Finding, Skipped> {
    Ok(match &machine.completions {
        Completions::NoShell(why) => return Err(Skipped(why.clone())),
        Completions::Missing { shell, at } => Finding::warn(
            format!("not installed for {shell}"),
            "Tab completes neither commands nor certificate IDs",
        )
        .remedy(install(shell, at.as_deref())),
        Completions::Installed { shell, at, current: false } => Finding::warn(
            format!("{at} is not the script of this opush"),
            "it was installed by another version",
        )
        .remedy(install(shell, Some(at))),
        Completions::Installed { at, current: true, .. } => Finding::pass(format!("installed in {at}")),
    })
}

fn install(shell: &str, at: Option<&str>) -> Remedy {
    let remedy = match at {
        Some(at) => Remedy::from(format!("write the script to {at}")).command("completions <SHELL>"),
        None => REMEDY,
    };
    remedy.with("SHELL", shell)
}
