//! Whether OPPO accepts the signature made with the MasterSecret: code 16 says it does not.
//! An AppKey that OPPO does not know is code 14, and belongs to `app_key_unknown`.

use crate::diagnose::evidence::LiveAnswer;
use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::Remedy;

/// Invalid Signature (OPPO reference, section 8).
const INVALID_SIGNATURE: i64 = 16;

pub(super) const TITLE: &str = "OPPO accepts the MasterSecret";
pub(super) const REMEDY: Remedy = Remedy::run(
    "copy MasterSecret, by its name, from OPPO's console",
    "cert edit <ID> --master-secret-stdin",
);

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let id = evidence.certificate_at_hand()?.id.get();
    match evidence.auth()? {
        Ok(_) => {
            return Ok(Finding::pass(format!("OPPO accepted the signature of certificate {id} just now")));
        }
        Err(INVALID_SIGNATURE) => {}
        Err(code) => {
            return Err(Skipped(format!(
                "OPPO refused the auth call with {code}, and said nothing of the MasterSecret"
            )));
        }
    }
    let looks = match &evidence.secret {
        LiveAnswer::Answered(looks) => *looks,
        _ => Default::default(),
    };
    let cause = if looks.equals_app_key {
        "the AppKey is in the place of the MasterSecret"
    } else if looks.equals_app_secret {
        "the AppSecret is in the place of the MasterSecret"
    } else {
        "most often the AppSecret was typed where the MasterSecret belongs"
    };
    Ok(Finding::fail(
        format!("OPPO refused the signature of certificate {id} just now: 16 Invalid Signature"),
        cause,
    )
    .plainly(format!("OPPO does not accept the MasterSecret of certificate {id}"))
    .remedy(REMEDY.with("ID", id)))
}
