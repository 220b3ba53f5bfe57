//! Whether the IM server of the profile can be reached and answers as one.
//! What it says of credentials and users belongs to the checks after it.

use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::Remedy;

pub(super) const TITLE: &str = "the IM server answers";
pub(super) const REMEDY: Remedy = Remedy::run("see what fails on the way", "im check");

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    evidence.subject()?;
    match evidence.im_silence() {
        Some(problem) => Ok(Finding::fail(
            &problem.message,
            "the profile's region or endpoint of the IM server, the network, or a proxy on the way",
        )
        .plainly("the IM server does not answer")
        .remedy(&problem.hint)),
        None => {
            evidence.im_answered()?;
            Ok(Finding::pass("the IM server answers"))
        }
    }
}
