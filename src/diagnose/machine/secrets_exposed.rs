//! Whether others on this machine can read a secret, or put another in its place.
//! Whether secrets can be got at all belongs to `secrets_unresolved`.

use super::evidence::{FileSeen, Machine, Role};
use crate::diagnose::{Finding, Skipped};
use crate::failure::{Remedy, shell_word};

pub(super) const TITLE: &str = "only you can read the files with secrets";
pub(super) const REMEDY: Remedy =
    Remedy::say("chmod 600 the file, and change the secret where it was issued if others may have read it");

pub(super) fn examine(machine: &Machine) -> Result<Finding, Skipped> {
    let with_secrets = machine.files.iter().filter(|file| wanted(file).is_some());
    let exposed: Vec<&FileSeen> = with_secrets
        .clone()
        .filter(|file| match file.role {
            // Names in a folder are no secret; what could be put there is.
            Role::SecretsFolder => file.others_can_write(),
            _ => file.others_can_read() || file.others_can_write(),
        })
        .collect();
    let Some(first) = exposed.first() else {
        return match with_secrets.count() {
            0 => Err(Skipped::because("no file here holds a secret")),
            1 => Ok(Finding::pass("the one file with secrets is yours alone")),
            count => Ok(Finding::pass(format!("{count} files and folders with secrets are yours alone"))),
        };
    };
    let words: Vec<String> = exposed
        .iter()
        .map(|file| format!("{} has mode {:04o}: other users can get at it", file.shown, file.mode))
        .collect();
    let cause = "it was made by another program, or copied, without narrow permissions";
    let remedy = format!("chmod {:o} {}", wanted(first).unwrap_or(0o600), shell_word(&first.shown));
    Ok(Finding::fail(words.join("; "), cause).remedy(remedy))
}

/// The mode that a file with secrets should have.
fn wanted(file: &FileSeen) -> Option<u32> {
    match file.role {
        Role::ConfigurationWithSecrets | Role::Secret => Some(0o600),
        Role::SecretsFolder => Some(0o700),
        Role::State | Role::StateFolder => None,
    }
}
