//! Whether there is a current token report for the user's device.
//! What the report says belongs to the checks after it.

use crate::config::Region;
use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::Remedy;

pub(super) const TITLE: &str = "there is a current token report";
pub(super) const REMEDY: Remedy =
    Remedy::run("let the app report after each login, in onRegister too", "snippet token");

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let subject = evidence.subject()?;
    let user = evidence.user()?;
    evidence.before_the_push()?;
    if evidence.report().is_ok() {
        return Ok(Finding::pass(evidence.current_report()?));
    }
    if evidence.moved_report().is_some() {
        return Err(Skipped::because("follows from the moved regId"));
    }
    // The IM server pushed by a report of its own, whatever is known of it here.
    if evidence.shown_by_trace() {
        return Err(Skipped::because("none is kept here, and the IM server had one: its push was shown"));
    }
    let profile = &subject.profile.name;
    let on =
        evidence.question.device.as_ref().map(|device| format!(", device {device},")).unwrap_or_default();
    if let Some(ended) = evidence.reports.iter().max_by_key(|report| report.ended_at) {
        return Ok(Finding::fail(
            format!(
                "the last report of {user} in profile {profile}, device {}, ended{}: {}",
                ended.device,
                ended.ended_at.map(|at| format!(" at {at:.0}")).unwrap_or_default(),
                ended.ended_reason.as_deref().unwrap_or("no reason kept")
            ),
            "the app did not report again after that",
        ));
    }
    let none = format!("{user}{on} has no token report in profile {profile}");
    // An app may report to the IM server alone, and that has no call that tells of it.
    if !evidence.keeps_reports && subject.profile.region.value != Region::Sandbox {
        return Ok(Finding::unknown(
            format!("{none}, and no other user has one here"),
            Remedy::from(format!(
                "the token report of {user}'s app: copy it from the app's log, or let the token listener receive it"
            ))
            .command("token report --user <USER> --certificate <ID> --reg-id <REGID>")
            .with("USER", user),
        ));
    }
    Ok(Finding::fail(
        none,
        "the app never reported: no regId from OPPO's SDK, an empty token, or a report before the login",
    ))
}
