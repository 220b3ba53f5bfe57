//! Whether OPPO accepts the signature made with the MasterSecret: code 16 says it does not.
//! An AppKey that OPPO does not know is code 14, and belongs to `app_key_unknown`.

use super::{Check, Evidence};
use crate::diagnose::evidence::Asking;
use crate::diagnose::finding::{Finding, Skipped};

/// Invalid Signature (OPPO reference, section 8).
const INVALID_SIGNATURE: i64 = 16;

pub const CHECK: Check<Evidence> = Check {
    id: "master-secret-wrong",
    link: "credentials",
    title: "OPPO accepts the MasterSecret",
    remedy: "copy MasterSecret, the third of the three, from OPPO's console: opush cert edit ID --master-secret-stdin",
    page: include_str!("../../../docs/checks/master-secret-wrong.md"),
    examine,
};

fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let certificate = evidence.certificate()?;
    let id = certificate.id.value;
    let code = evidence.credentials.failed().and_then(|problem| problem.code);
    if code == Some(INVALID_SIGNATURE) {
        let looks = match &evidence.secret {
            Asking::Answered(looks) => *looks,
            _ => Default::default(),
        };
        let cause = if looks.equals_app_key {
            "the AppKey stands where the MasterSecret belongs"
        } else if looks.equals_app_secret {
            "the AppSecret stands where the MasterSecret belongs"
        } else {
            "most often the AppSecret was typed where the MasterSecret belongs"
        };
        return Ok(Finding::fail(
            format!("OPPO refused the signature of certificate {id} just now: 16"),
            cause,
        ));
    }
    let accepted = evidence.credentials.answered()?;
    let clock = accepted.clock.map(|clock| format!(" (clock {clock})")).unwrap_or_default();
    Ok(Finding::pass(format!("OPPO accepted AppKey and MasterSecret of {id} just now{clock}")))
}
