//! Whether the configuration can be used at all: it parses, its profile is found and complete.
//! Whether its secrets can be got belongs to `secret_missing`.

use crate::diagnose::{Check, Evidence, Finding, Link, Skipped};
use crate::failure::Remedy;
pub(crate) const CHECK: Check<Evidence> = Check {
    id: "configuration-invalid",
    link: Link::Configuration,
    title: "the configuration can be used",
    remedy: Remedy::run("see each mistake with its line", "config check"),
    page: include_str!("../../../docs/checks/configuration-invalid.md"),
    examine,
};

fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
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
