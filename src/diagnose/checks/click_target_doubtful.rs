//! What the rules about click targets warn of, in the newest push's target or else the certificate's.
//! Whether the page is declared and exported in the app only its manifest tells; the rules themselves belong to `click`.

use crate::click::{self, Severity, Target};
use crate::diagnose::{Evidence, Finding, Skipped, sent};
use crate::failure::Remedy;

pub(super) const TITLE: &str = "a tap opens what is meant";
pub(super) const REMEDY: Remedy = Remedy::run("see what is doubtful", "click check --click <TARGET>");

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let subject = evidence.subject()?;
    let certificate = evidence.certificate()?;
    let package = subject.profile.package.as_ref().map(|package| package.as_str());
    let pushed = evidence.last_by_certificate().ok().and_then(|last| {
        let target = target(&sent::read(last).ok()?)?;
        (target != certificate.click.value).then(|| (target, sent::name(last)))
    });
    let of_certificate = (certificate.click.value.clone(), format!("certificate {}", certificate.id.get()));
    let mut targets: Vec<(Target, String)> = pushed.into_iter().collect();
    targets.push(of_certificate);
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

/// What a push's tap opens (OPPO reference, section 5); none for the forms that opush has no word for.
fn target(notification: &serde_json::Map<String, serde_json::Value>) -> Option<Target> {
    let value = |field| sent::text(notification, field).map(str::to_owned);
    match notification.get("click_action_type").and_then(serde_json::Value::as_i64).unwrap_or(0) {
        0 => Some(Target::OpenApp),
        1 => value("click_action_activity").map(Target::Intent),
        2 => value("click_action_url").map(Target::Url),
        4 => value("click_action_activity").map(Target::Activity),
        5 => value("click_action_url").map(Target::Scheme),
        _ => None,
    }
}
