//! Whether the regId of the user moved to another user, who logged in on the same phone later: that ended the report.
//! A user without any report, or with one that ended otherwise, is `no_report`.

use super::no_report;
use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::Remedy;

pub(super) const TITLE: &str = "the regId is still this user's";
pub(super) const REMEDY: Remedy =
    Remedy::say("let the user log in again on their phone: the app then reports");

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let user = evidence.user()?;
    evidence.before_the_push()?;
    if evidence.report().is_ok() {
        return Ok(Finding::pass(evidence.current_report()?));
    }
    let Some(moved) = evidence.moved_report() else {
        return Err(Skipped(format!("no report of {user} ended because its regId moved")));
    };
    let reason = moved.ended_reason.as_deref().unwrap_or("the regId moved to another user");
    let at = moved.ended_at.map(|at| format!(" at {at:.0}")).unwrap_or_default();
    let seen =
        format!("the report of {user}, device {}, regId {} ended{at}: {reason}", moved.device, moved.reg_id);
    if !evidence.subject()?.profile.reports_complete.value {
        return Ok(no_report::unknown(seen, user));
    }
    Ok(Finding::fail(seen, "somebody else logged in on the same phone, and the newest login owns the regId")
        .plainly(format!("somebody else logged in on the phone of {user}")))
}
