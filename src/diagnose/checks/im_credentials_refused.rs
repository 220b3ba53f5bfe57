//! Whether the IM server accepts SDKAppID, administrator and the UserSig made with the secret key.
//! Which of its codes means what belongs to the table of `im`.

use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::Remedy;

pub(super) const TITLE: &str = "the IM server accepts the credentials";
pub(super) const REMEDY: Remedy =
    Remedy::run("see which of sdk_app_id, admin and secret_key is wrong", "im check");

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    evidence.subject()?;
    match evidence.im_credentials() {
        Some(problem) => Ok(Finding::fail(
            &problem.message,
            "sdk_app_id, admin or secret_key of the profile's IM settings is not the app's",
        )
        .plainly("the IM server does not accept the profile's credentials")
        .remedy(&problem.hint)),
        None => {
            evidence.im_answered()?;
            Ok(Finding::pass("the IM server accepts SDKAppID, administrator and secret key"))
        }
    }
}
