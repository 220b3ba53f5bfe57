//! Whether the newest accepted delivery is known to have reached OPPO's client on the phone.
//! A receipt says nothing of display; that belongs to `phone_display`.

use crate::diagnose::{Evidence, Finding, Skipped, sent};
use crate::failure::Remedy;
use crate::store::deliveries::{Delivery, Status};
use crate::store::receipts::Event;

pub(super) const TITLE: &str = "the push reached OPPO's client on the phone";
pub(super) const REMEDY: Remedy = Remedy::run(
    "send with a callback URL, and wait for its receipt",
    "diagnose --user <USER> --probe --wait 60s --callback-url <URL>",
);

pub(super) fn examine(evidence: &Evidence) -> Result<Finding, Skipped> {
    let sent = evidence.last_sent()?;
    if sent.status != Status::Accepted {
        return Err(Skipped::because("OPPO did not accept the newest delivery"));
    }
    let message_id = sent.message_id.as_deref().unwrap_or("it");
    match evidence.event_of(sent) {
        Some((Some(Event::Arrived), receipt)) => {
            let at = receipt.receipt.event_at.unwrap_or(receipt.received_at);
            return Ok(Finding::pass(format!("{message_id}: push_arrive at {at:.0}")));
        }
        Some((Some(other), _)) => return Err(Skipped(format!("the receipt says {other}"))),
        Some((None, receipt)) if !evidence.question.seen => {
            let (event, at) = (&receipt.receipt.event, receipt.received_at);
            let seen = format!(
                "OPPO posted {event} for {message_id} at {at:.0}: not a known event, and not an arrival"
            );
            return Ok(Finding::unknown(seen, evidence.probe())
                .plainly("OPPO reported something of the last push that is not known, and not an arrival"));
        }
        _ => {}
    }
    if evidence.question.seen || evidence.shown_by_trace() {
        return Ok(Finding::pass("it was shown, so it reached the phone"));
    }
    Ok(settle(evidence, sent, message_id))
}

fn settle(evidence: &Evidence, sent: &Delivery, message_id: &str) -> Finding {
    let plain = "whether the last push reached the phone is not known";
    if sent::asks_for_receipt(sent) {
        return Finding::unknown(
            format!("no receipt came for {message_id}, which OPPO accepted at {:.0}", sent.begun_at),
            Remedy::run(
                "see that the phone is on and has a network, and that the receipt listener runs where the callback URL leads; then send again with --wait 60s",
                "receipt listen",
            ),
        )
        .plainly(plain);
    }
    Finding::unknown(
        format!(
            "OPPO accepted {message_id} at {:.0}; whether it reached the phone is not known, for it asked for no receipt",
            sent.begun_at
        ),
        evidence.probe(),
    )
    .plainly(plain)
}
