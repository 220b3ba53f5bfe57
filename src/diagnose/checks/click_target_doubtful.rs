//! What the rules about click targets warn of, in the newest push's target or else the certificate's.
//! Whether the page is declared and exported in the app only its manifest tells; the rules themselves belong to `click`.

use crate::click::{self, Severity, Target};
use crate::diagnose::{Evidence, Finding, Skipped, sent};
use crate::failure::Remedy;
use crate::notification;

pub(super) const TITLE: &str = "a tap opens what is meant";
pub(super) const REMEDY: Remedy = Remedy::run("see what is doubtful", "click check --click <TARGET>");

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let package = evidence.subject()?.profile.package.as_ref().map(|package| package.as_str());
    let targets = targets(evidence)?;
    let doubtful = targets.iter().find_map(|(target, owner)| {
        let found = click::check(&target.to_string(), package, false).problems;
        let finding = found.into_iter().find(|finding| finding.severity != Severity::Note)?;
        Some((target, owner, finding))
    });
    let (target, owner) = &targets[0];
    Ok(match doubtful {
        None => Finding::pass(format!("the click target of {owner} is {target}")),
        Some((target, owner, finding)) => Finding::warn(
            format!("the click target of {owner} is {target}: {}", finding.evidence),
            "the notification is shown, and a tap may open nothing or something else",
        )
        .remedy(
            Remedy::from(finding.remedy.trim_end_matches('.').to_owned())
                .command("click check --click <TARGET>")
                .with("TARGET", target),
        ),
    })
}

/// The newest push's click target where it is another, and the certificate's; each with whose it is.
pub(super) fn targets(evidence: &Evidence) -> Result<Vec<(Target, String)>, Skipped> {
    let certificate = evidence.certificate()?;
    let pushed = evidence.last_by_certificate().ok().and_then(|last| {
        let target = notification::click_target(&sent::read(last).ok()?)?;
        (target != certificate.click.value).then(|| (target, sent::name(last)))
    });
    let of_certificate = (certificate.click.value.clone(), format!("certificate {}", certificate.id.get()));
    Ok(pushed.into_iter().chain([of_certificate]).collect())
}
