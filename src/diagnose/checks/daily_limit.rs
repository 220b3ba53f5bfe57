//! Whether a receipt says that this phone had its daily share of the app's messages.
//! The quota of the whole app belongs to `quota_used_up`.

use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::Remedy;
use crate::store::receipts::Event;

/// When OPPO's day ends is not documented; after so many hours it has (OPPO reference, section 9).
const A_DAY: i64 = 24;

pub(super) const TITLE: &str = "the phone's daily limit is not reached";
pub(super) const REMEDY: Remedy =
    Remedy::say("wait until tomorrow, or send with a category of the service kind, which has no daily limit");

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let (event, receipt) = evidence.last_event()?;
    let at = receipt.receipt.event_at.unwrap_or(receipt.received_at);
    if event == Some(Event::DailyLimit) && evidence.now.duration_since(at).as_hours() >= A_DAY {
        return Ok(Finding::pass(format!("user_daily_limit was reported at {at:.0}, and that day is over")));
    }
    evidence.fails_on(
        Event::DailyLimit,
        "the phone got as many notifications of the app as OPPO allows in a day",
        "the app sent this phone more public messages that day than OPPO allows: 2 a day, 5 for news apps",
    )
}
