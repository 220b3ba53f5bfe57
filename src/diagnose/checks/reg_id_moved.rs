//! Whether the regId of the user moved to another user, who logged in on the same phone later: that ended the report.
//! A user who never had a report, or whose report ended otherwise, is `no_report`.

use super::{Check, Evidence};
use crate::diagnose::finding::{Finding, Skipped};
use crate::store::reports::{Report, ReportState};

pub(crate) const CHECK: Check<Evidence> = Check {
    id: "reg-id-moved",
    link: "report",
    title: "the regId is still this user's",
    remedy: "let the user log in again on their phone: the app then reports",
    page: include_str!("../../../docs/checks/reg-id-moved.md"),
    examine,
};

fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let user = evidence.user()?;
    evidence.before_the_push()?;
    if evidence.report().is_ok() {
        return Ok(Finding::pass(super::no_report::in_force(evidence)?));
    }
    let Some(moved) = moved(evidence) else {
        return Err(Skipped(format!("no report of {user} ended because its regId moved")));
    };
    let reason = moved.ended_reason.as_deref().unwrap_or("the regId moved to another user");
    let at = moved.ended_at.map(|at| format!(" at {at:.0}")).unwrap_or_default();
    Ok(Finding::fail(
        format!("the report of {user}, device {}, regId {} ended{at}: {reason}", moved.device, moved.reg_id),
        "somebody else logged in on the same phone, and the newest login owns the regId",
    ))
}

/// The user's last report, where it ended because its regId moved and no other is in force.
pub(super) fn moved(evidence: &Evidence) -> Option<&Report> {
    let last = evidence.reports.iter().max_by_key(|report| report.ended_at)?;
    (evidence.report().is_err() && last.state == ReportState::Unbound).then_some(last)
}
