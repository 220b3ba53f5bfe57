//! Whether OPPO refused the newest delivery with a code that no other check looks at.
//! Each code that many people meet has a check of its own.

use crate::diagnose::{Check, CheckStatus, Evidence, Finding, Skipped};
use crate::failure::Remedy;
use crate::return_codes;
use crate::store::deliveries::Status;

/// Codes of credentials and permissions. The auth call just now is newer than the old answer.
const OF_THE_AUTH_CALL: [i64; 9] = [-1, 11, 14, 16, 19, 26, 27, 28, 30];

pub(super) const TITLE: &str = "OPPO accepted the newest delivery";
pub(super) const REMEDY: Remedy = Remedy::run("see what the code means", "explain <CODE>");

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let sent = evidence.last_sent()?;
    let Some(code) = sent.code else {
        let message_id = sent.message_id.as_deref().unwrap_or("no message_id");
        return match sent.status {
            Status::Accepted => {
                Ok(Finding::pass(format!("OPPO accepted {message_id} at {:.0}", sent.begun_at)))
            }
            _ => Err(Skipped::because("the newest delivery has no answer")),
        };
    };
    let fails = |check: &&Check<Evidence>| {
        (check.examine)(evidence).is_ok_and(|finding| finding.status == CheckStatus::Fail)
    };
    if super::refused::ALL.iter().any(fails) {
        return Err(Skipped(format!("code {code} has a check of its own")));
    }
    if OF_THE_AUTH_CALL.contains(&code) {
        return Ok(Finding::unknown(
            format!(
                "OPPO refused the push of {:.0} with {code}; whether it takes one now is not known",
                sent.begun_at
            ),
            evidence.probe(),
        ));
    }
    let row = i32::try_from(code).ok().and_then(return_codes::find);
    let words = row.map_or(sent.words.as_deref().unwrap_or_default(), |row| row.meaning);
    let cause = row.map_or("the code is not in OPPO's table", |row| row.cause);
    Ok(Finding::fail(format!("OPPO refused the push of {:.0}: {code}, {words}", sent.begun_at), cause)
        .remedy(row.map_or("look for the code in OPPO's documents".to_owned(), |row| {
            Remedy::from(row.remedy).to_string()
        })))
}
