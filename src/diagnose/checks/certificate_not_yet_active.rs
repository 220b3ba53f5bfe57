//! Whether ten minutes have passed since the certificate was saved: before that, the IM server does not use it.
//! OPPO itself knows no such time; whether it accepts the credentials is the next link.

use crate::config::Activity;
use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::Remedy;

pub(super) const TITLE: &str = "the certificate has taken effect";
pub(super) const REMEDY: Remedy = Remedy::say("wait until it has taken effect");

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let certificate = evidence.certificate()?;
    evidence.before_the_push()?;
    if evidence.user().is_err() && evidence.question.certificate.is_none() {
        return Err(Skipped::because("no user is asked about, and OPPO itself does not wait"));
    }
    let id = certificate.id.get();
    let from = certificate.active_at().map(|at| format!("{at:.0}")).unwrap_or_default();
    Ok(match certificate.activity(evidence.now) {
        Activity::Active => Finding::pass(format!("certificate {id} is active since {from}")),
        Activity::Unknown => Finding::pass(format!("certificate {id} has no saved_at, and counts as active")),
        Activity::In(_) => Finding::fail(
            format!(
                "certificate {id} was saved less than 10 minutes ago; the IM server uses it from {from} on"
            ),
            "a certificate takes effect 10 minutes after it was saved, an edited one too",
        )
        .remedy(match evidence.reg_id() {
            Ok(reg_id) => Remedy::from(format!("wait until {from}; OPPO itself does not wait"))
                .command("send --reg-id <REGID> --title <TITLE> --content <TEXT>")
                .with("REGID", reg_id),
            Err(_) => Remedy::from(format!("wait until {from}")),
        }),
    })
}
