//! Receipts as OPPO writes them: a JSON array of one or more items (OPPO reference, section 6).

use serde_json::{Value, json};

use super::super::rules::ReceiptSpace;
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
