//! Whether the secrets of the current profile can be got.
//! Whether others can read them belongs to `secrets_exposed`; whether OPPO accepts them, to `opush cert verify`.

use super::evidence::Machine;
use crate::diagnose::{Finding, Skipped};
use crate::failure::{Kind, Remedy};

pub(super) const TITLE: &str = "every secret of the profile can be read";
pub(super) const REMEDY: Remedy =
    Remedy::run("see which secrets can't be read, and where they are named", "config check");

pub(super) fn examine(machine: &Machine) -> Result<Finding, Skipped> {
    machine.configured()?;
    let lost = |needed| {
        machine.secrets.iter().filter(move |secret| secret.needed == needed).filter_map(|secret| {
            secret.got.as_ref().err().map(|problem| (format!("{}: {problem}", secret.what), problem))
        })
    };
    let all: Vec<String> = lost(true).map(|(words, _)| words).collect();
    if let Some((_, first)) = lost(true).next() {
        let cause = match first.kind {
            Kind::UntrustedCommand => "the file may be a stranger's, and a command in it could do anything",
            Kind::UntrustedConfiguration => {
                "the file may be a stranger's, and lead the secret to its own server"
            }
            _ => "the secret was moved, or is not set in this environment",
        };
        return Ok(Finding::fail(all.join("; "), cause).remedy(&first.hint));
    }
    if let Some((words, first)) = lost(false).next() {
        return Ok(
            Finding::warn(words, "only the app itself needs it, and opush snippet").remedy(&first.hint)
        );
    }
    if machine.secrets.is_empty() {
        return Err(Skipped::because("the profile has no certificate"));
    }
    let how: Vec<String> = machine
        .secrets
        .iter()
        .filter_map(|secret| Some(format!("{} is {}", secret.what, secret.got.as_ref().ok()?)))
        .collect();
    Ok(Finding::pass(how.join("; ")))
}
