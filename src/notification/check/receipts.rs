//! Where OPPO posts receipts, and what they bring back (OPPO reference, section 6).
//! Listening for them belongs to `receipts`.

use super::Found;
use crate::failure::{Explain, Kind};
use crate::notification::limits::{CALL_BACK_PARAMETER, CALL_BACK_URL};
use crate::notification::{Draft, TargetKind, warning};

pub(super) fn check(draft: &Draft, target: TargetKind, found: &mut Found) {
    if let Some(given) = &draft.call_back_url {
        let origin = &given.origin;
        if target == TargetKind::Alias {
            let message = "call_back_url is for pushes to a regId, and this one goes to an alias";
            found.problem(Kind::ContradictoryFields, message, "Push to the regId, or leave it out", origin);
        }
        // Only what makes it unusable: a local host is right for a sandbox, and its limit of length is its own.
        for finding in crate::click::examine_url(&given.value).findings {
            if finding.is_error() && finding.id != "url-too-long" {
                let mut problem = finding.explain().at(origin.to_string());
                problem.message = format!("call_back_url: {}", problem.message);
                found.problems.push(problem);
            }
        }
        found.length("call_back_url", &given.value, CALL_BACK_URL, origin);
    }
    let Some(given) = &draft.call_back_parameter else { return };
    if given.value.is_empty() {
        found.problem(
            Kind::Empty,
            "call_back_parameter is empty",
            "Give some text, or leave it out",
            &given.origin,
        );
    }
    found.length("call_back_parameter", &given.value, CALL_BACK_PARAMETER, &given.origin);
    if draft.call_back_url.is_none() && !draft.unreadable.contains("call_back_url") {
        let message = "call_back_parameter is given without call_back_url";
        found.warn(warning::CALL_BACK_PARAMETER_ALONE, message, &given.origin);
    }
}
