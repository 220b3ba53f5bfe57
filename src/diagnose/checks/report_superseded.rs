//! Whether the regId in question is an old one, which the same phone replaced by a newer report.
//! A regId that another user has now is `reg_id_moved`.

use crate::diagnose::{Evidence, Finding, Skipped, sent};
use crate::failure::Remedy;
use crate::store::reports::ReportState;

pub(super) const TITLE: &str = "the regId is the newest of its phone";
pub(super) const REMEDY: Remedy = Remedy::run("diagnose the user instead", "diagnose --user <USER>");

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    if evidence.question.reg_id.is_none() && evidence.question.message_id.is_none() {
        return Err(Skipped::because("no regId is asked about"));
    }
    let reg_id = evidence.reg_id()?;
    if let Some(holder) = &evidence.holder {
        return Ok(Finding::pass(format!(
            "regId {reg_id} is the current one of {}, device {}",
            holder.user, holder.device
        )));
    }
    let ended = evidence
        .reports
        .iter()
        .filter(|report| report.reg_id == reg_id && report.state == ReportState::Superseded)
        .max_by_key(|report| report.ended_at)
        .ok_or_else(|| Skipped(format!("no report of regId {reg_id} was replaced")))?;
    let at = ended.ended_at.map(|at| format!(" at {at:.0}")).unwrap_or_default();
    if evidence.question.message_id.is_some() {
        let last = evidence.last_sent()?;
        if ended.ended_at.is_none_or(|ended| last.begun_at <= ended) {
            return Err(Skipped(format!("{} went out before its regId was replaced{at}", sent::name(last))));
        }
    }
    let reason = ended.ended_reason.as_deref().unwrap_or("a newer report replaced it");
    Ok(Finding::fail(
        format!("regId {reg_id} of {}, device {}, was replaced{at}: {reason}", ended.user, ended.device),
        "OPPO's SDK gave the app a new regId, as after a new installation, and the app reported that",
    )
    .remedy(Remedy::run("use the newer one", "diagnose --user <USER>").with("USER", &ended.user)))
}
