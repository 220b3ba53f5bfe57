//! Writes callbacks to the state database, as many in one transaction as have come meanwhile, and reports each.

use std::sync::Arc;
use std::sync::mpsc::SyncSender;

use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

use super::totals::{Counter, Event};
use crate::failure::{Kind, Problem};
use crate::store::Store;
use crate::store::receipts::{NewReceipt, NewRejected, keep};

/// Callbacks that wait to be written; more of them wait at their connections.
const WAITING: usize = 1024;

/// Callbacks of one transaction at most, so that none waits long for the others.
const TOGETHER: usize = 256;

/// One callback: what is kept of it, and where to say that it is.
pub(super) struct Job {
    pub(super) receipts: Vec<NewReceipt>,
    pub(super) aside: Option<NewRejected>,
    pub(super) kept: oneshot::Sender<bool>,
}

/// The writer at work. It ends when every sender of its queue is gone.
pub(super) fn start(
    store: Arc<Store>,
    counter: Counter,
    events: SyncSender<Event>,
) -> (mpsc::Sender<Job>, JoinHandle<()>) {
    let (queue, mut jobs) = mpsc::channel(WAITING);
    let writing = tokio::task::spawn_blocking(move || {
        let mut batch = Vec::new();
        while let Some(first) = jobs.blocking_recv() {
            batch.push(first);
            while batch.len() < TOGETHER {
                let Ok(next) = jobs.try_recv() else { break };
                batch.push(next);
            }
            write(&store, std::mem::take(&mut batch), |event| counter.report(event, &events));
        }
    });
    (queue, writing)
}

fn write(store: &Store, batch: Vec<Job>, report: impl Fn(Event)) {
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
            stored.into_iter().for_each(|receipt| report(Event::Stored(Box::new(receipt))));
            asides.into_iter().for_each(|aside| report(Event::Rejected { why: aside.why }));
        }
        Err(error) => {
            let message = format!("{callbacks} callbacks could not be stored and were answered 503: {error}");
            let hint = "fix the state database; OPPO may post them again";
            let problem = Problem::new(Kind::StateDatabase, message, hint);
            report(Event::Failed { callbacks: callbacks as u64, problem });
        }
    }
}
