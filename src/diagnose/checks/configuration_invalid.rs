//! Whether the configuration can be used at all: it parses, its profile is found and complete.
//! Whether its secrets can be got belongs to `secret_missing`.

use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::Remedy;

pub(super) const TITLE: &str = "the configuration can be used";
pub(super) const REMEDY: Remedy = Remedy::run("see each mistake with its line", "config check");

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let Some(first) = evidence.configuration.first() else {
        let subject = evidence.subject()?;
        let certificates = subject.profile.certificates.len();
        let many = if certificates == 1 { "" } else { "s" };
        return Ok(Finding::pass(format!(
            "profile {} ({}) with {certificates} certificate{many}, from {}",
            subject.profile.name, subject.profile.region, evidence.configured_by
        )));
    };
    let more = match evidence.configuration.len() - 1 {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    Ok(Finding::fail(format!("{first}{more}"), "a mistake in the configuration").remedy(&first.hint))
}
