//! Whether the app on the phone takes what OPPO's service hands it, as the phone's own table of filters says.

use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::Remedy;

/// OPPO reference, section 10.
const ACTIONS: [&str; 3] = [
    "com.heytap.msp.push.RECEIVE_MCS_MESSAGE",
    "com.heytap.mcs.action.RECEIVE_MCS_MESSAGE",
    "com.coloros.mcs.action.RECEIVE_MCS_MESSAGE",
];

pub(super) const TITLE: &str = "the app on the phone declares OPPO's services";
pub(super) const REMEDY: Remedy =
    Remedy::run("declare both services of OPPO's SDK in the app's manifest", "snippet manifest");

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let (_, app) = evidence.app_on_phone()?;
    let taken: Vec<&str> =
        ACTIONS.into_iter().filter(|action| app.service_actions.iter().any(|own| own == action)).collect();
    if taken.is_empty() {
        let cause = "the manifest of this build lacks them, or a merge took them away; registration then ends in silence";
        let seen = "no service of the app takes an action of OPPO's push service";
        return Ok(Finding::fail(seen, cause).plainly("the app can't be called by OPPO's push service"));
    }
    Ok(Finding::pass(format!(
        "services of the app take {} of the {} actions of OPPO's push service",
        taken.len(),
        ACTIONS.len()
    )))
}
