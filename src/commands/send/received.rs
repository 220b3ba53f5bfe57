//! A receipt as a push result shows it.
//! Waiting for it belongs to `wait`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::failure::{Kind, Problem};
use crate::output::{Page, Tone};
use crate::receipts::{meaning, remedy};
use crate::store::receipts::Event;

/// What OPPO posted about a push that it had accepted.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct ReceiptJson {
    /// push_arrive, regid_invalid or user_daily_limit.
    pub(crate) event: String,
    /// When it happened by OPPO's clock; null if it gave no time that can be read.
    pub(crate) event_at: Option<String>,
    pub(crate) reg_id: String,
    /// From the push being accepted to the receipt being there.
    pub(crate) after_ms: i64,
}

/// What is wrong with a push of which this was reported.
pub(super) fn problem_of(receipt: &ReceiptJson) -> Option<Problem> {
    let event = receipt.event.as_str();
    let remedy = remedy(Event::parse(event)?)?;
    let meaning = meaning(event).unwrap_or_default();
    let message = format!("OPPO accepted the push and then reported {event}: {meaning}");
    Some(Problem::new(Kind::NotDelivered, message, remedy).at("--wait"))
}

/// What OPPO reported afterwards, and how little that says.
pub(super) fn line(receipt: Option<&ReceiptJson>, arrived: bool, page: &mut Page) {
    let Some(ReceiptJson { event, after_ms, .. }) = receipt else {
        let words = page.tone(Tone::Warn, "no receipt");
        page.line(words);
        return;
    };
    let after = format!("{event} after {:.1} s", *after_ms as f64 / 1000.0);
    if arrived {
        let word = page.tone(Tone::Ok, "arrived");
        page.line(format!("{word}    {after}: it reached OPPO's client on the phone"));
        page.line("           that says nothing of whether it was shown");
    } else {
        let words = page.tone(Tone::Broken, "not delivered");
        page.line(format!("{words}   {after}"));
    }
}
