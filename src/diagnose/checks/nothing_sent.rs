//! Whether anything was ever sent to the regId or user from here.
//! What became of it belongs to the checks after it.

use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::Remedy;

pub(super) const TITLE: &str = "something was sent";
pub(super) const REMEDY: Remedy =
    Remedy::run("send a test notification", "send --user <USER> --title Test --content <TEXT>");

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let subject = evidence.subject()?;
    let whom = match (&subject.user, &subject.reg_id) {
        (Some(user), _) => user,
        (None, Some(reg_id)) => reg_id,
        (None, None) => return Err(Skipped::because("neither a user nor a regId is known")),
    };
    if let Some(newest) = evidence.deliveries.first() {
        let at = newest.begun_at;
        return Ok(Finding::pass(match evidence.deliveries.len() {
            1 => format!("one push, of {at:.0}"),
            many => format!("the newest of the last {many} pushes is of {at:.0}"),
        }));
    }
    if evidence.trace.answered().is_ok_and(|instances| !instances.is_empty()) {
        return Ok(Finding::pass("the IM server has a trace of the push"));
    }
    if subject.reg_id.is_none() {
        return Err(Skipped::because("nothing can be sent: no regId is known"));
    }
    Ok(Finding::unknown(format!("nothing was sent to {whom} from here"), evidence.probe()))
}
