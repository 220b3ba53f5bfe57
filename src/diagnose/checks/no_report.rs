//! Whether there is a current token report for the user's device. Apps report to the IM server: what opush did not see is not
//! absent, unless the profile says that every report reaches opush.

use super::sdk_silent;
use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::Remedy;

pub(super) const TITLE: &str = "there is a current token report";
pub(super) const REMEDY: Remedy =
    Remedy::run("let the app report after each login, in onRegister too", "snippet token");

/// Losses of the push service that mean no report (IM reference, section 10), and the sandbox's word.
const NO_TOKEN: [&str; 3] = ["-2", "no token uploaded", "no-report"];

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let subject = evidence.subject()?;
    let user = evidence.user()?;
    evidence.before_the_push()?;
    if evidence.lost_in_trace(&NO_TOKEN) {
        let seen = format!("the IM server's trace of the push to {user} says that no token was uploaded");
        return Ok(Finding::fail(seen, NEVER).plainly(format!("the app of {user} did not report its phone")));
    }
    if evidence.report().is_ok() {
        return Ok(Finding::pass(evidence.current_report()?));
    }
    if sdk_silent::is_seen(evidence)? {
        return Err(Skipped::because("follows from the missing regId"));
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
    let (seen, cause) = match evidence.reports.iter().max_by_key(|report| report.ended_at) {
        Some(ended) => {
            let at = ended.ended_at.map(|at| format!(" at {at:.0}")).unwrap_or_default();
            let reason = ended.ended_reason.as_deref().unwrap_or("no reason kept");
            let seen = format!(
                "the last report of {user} in profile {profile}, device {}, ended{at}: {reason}",
                ended.device
            );
            (seen, "the app did not report again after that")
        }
        None => (format!("opush has no token report of {user}{on} in profile {profile}"), NEVER),
    };
    Ok(match subject.profile.reports_complete.value {
        true => Finding::fail(seen, cause).plainly(format!("the app of {user} did not report its phone")),
        false => unknown(seen, user),
    })
}

const NEVER: &str =
    "the app never reported: no regId from OPPO's SDK, an empty token, or a report before the login";

/// The IM server has no call that tells of reports.
pub(super) fn unknown(seen: String, user: &str) -> Finding {
    let settle = Remedy::from(format!(
        "the token report of {user}'s app: from the app's log, the IM console's self-check or the token listener. Where every report reaches opush, reports_complete = true in the profile says so"
    ))
    .command("token listen");
    Finding::unknown(format!("{seen}; the IM server may have one"), settle)
        .plainly(format!("opush did not see which phone the app of {user} reported to the IM server"))
}
