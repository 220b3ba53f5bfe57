//! Whether the app declares what OPPO's SDK needs to get a regId. What a library may add to a source manifest is not known.

use crate::click::Severity;
use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::Remedy;

pub(super) const TITLE: &str = "the app declares what OPPO push needs";
pub(super) const REMEDY: Remedy = Remedy::run("add what is missing", "snippet check");

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    if let Some(problem) = evidence.app.failed() {
        return Ok(Finding::unknown(problem.message.clone(), problem.hint.clone()));
    }
    let seen = evidence.app()?;
    let file = &seen.app.file;
    let of = |severity| seen.push.findings.iter().find(move |finding| finding.severity == severity);
    if let Some(broken) = of(Severity::Error) {
        return Ok(Finding::fail(broken.evidence.clone(), broken.remedy.clone())
            .plainly("the app lacks what it needs to get a regId from OPPO"));
    }
    match of(Severity::Warning) {
        Some(open) if !seen.app.form.is_whole() => Ok(Finding::unknown(
            open.evidence.clone(),
            "name the merged manifest, the APK or the AAB, by --app",
        )),
        Some(odd) => Ok(Finding::warn(odd.evidence.clone(), odd.remedy.clone())),
        None => Ok(Finding::pass(format!("{file} declares OPPO's permissions and services"))),
    }
}
