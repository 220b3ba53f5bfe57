//! Receipts as OPPO writes and posts them: a JSON array of one or more items (OPPO reference, section 6).

use std::time::Duration;

use hyper::Method;
use rusqlite::Row;
use serde_json::{Value, json};

use super::super::posting::{PostRequest, Queued};
use super::super::rules::{ReceiptBatching, ReceiptMethod, ReceiptSpace, Rules};
use super::Receipt;

/// One item for each push and event; regIds of the same push and event share the item's string.
pub(super) fn array(receipts: &[Receipt], space: ReceiptSpace) -> Value {
    let mut items: Vec<(&Receipt, Vec<&str>)> = Vec::new();
    for receipt in receipts {
        let same = |one: &Receipt| {
            one.message_id == receipt.message_id
                && one.task_id == receipt.task_id
                && one.event == receipt.event
                && one.param == receipt.param
        };
        match items.iter_mut().find(|(first, _)| same(first)) {
            Some((_, reg_ids)) if !reg_ids.contains(&receipt.reg_id.as_str()) => {
                reg_ids.push(&receipt.reg_id)
            }
            Some(_) => {}
            None => items.push((receipt, vec![&receipt.reg_id])),
        }
    }
    let between = match space {
        ReceiptSpace::Space => ", ",
        ReceiptSpace::NoSpace => ",",
    };
    items.iter().map(|(receipt, reg_ids)| item(receipt, &reg_ids.join(between))).collect()
}

/// Of a unicast, taskId is the message id. The times are strings.
fn item(receipt: &Receipt, reg_ids: &str) -> Value {
    let mut item = json!({
        "messageId": receipt.message_id,
        "appId": receipt.app_id,
        "taskId": receipt.task_id.as_ref().unwrap_or(&receipt.message_id),
        "registrationIds": reg_ids,
        "eventTime": receipt.event_at.to_string(),
        "param": receipt.param,
        "eventType": receipt.event,
    });
    if receipt.param.is_none()
        && let Some(members) = item.as_object_mut()
    {
        members.shift_remove("param");
    }
    item
}

impl Queued for Receipt {
    const TABLE: &'static str = "receipt";
    const NAME: &'static str = "receipts";
    const IN_ORDER: bool = false;

    fn of_row(row: &Row<'_>) -> rusqlite::Result<Receipt> {
        Receipt::read(row)
    }

    fn id(&self) -> i64 {
        self.id
    }

    fn tries(&self) -> u32 {
        self.tries
    }

    fn url(&self) -> &str {
        &self.url
    }

    fn shares(&self, other: &Receipt, rules: &Rules) -> bool {
        rules.receipt_batching == ReceiptBatching::Several && self.url == other.url
    }

    /// OPPO describes neither a signature nor a source address, so that there is none here either.
    fn request(rules: &Rules, batch: &[Receipt]) -> PostRequest {
        PostRequest {
            method: match rules.receipt_method {
                ReceiptMethod::Post => Method::POST,
                ReceiptMethod::Put => Method::PUT,
            },
            url: batch.first().map(|receipt| receipt.url.clone()).unwrap_or_default(),
            body: array(batch, rules.receipt_space).to_string(),
            patience: Duration::from_millis(u64::try_from(rules.receipt_timeout.0).unwrap_or(0)),
            answer: rules.receipt_answer,
        }
    }

    fn patience(rules: &Rules) -> i64 {
        rules.receipt_timeout.0
    }

    fn retries(rules: &Rules) -> (u32, i64) {
        (rules.receipt_retries.unwrap_or(0), rules.receipt_retry_after.0)
    }
}
