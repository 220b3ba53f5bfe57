//! Whether the certificate's AppID is the app's: OPPO's message_id begins with the true one.
//! No call to OPPO carries the AppID, so that a wrong one breaks nothing at OPPO.

use crate::diagnose::{Evidence, Finding, Skipped, sent};
use crate::failure::Remedy;

pub(super) const TITLE: &str = "the AppID is that of the AppKey";
pub(super) const REMEDY: Remedy =
    Remedy::run("copy AppID from OPPO's console", "cert edit <ID> --app-id <APP-ID>");

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let certificate = evidence.certificate()?;
    let last = evidence.last_by_certificate()?;
    let message_id = last
        .message_id
        .as_deref()
        .ok_or_else(|| Skipped(format!("{} has no message_id", sent::name(last))))?;
    // AppID-1-1-HEX (OPPO reference, section 4.1).
    let (app_id, _) = match message_id.split_once('-') {
        Some(parts) if message_id.matches('-').count() == 3 && !parts.0.is_empty() => parts,
        _ => return Err(Skipped(format!("message_id {message_id} does not begin with an AppID"))),
    };
    let (id, ours) = (certificate.id.get(), &certificate.app_id.value);
    if app_id == ours {
        return Ok(Finding::pass(format!(
            "message_id {message_id} begins with the AppID of certificate {id}"
        )));
    }
    Ok(Finding::warn(
        format!("certificate {id} has AppID {ours}, and OPPO's message_id {message_id} begins with {app_id}"),
        "the AppID is mistyped, or AppKey and MasterSecret are another app's, and reach only that app's phones",
    )
    .remedy(Remedy::run("compare the three in OPPO's console", "cert edit <ID> --app-id <APP-ID>").with("ID", id).with("APP-ID", app_id)))
}
