//! Writes callbacks to the state database, as many in one transaction as have come meanwhile, and tells of each.
//! What is worth keeping belongs to `handler`.

use std::sync::Arc;

use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use crate::store::receipts::{NewReceipt, NewRejected, Receipt, keep};
use crate::store::{Store, StoreError};

/// Callbacks that wait to be written; more of them wait at their connections.
const WAITING: usize = 1024;

/// Callbacks of one transaction at most, so that none waits long for the others.
const TOGETHER: usize = 256;

/// What is reported as it happens, once it is stored.
#[derive(Debug)]
pub(crate) enum Event<'a> {
    /// One receipt of a callback; its `seen` is more than 1 if it came before.
    Stored(&'a Receipt),
    /// A request that is not a receipt, or not whole, and why.
    Rejected(&'a NewRejected),
    /// Callbacks that could not be stored, and were answered so.
    Failed { callbacks: usize, error: &'a StoreError },
}

/// Hears of events, on a thread of the writer; answers do not wait for it, the next callbacks do.
pub(crate) type Listener = Arc<dyn Fn(Event<'_>) + Send + Sync>;

/// One callback: what is kept of it, and where to say that it is.
pub(super) struct Job {
    pub(super) receipts: Vec<NewReceipt>,
    pub(super) aside: Option<NewRejected>,
    pub(super) kept: oneshot::Sender<bool>,
}

/// The writer at work. It ends when every sender of its queue is gone.
pub(super) fn start(store: Arc<Store>, listener: Listener) -> (mpsc::Sender<Job>, JoinHandle<()>) {
    let (queue, mut jobs) = mpsc::channel(WAITING);
    let writing = tokio::task::spawn_blocking(move || {
        let mut batch = Vec::new();
        while let Some(first) = jobs.blocking_recv() {
            batch.push(first);
            while batch.len() < TOGETHER {
                let Ok(next) = jobs.try_recv() else { break };
                batch.push(next);
            }
            write(&store, std::mem::take(&mut batch), &listener);
        }
    });
    (queue, writing)
}

fn write(store: &Store, batch: Vec<Job>, listener: &Listener) {
    let (mut receipts, mut asides, mut waiting) = (Vec::new(), Vec::new(), Vec::new());
    for job in batch {
        receipts.extend(job.receipts);
        asides.extend(job.aside);
        waiting.push(job.kept);
    }
    let stored = keep(store, &receipts, &asides);
    let callbacks = waiting.len();
    for kept in waiting {
        // One with a closed connection does not wait any more.
        let _ = kept.send(stored.is_ok());
    }
    match stored {
        Ok(stored) => {
            stored.iter().for_each(|receipt| listener(Event::Stored(receipt)));
            asides.iter().for_each(|aside| listener(Event::Rejected(aside)));
        }
        Err(error) => listener(Event::Failed { callbacks, error: &error }),
    }
}
