//! Whether files lie about that a killed opush left and no run has removed yet, and secret files that nothing refers to.

use super::evidence::Machine;
use crate::diagnose::{Finding, Skipped};
use crate::failure::{Remedy, shell_word};

pub(super) const TITLE: &str = "no file is left over from a run that was killed";
pub(super) const REMEDY: Remedy = Remedy::say("remove them, unless another configuration refers to them");

pub(super) fn examine(machine: &Machine) -> Result<Finding, Skipped> {
    let Some(first) = machine.leftovers.first() else {
        return Ok(Finding::pass("nothing is left over"));
    };
    let cause = "a run was killed, or a configuration was changed by hand";
    let words = format!("nothing refers to {}", machine.leftovers.join(", "));
    Ok(Finding::warn(words, cause).remedy(format!("rm {}", shell_word(first))))
}
