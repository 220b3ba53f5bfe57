//! Whether the newest push has the app_message_id of an earlier one to the same target: OPPO shows the first only and answers
//! both with success (OPPO reference, section 5).

use crate::diagnose::{Evidence, Finding, Skipped, sent};
use crate::failure::Remedy;
use crate::store::receipts::Event;

pub(super) const TITLE: &str = "the push has an app_message_id of its own";
pub(super) const REMEDY: Remedy = Remedy::run(
    "give each message an app_message_id of its own, or none: opush makes one",
    "history resend <NUMBER>",
);

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let last = evidence.last_sent()?;
    let id = last.app_message_id.as_deref().ok_or_else(|| Skipped::because("it had no app_message_id"))?;
    if last.message_id.is_none() {
        return Err(Skipped::because("OPPO did not accept the newest push"));
    }
    let Some(first) = &evidence.same_id else {
        return Ok(Finding::pass(format!("no earlier push to it had the app_message_id {id}")));
    };
    let (name, earlier) = (sent::name(last), sent::name(first));
    // A repeat may be answered with the message_id of the first, whose receipt says nothing of it.
    let of_its_own = first.message_id != last.message_id;
    if of_its_own && matches!(evidence.event_of(last), Some((Some(Event::Arrived), _))) {
        return Ok(Finding::pass(format!("{name} arrived, though {earlier} had its app_message_id")));
    }
    Ok(Finding::fail(
        format!("{name} has the app_message_id {id} of {earlier}"),
        "OPPO shows the first of two such pushes to one target only, and answers both with success",
    )
    .plainly(format!("the last push repeats {earlier}, and OPPO shows a repeated message only once"))
    .remedy(REMEDY.with("NUMBER", last.id)))
}
