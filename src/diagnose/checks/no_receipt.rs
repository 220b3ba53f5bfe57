//! Whether the newest accepted delivery is known to have reached OPPO's client on the phone.
//! A receipt says nothing of display; that belongs to `phone_display`.

use super::{Check, Evidence};
use crate::config::Region;
use crate::diagnose::evidence::lost;
use crate::diagnose::finding::{Finding, Skipped};
use crate::diagnose::sent;
use crate::store::deliveries::{Delivery, Status};

pub const CHECK: Check<Evidence> = Check {
    id: "no-receipt",
    link: "receipts",
    title: "the push reached OPPO's client on the phone",
    remedy: "send with a callback URL that opush receipt listen serves: opush send --wait 60s",
    page: include_str!("../../../docs/checks/no-receipt.md"),
    examine,
};

fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let sent = evidence.last_sent()?;
    if sent.status != Status::Accepted {
        return Err(Skipped::because("OPPO did not accept the newest delivery"));
    }
    let message_id = sent.message_id.as_deref().unwrap_or("it");
    if let Some(receipt) = evidence.receipts_of(sent).next() {
        if lost(&receipt.receipt.event) {
            return Err(Skipped(format!("the receipt says {}", receipt.receipt.event)));
        }
        return Ok(Finding::pass(format!(
            "{message_id}: {} at {:.0}",
            receipt.receipt.event,
            receipt.receipt.event_at.unwrap_or(receipt.received_at)
        )));
    }
    if evidence.asked.seen || evidence.shown_by_trace() {
        return Ok(Finding::pass("it was shown, so it reached the phone"));
    }
    Ok(settle(evidence, sent, message_id))
}

fn settle(evidence: &Evidence, sent: &Delivery, message_id: &str) -> Finding {
    let asked_for = sent::notification(sent).is_some_and(|sent| sent.contains_key("call_back_url"));
    if asked_for {
        return Finding::unknown(
            format!("no receipt came for {message_id}, which OPPO accepted at {:.0}", sent.begun_at),
            "see that the phone is on and has a network, and that opush receipt listen runs where the callback URL leads; then send again with --wait 60s",
        );
    }
    Finding::unknown(
        format!(
            "OPPO accepted {message_id} at {:.0}; whether it reached the phone is not known, for it asked for no receipt",
            sent.begun_at
        ),
        ask(evidence),
    )
}

/// The command that asks for a receipt. The sandbox needs no listener to be set up.
fn ask(evidence: &Evidence) -> String {
    let whom = evidence.whom().unwrap_or_else(|_| "--user USER".to_owned());
    let sandbox = evidence.subject().is_ok_and(|subject| subject.profile.region.value == Region::Sandbox);
    if sandbox {
        return format!("send a test notification and follow it: opush diagnose {whom} --probe --wait 60s");
    }
    format!(
        "send a test notification and ask for its receipt: opush receipt listen, then opush diagnose {whom} --probe --wait 60s --callback-url URL"
    )
}
