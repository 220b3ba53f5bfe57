//! Whether the opush that a shell starts is this one. Never a failure: this one runs.
//! Versions are shown here: they say which one it is.

use super::evidence::Machine;
use crate::diagnose::{Finding, Skipped};
use crate::failure::Remedy;

pub(super) const TITLE: &str = "the opush that a shell starts is this one";
pub(super) const REMEDY: Remedy = Remedy::say("put this program's folder on PATH, before that of the other");

pub(super) fn examine(machine: &Machine) -> Result<Finding, Skipped> {
    let program = &machine.program;
    Ok(match &program.on_path {
        Some((_, true)) => Finding::pass(format!("{}, {}", program.versions, program.path)),
        Some((other, false)) => Finding::warn(
            format!("{}, {}; a shell starts another: {other}", program.versions, program.path),
            "two are installed, and may have different versions",
        ),
        None => Finding::warn(
            format!("{}, {}, which is not on PATH", program.versions, program.path),
            "scripts and completions start it by its name",
        ),
    })
}
