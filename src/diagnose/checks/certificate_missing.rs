//! Whether the profile has the certificate that the app reported.
//! Whether it has taken effect belongs to `certificate_not_yet_active`.

use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::Remedy;
use crate::push::DecisionKind;

pub(super) const TITLE: &str = "the reported certificate exists";
pub(super) const REMEDY: Remedy = Remedy::run(
    "ship a build with the right certificate ID and let the user log in once, or add the certificate again",
    "snippet constants",
);

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    evidence.before_the_push()?;
    let report = evidence.report()?;
    let subject = evidence.subject()?;
    match evidence.step(DecisionKind::CertificateMissing)? {
        Ok(ground) => Ok(Finding::pass(ground)),
        Err(_) => Ok(Finding::fail(
            format!(
                "{}'s app reported certificate {}, which profile {} does not have",
                report.user, report.certificate_id, subject.profile.name
            ),
            "the certificate was removed, or the app build carries the ID of another vendor or app",
        )),
    }
}
