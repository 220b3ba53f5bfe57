//! Whether a tap opens something in the app that the app file shows. What the file leaves open is not known, never broken.

use super::click_target_doubtful::targets;
use crate::click::{self, Severity, Target};
use crate::diagnose::evidence::AppSeen;
use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::Remedy;

pub(super) const TITLE: &str = "the app has what a tap opens";
pub(super) const REMEDY: Remedy =
    Remedy::run("see each step of the tap", "click explain --app <FILE> --click <TARGET>");

/// What only a whole app file can settle.
const OPEN: [&str; 2] = ["activity-not-in-source", "value-not-resolved"];

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let seen = evidence.app()?;
    let package = evidence.subject()?.profile.package.as_ref().map(|package| package.as_str());
    if let (Some(own), Some(package)) = (&seen.app.package, package)
        && own != package
    {
        let evidence = format!("the profile's package is {package}, and {} is {own}", seen.app.file);
        return Ok(Finding::unknown(evidence, "name the file of the app that is pushed to, by --app"));
    }
    let targets = targets(evidence)?;
    let mut findings = targets.iter().map(|(target, owner)| of_target(seen, target, owner));
    let first = findings.next().ok_or_else(|| Skipped::because("no click target is known"))?;
    Ok(findings.fold(first, |worst, other| if other.status > worst.status { other } else { worst }))
}

fn of_target(seen: &AppSeen, target: &Target, owner: &str) -> Finding {
    let file = &seen.app.file;
    let found = click::findings_in(&seen.app, None, target);
    let worst = found.iter().find(|finding| finding.is_error());
    let worst = worst.or_else(|| found.iter().find(|finding| finding.severity == Severity::Warning));
    let Some(worst) = worst else {
        return Finding::pass(format!("{file} has what {target} opens, the click target of {owner}"));
    };
    let said = format!("the click target of {owner} is {target}: {}", worst.evidence);
    if OPEN.contains(&worst.id) {
        return Finding::unknown(said, "name the merged manifest, the APK or the AAB, by --app");
    }
    let remedy = Remedy::from(worst.remedy.trim_end_matches('.').to_owned());
    let remedy = remedy.command("click explain --app <FILE> --click <TARGET>");
    match worst.severity {
        Severity::Error => {
            Finding::fail(said, "OPPO accepts the push, the phone shows it, and the tap opens nothing")
                .plainly("the app does not have what a tap on the notification is to open")
        }
        _ => Finding::warn(said, "a tap may open something else"),
    }
    .remedy(remedy.with("FILE", file).with("TARGET", target))
}
