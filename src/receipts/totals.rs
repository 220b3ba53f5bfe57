//! What came in: events as they happen, and their counts.

use std::sync::mpsc::{SyncSender, TrySendError};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::failure::Problem;
use crate::store::receipts::Receipt;

/// What happened to a callback.
#[derive(Debug)]
pub(crate) enum Event {
    /// One receipt of a callback; its `seen` is more than 1 if it came before.
    Stored(Box<Receipt>),
    /// A request that is not a receipt, or not whole, and why.
    Rejected { why: String },
    /// Callbacks that could not be stored, and were answered so.
    Failed { callbacks: u64, problem: Problem },
}

/// What came in, in numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Totals {
    /// Receipts that were stored for the first time.
    pub(crate) stored: u64,
    /// Receipts that were there before.
    pub(crate) repeated: u64,
    /// Of those stored, the ones that belong to no delivery known here.
    pub(crate) unmatched: u64,
    /// Requests that were not receipts, or not whole.
    pub(crate) rejected: u64,
    /// Callbacks that could not be stored.
    pub(crate) failed: u64,
    /// Why the last of these could not.
    pub(crate) problem: Option<Problem>,
    /// Requests to another path, or by another method than POST.
    pub(crate) elsewhere: u64,
    /// Events that the receiver did not take in time.
    pub(crate) left_out: u64,
}

/// The totals while the listener runs.
#[derive(Clone, Debug, Default)]
pub(super) struct Counter(Arc<Mutex<Totals>>);

impl Counter {
    pub(super) fn lock(&self) -> MutexGuard<'_, Totals> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts the event and hands it on; a receiver that is slow does not hold up the next callbacks.
    pub(super) fn report(&self, event: Event, events: &SyncSender<Event>) {
        let mut totals = self.lock();
        match &event {
            Event::Stored(receipt) if receipt.seen > 1 => totals.repeated += 1,
            Event::Stored(receipt) => {
                totals.stored += 1;
                totals.unmatched += u64::from(receipt.delivery_id.is_none());
            }
            Event::Rejected { .. } => totals.rejected += 1,
            Event::Failed { callbacks, problem } => {
                totals.failed += callbacks;
                totals.problem = Some(problem.clone());
            }
        }
        if let Err(TrySendError::Full(_)) = events.try_send(event) {
            totals.left_out += 1;
        }
    }
}
