//! Whether OPPO knows the AppKey: code 14 says it does not.
//! A wrong MasterSecret is code 16, and belongs to `master_secret_wrong`.

use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::Remedy;

/// Invalid App Key and Invalid Signature (OPPO reference, section 8).
const INVALID_APP_KEY: i64 = 14;
const INVALID_SIGNATURE: i64 = 16;

pub(super) const TITLE: &str = "OPPO knows the AppKey";
pub(super) const REMEDY: Remedy =
    Remedy::run("copy AppKey, by its name, from OPPO's console", "cert edit <ID> --app-key <APP-KEY>");

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let certificate = evidence.certificate_at_hand()?;
    let id = certificate.id.get();
    match evidence.auth()? {
        Ok(_) => Ok(Finding::pass(format!("OPPO knows the AppKey of certificate {id}"))),
        Err(INVALID_SIGNATURE) => Ok(Finding::pass(format!(
            "OPPO knows the AppKey of certificate {id}; it refused the signature alone"
        ))),
        Err(INVALID_APP_KEY) => Ok(Finding::fail(
            format!("OPPO does not know the AppKey of certificate {id}: 14 Invalid App Key"),
            format!(
                "the AppKey is mistyped, or of an app in another region than {}",
                evidence.subject()?.profile.region
            ),
        )
        .plainly(format!("OPPO does not know the AppKey of certificate {id}"))
        .remedy(REMEDY.with("ID", id))),
        Err(code) => {
            Err(Skipped(format!("OPPO refused the auth call with {code}, and said nothing of the AppKey")))
        }
    }
}
