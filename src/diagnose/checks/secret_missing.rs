//! Whether the MasterSecret of the certificate in question can be got.
//! Whether OPPO accepts it belongs to `master_secret_wrong`.

use crate::diagnose::evidence::LiveAnswer;
use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::{Kind, Remedy};

pub(super) const TITLE: &str = "the MasterSecret can be read";
pub(super) const REMEDY: Remedy = Remedy::run("see which secrets can't be read", "config check");

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let certificate = evidence.certificate_at_hand()?;
    match &evidence.secret {
        LiveAnswer::Failed(problem) => {
            let cause = match problem.kind {
                Kind::UntrustedCommand | Kind::UntrustedConfiguration => {
                    "the configuration was found by searching upward, and may be a stranger's"
                }
                _ => "the secret was moved, or is not set in this environment",
            };
            Ok(Finding::fail(&problem.message, cause).remedy(&problem.hint))
        }
        secret => {
            secret.answered()?;
            let how = certificate.master_secret.value.describe();
            Ok(Finding::pass(format!("MasterSecret of certificate {} is {how}", certificate.id.value)))
        }
    }
}
