//! Whether OPPO lets this app and this machine push at all: codes 26, 27, 28 and 30, at the auth call or at the newest push.
//! A category or notify level that was not granted is code 67, and belongs to `category_refused`.

use crate::diagnose::{Evidence, Finding, Skipped, sent};
use crate::failure::Remedy;

/// Code, OPPO's words, cause and remedy (OPPO reference, section 8).
const ROWS: [(i64, &str, &str, &str); 4] = [
    (
        26,
        "IP Black List",
        "OPPO bars the address from which this machine calls",
        "ask OPPO to lift the bar, or call from another address",
    ),
    (27, "Access Denied", "the app has no right to this call", "apply for the right in OPPO's console"),
    (
        28,
        "App Disabled",
        "the app is switched off in OPPO's console",
        "switch the app's push service on in OPPO's console",
    ),
    (
        30,
        "Api Permission Denied",
        "the app may not push by API: it is not approved yet, or only for pushes by hand",
        "apply for push by API in OPPO's console",
    ),
];

pub(super) const TITLE: &str = "OPPO lets the app push by API";
pub(super) const REMEDY: Remedy =
    Remedy::say("apply for push by API in OPPO's console, or ask OPPO why the app is barred");

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let id = evidence.certificate_at_hand()?.id.get();
    let auth = evidence.auth()?;
    if let Err(code) = auth {
        return match row(code) {
            Some((name, cause, remedy)) => {
                Ok(Finding::fail(format!("OPPO refused the auth call just now: {code} {name}"), cause)
                    .plainly(cause)
                    .remedy(remedy))
            }
            None => Err(Skipped(format!("OPPO refused the auth call with {code}"))),
        };
    }
    let Ok(last) = evidence.last_of_app() else {
        return Ok(Finding::pass(format!("OPPO lets the app of certificate {id} authenticate")));
    };
    Ok(match last.code.and_then(|code| Some((code, row(code)?))) {
        Some((code, (name, cause, remedy))) => {
            Finding::fail(format!("OPPO refused {}: {code} {name}", sent::name(last)), cause)
                .plainly(cause)
                .remedy(remedy)
        }
        None => Finding::pass(format!("OPPO did not refuse {} for want of permission", sent::name(last))),
    })
}

fn row(code: i64) -> Option<(&'static str, &'static str, &'static str)> {
    let (_, name, cause, remedy) = ROWS.iter().find(|row| row.0 == code)?;
    Some((name, cause, remedy))
}
