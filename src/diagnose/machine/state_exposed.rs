//! Whether others can read the state database, which holds auth tokens, users and texts.
//! Secrets of the configuration belong to `secrets_exposed`.

use super::evidence::{Machine, Role};
use crate::diagnose::{Finding, Skipped};
use crate::failure::{Remedy, shell_word};

pub(super) const TITLE: &str = "only you can read the state database";
pub(super) const REMEDY: Remedy =
    Remedy::say("chmod 600 the file; any opush command that uses it does so too");

pub(super) fn examine(machine: &Machine) -> Result<Finding, Skipped> {
    let mut files = machine.files.iter().filter(|file| matches!(file.role, Role::State | Role::StateFolder));
    let Some(first) = files.clone().next() else {
        return Err(Skipped::because("there is no state database yet"));
    };
    let exposed = files.find(|file| match file.role {
        Role::StateFolder => file.others_can_write(),
        _ => file.others_can_read() || file.others_can_write(),
    });
    Ok(match exposed {
        None => Finding::pass(format!("{} has mode {:04o}", first.shown, first.mode)),
        Some(file) => {
            let mode = if file.role == Role::StateFolder { 700 } else { 600 };
            Finding::warn(
                format!("{} has mode {:04o}: other users can get at it", file.shown, file.mode),
                "auth tokens, users and the texts of pushes are in it",
            )
            .remedy(format!("chmod {mode} {}", shell_word(&file.shown)))
        }
    })
}
