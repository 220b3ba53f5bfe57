//! Whether the app on the phone is the one of the app file: what is fixed in the one need not be in the other.

use crate::device::Installed;
use crate::diagnose::evidence::on_phone::Built;
use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::Remedy;

pub(super) const TITLE: &str = "the app on the phone is the one of the app file";
pub(super) const REMEDY: Remedy =
    Remedy::say("install the app file on the phone (adb install -r), or name the file that is on it");

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let (on_phone, app) = evidence.app_on_phone()?;
    let built = on_phone.built.as_ref().ok_or_else(|| Skipped::because("no app file was named"))?;
    let mut differs: Vec<String> = [
        ("version code", &app.version_code, &built.version_code),
        ("version", &app.version_name, &built.version_name),
    ]
    .into_iter()
    .filter_map(|(what, there, here)| match (there, here) {
        (Some(there), Some(here)) if there != here => {
            Some(format!("{what} {there} is on the phone, and {here} in {}", built.file))
        }
        _ => None,
    })
    .take(1)
    .collect();
    let signer = signer(app, built);
    differs.extend((signer == Some(false)).then(|| "another key signed the one on the phone".to_owned()));
    if !differs.is_empty() {
        let cause = "the manifest, the channels and the certificate ID of another build may be others";
        return Ok(Finding::warn(differs.join("; "), cause));
    }
    let version =
        built.version_name.as_deref().or(built.version_code.as_deref()).unwrap_or("without a version");
    let signed = match signer {
        Some(_) => "signed by the same key",
        None => "who signed it can't be compared",
    };
    Ok(Finding::pass(format!("{} and the phone have {version}, {signed}", built.file)))
}

/// Whether one key signed both; `None` where either does not say.
fn signer(app: &Installed, built: &Built) -> Option<bool> {
    let known = !app.signers.is_empty() && !built.signers.is_empty();
    known.then(|| app.signers.iter().any(|signer| built.signers.contains(signer)))
}
