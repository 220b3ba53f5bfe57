//! A receipt as a push result shows it.

use schemars::JsonSchema;
use serde::Serialize;

use crate::output::{Page, Tone};
use crate::receipts::AwaitedReceipt;

/// What OPPO posted about a push that it had accepted.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct ReceiptJson {
    /// push_arrive, regid_invalid or user_daily_limit.
    pub(crate) event: String,
    /// When it happened by OPPO's clock; null if it gave no time that can be read.
    event_at: Option<String>,
    reg_id: String,
    /// From the push being accepted to the receipt being there.
    after_ms: i64,
}

impl ReceiptJson {
    pub(super) fn of(awaited: &AwaitedReceipt) -> Option<ReceiptJson> {
        let (receipt, after) = awaited.receipt.as_ref()?;
        Some(ReceiptJson {
            event: receipt.receipt.event.clone(),
            event_at: receipt.receipt.event_at.map(|at| at.to_string()),
            reg_id: receipt.receipt.reg_id.clone(),
            after_ms: i64::try_from(after.as_millis()).unwrap_or(i64::MAX),
        })
    }
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
