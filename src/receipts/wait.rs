//! Waiting for receipts of what OPPO accepted, whichever process listens for them.

use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::events::{meaning, remedy};
use crate::clock::describe_duration;
use crate::failure::{Kind, Problem, Remedy};
use crate::oppo::Target;
use crate::push::Delivered;
use crate::store::receipts::{Receipt, ReceiptFilter, list};
use crate::store::{Store, StoreError};

/// Between two looks: a person does not notice, and the state database hardly.
const PAUSE: Duration = Duration::from_millis(100);

/// Where receipts come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Listening {
    /// At a listener of this very process, in the sandbox.
    Here,
    /// At another process's, such as `opush receipt listen`.
    Elsewhere,
}

/// What came of the wait for an accepted push.
#[derive(Clone, Debug)]
pub(crate) struct AwaitedReceipt {
    /// The first that came, and how long after the wait began; a repeated or later one changes nothing.
    pub(crate) receipt: Option<(Receipt, Duration)>,
    /// Why the push did not arrive, or why that is not known.
    pub(crate) problem: Option<Problem>,
}

/// Waits until each of the pushes that OPPO accepted has a receipt, or the time is up. In the order of `delivered`; none
/// for what was not accepted. Receipts that belong to no delivery here, such as forged ones, do not count. An event that
/// is not known ends the wait as well: something came, and it is not an arrival.
///
/// # Errors
/// If the state database can't be read.
pub(crate) async fn wait_for_receipts(
    store: &Store,
    delivered: &[Delivered],
    within: Duration,
    listening: Listening,
) -> Result<Vec<Option<AwaitedReceipt>>, StoreError> {
    let began = Instant::now();
    let mut found: Vec<Option<(Receipt, Duration)>> = vec![None; delivered.len()];
    loop {
        for (one, found) in delivered.iter().zip(&mut found).filter(|(_, found)| found.is_none()) {
            if let Some(receipt) = first_receipt(store, one)? {
                *found = Some((receipt, began.elapsed()));
            }
        }
        let open =
            delivered.iter().zip(&found).any(|(one, found)| one.message_id().is_some() && found.is_none());
        let passed = began.elapsed();
        if !open || passed >= within {
            break;
        }
        sleep(PAUSE.min(within - passed)).await;
    }
    let awaited = |(one, receipt): (&Delivered, Option<(Receipt, Duration)>)| {
        let message_id = one.message_id()?;
        let problem = match &receipt {
            Some((receipt, _)) => problem_of(receipt),
            None => Some(timed_out(message_id, within, listening)),
        };
        Some(AwaitedReceipt { receipt, problem })
    };
    Ok(delivered.iter().zip(found).map(awaited).collect())
}

/// The first receipt of an accepted push.
fn first_receipt(store: &Store, delivered: &Delivered) -> Result<Option<Receipt>, StoreError> {
    let Some(message_id) = delivered.message_id() else { return Ok(None) };
    let reg_id = match &delivered.target {
        Some(Target::RegId(reg_id)) => Some(reg_id.as_str()),
        // For a push to an alias, any regId will do.
        _ => None,
    };
    let filter = ReceiptFilter { message_id: Some(message_id), reg_id, ..ReceiptFilter::default() };
    Ok(list(store, &filter)?.into_iter().rev().find(|receipt| receipt.delivery_id.is_some()))
}

/// What is wrong with a push of which this was reported.
fn problem_of(receipt: &Receipt) -> Option<Problem> {
    let event = receipt.receipt.event.as_str();
    let remedy = match receipt.known_event() {
        Some(known) => remedy(known)?,
        None => Remedy::run("look for the event in OPPO's documents; this shows the receipt", "receipt list"),
    };
    let meaning = meaning(event).unwrap_or("an event that is not known, and not an arrival");
    let message = format!("OPPO accepted the push and then reported {event}: {meaning}");
    Some(Problem::new(Kind::NotDelivered, message, remedy).at("--wait"))
}

fn timed_out(message_id: &str, within: Duration, listening: Listening) -> Problem {
    let message = format!("no receipt came within {}", in_words(within));
    let hint = match listening {
        Listening::Here => Remedy::run("see what became of it on the phone", "sandbox phone list"),
        Listening::Elsewhere => {
            let sentence =
                "see that a listener for receipts runs here and that OPPO reaches it; later look again";
            Remedy::run(sentence, "receipt list --message-id <ID>").with("ID", message_id)
        }
    };
    Problem::new(Kind::NoReceipt, message, hint).at("--wait")
}

/// `60s`, `1m 30s`, `250 ms`.
pub(crate) fn in_words(time: Duration) -> String {
    if time < Duration::from_secs(1) { format!("{} ms", time.as_millis()) } else { describe_duration(time) }
}
