//! Whether the profile has a certificate, and which is meant.
//! A reported ID that the profile lacks is `certificate_missing`; whether OPPO accepts it, the link after this one.

use crate::config::Activity;
use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::Remedy;

pub(super) const TITLE: &str = "the profile has the certificate that is meant";
pub(super) const REMEDY: Remedy = Remedy::run("add a certificate", "cert add");

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let subject = evidence.subject()?;
    let profile = &subject.profile;
    let ids: Vec<String> = profile.certificates.iter().map(|known| known.id.to_string()).collect();
    if ids.is_empty() {
        return Ok(Finding::fail(
            format!("profile {} has no certificate", profile.name),
            "none was added, or the last one was removed",
        ));
    }
    let has = format!("profile {} has {}", profile.name, ids.join(", "));
    match (&subject.certificate, subject.certificate_id) {
        // A reported one that the profile lacks is the business of certificate-missing.
        (Some(certificate), wanted) => {
            let id = certificate.id.get();
            let one_of = if ids.len() == 1 { String::new() } else { format!(", one of {}", ids.len()) };
            let active = match certificate.activity(evidence.now) {
                Activity::Unknown => "which counts as active, having no saved_at".to_owned(),
                activity => activity.to_string(),
            };
            let other = wanted.filter(|wanted| *wanted != id);
            let other = other.map(|other| format!("; the one in question is {other}")).unwrap_or_default();
            Ok(Finding::pass(format!("certificate {id}{one_of}, {active}{other}")))
        }
        (None, Some(id)) if evidence.question.certificate == Some(id) => Ok(Finding::fail(
            format!("profile {} has no certificate {id}", profile.name),
            format!("the ID is mistyped, or the certificate is in another profile; {has}"),
        )
        .remedy(Remedy::run("see which certificates there are", "cert list"))),
        (None, Some(id)) => Err(Skipped(format!("certificate {id} is the one in question, and {has}"))),
        (None, None) => Ok(Finding::unknown(
            format!("which certificate is meant is not known: {has}, and no default one"),
            format!("say which is meant: --certificate {}", ids[0]),
        )),
    }
}
