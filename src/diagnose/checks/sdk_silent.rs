//! Whether OPPO's SDK gives the app a regId at all: an app that logs in and has never reported one has none to report.
//! Only where opush sees every report; a report that ended is `no_report`.

use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::Remedy;
use crate::im::State;

pub(super) const TITLE: &str = "OPPO's SDK gives the app a regId";
pub(super) const REMEDY: Remedy = Remedy::run(
    "look at the app's log at registration; OPPO's SDK and the adapter that wraps it must be of one generation",
    "snippet receiver",
);

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let user = evidence.user()?;
    evidence.before_the_push()?;
    if !evidence.reports.is_empty() {
        return Ok(Finding::pass("a regId of the app was reported"));
    }
    if !is_seen(evidence)? {
        return Err(Skipped::because("whether the app has a regId can't be seen from here"));
    }
    let seen = format!("the app of {user} is logged in on Android, and it has never reported a regId");
    let cause = "OPPO's SDK gave none: it is not set up, or its generation does not fit the app's adapter, which ends in a crash or in silence at registration";
    Ok(Finding::fail(seen, cause).plainly(format!("the app of {user} has no address for pushes")))
}

/// The IM server sees the app, opush sees every report, and there was none.
pub(super) fn is_seen(evidence: &Evidence) -> Result<bool, Skipped> {
    let complete = evidence.subject()?.profile.reports_complete.value;
    let live = evidence.im_state.answered().map(|state| state.terminals.as_slice()).unwrap_or_default();
    let on_android = live.iter().any(|terminal| {
        terminal.platform == "Android" && matches!(terminal.state, State::Online | State::PushOnline)
    });
    Ok(complete && on_android && evidence.reports.is_empty())
}
