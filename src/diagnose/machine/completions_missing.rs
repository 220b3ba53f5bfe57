//! Whether the shell in use completes opush. Never a failure: everything works without.
//! Where a shell looks belongs to `gather`.

use super::evidence::{Completions, Machine};
use crate::diagnose::{Check, Finding, Link, Skipped};
use crate::failure::Remedy;

pub(crate) const CHECK: Check<Machine> = Check {
    id: "completions-missing",
    link: Link::Completions,
    title: "the shell completes opush",
    remedy: Remedy::run("install the script as docs/commands/completions.md says", "completions <SHELL>"),
    page: include_str!("../../../docs/checks/completions-missing.md"),
    examine,
};

fn examine(machine: &Machine) -> Result<Finding, Skipped> {
    Ok(match &machine.completions {
        Completions::NoShell(why) => return Err(Skipped(why.clone())),
        Completions::Missing { shell } => Finding::warn(
            format!("not installed for {shell}"),
            "Tab completes neither commands nor certificate IDs",
        )
        .remedy(CHECK.remedy.with("SHELL", shell)),
        Completions::Installed { shell, at, current: false } => Finding::warn(
            format!("{at} is not the script of this opush"),
            "it was installed by another version",
        )
        .remedy(
            Remedy::from(format!("write its output to {at}"))
                .command("completions <SHELL>")
                .with("SHELL", shell),
        ),
        Completions::Installed { at, current: true, .. } => Finding::pass(format!("installed in {at}")),
    })
}
