//! Whether the certificate still has an ID of opush's own (1 to 999), which no IM server knows.
//! Whether the app reported that ID belongs to the link `report`.

use crate::config::Region;
use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::Remedy;

pub(super) const TITLE: &str = "the certificate has the ID of the IM console";
pub(super) const REMEDY: Remedy =
    Remedy::run("give it the ID that the IM console shows", "cert edit <ID> --id <NEW-ID>");

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let certificate = evidence.certificate()?;
    if evidence.subject()?.profile.region.value == Region::Sandbox {
        return Err(Skipped::because("the sandbox takes an ID of opush's own"));
    }
    let id = certificate.id.value;
    if !id.is_local() {
        return Ok(Finding::pass(format!("{id} is an ID of the IM console's")));
    }
    Ok(Finding::warn(
        format!("certificate {id} has an ID that opush gave; the IM server does not know it"),
        "an app that reports this ID to the IM server gets no push from there",
    )
    .remedy(REMEDY.with("ID", id)))
}
