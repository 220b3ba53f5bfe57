//! Whether OPPO serves the auth call: -1 and -2 say that it does not just now; so does any code that no other check knows.
//! Codes about credentials, clock and permission have checks of their own.

use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::Remedy;

/// Service Currently Unavailable, Service in Flow Control (OPPO reference, section 8).
const UNAVAILABLE: i64 = -1;
const FLOW_CONTROL: i64 = -2;

/// Answers of a service that works, judged by other checks.
const OTHERS: [i64; 7] = [14, 16, 19, 26, 27, 28, 30];

pub(super) const TITLE: &str = "OPPO takes the auth call";
pub(super) const REMEDY: Remedy = Remedy::say("wait some minutes, then run this again");

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    evidence.certificate_at_hand()?;
    let code = match evidence.auth()? {
        Ok(_) => return Ok(Finding::pass("OPPO served the auth call just now")),
        Err(code) => code,
    };
    let failed = evidence.credentials.failed();
    let (message, hint) = failed.map(|one| (one.message.as_str(), one.hint.clone())).unwrap_or_default();
    Ok(match code {
        _ if OTHERS.contains(&code) => {
            Finding::pass(format!("OPPO served the auth call just now, and answered {code}"))
        }
        UNAVAILABLE => Finding::fail(message, "OPPO's push service is down or being worked on"),
        FLOW_CONTROL => Finding::fail(message, "OPPO slows its callers down just now"),
        _ => Finding::fail(message, "OPPO refuses the auth call for a reason of its own").remedy(hint),
    })
}
