//! Whether a receipt says that the rules for delivery times held the push back.
//! An event that is not known at all belongs to `no_receipt`.

use crate::diagnose::{Evidence, Finding, Skipped};
use crate::failure::Remedy;
use crate::store::receipts::Event;

pub(super) const TITLE: &str = "no receipt says that the push was held back at night";
pub(super) const REMEDY: Remedy = Remedy::say(
    "send in the daytime, or with a category of the service kind: --category IM, where OPPO granted it",
);

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    evidence.fails_on(
        Event::NightControl,
        "OPPO held the last push back by its rules for delivery times",
        "OPPO holds back messages of the content and marketing kind at night; its documents do not name this event",
    )
}
