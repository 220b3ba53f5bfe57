//! Whether the MasterSecret of the certificate in question can be got.
//! Whether OPPO accepts it belongs to `master_secret_wrong`.

use crate::diagnose::evidence::LiveAnswer;
use crate::diagnose::{Check, Evidence, Finding, Link, Skipped};
use crate::failure::Remedy;

pub(crate) const CHECK: Check<Evidence> = Check {
    id: "secret-missing",
    link: Link::Configuration,
    title: "the MasterSecret can be read",
    remedy: Remedy::run("see which secrets can't be read", "config check"),
    page: include_str!("../../../docs/checks/secret-missing.md"),
    examine,
};

fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let certificate = evidence.certificate_at_hand()?;
    match &evidence.secret {
        LiveAnswer::Failed(problem) => {
            Ok(Finding::fail(&problem.message, "the secret was moved, or is not set in this environment")
                .remedy(&problem.hint))
        }
        secret => {
            secret.answered()?;
            let how = certificate.master_secret.value.describe();
            Ok(Finding::pass(format!("MasterSecret of certificate {} is {how}", certificate.id.value)))
        }
    }
}
