//! The calls of a run, several at a time, in the order of the journal.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;

use super::call::Carried;
use super::chunk::Chunk;
use super::ending::Ending;
use super::job::{Job, Stop};
use crate::failure::{Explain, Problem};
use crate::store::batch::{self as journal, Call};
use crate::waiting;

/// Calls read from the journal at once.
const PAGE: usize = 8;

/// Sends what is left of a run, until its end, a refusal that would meet every call, or a wish to stop.
pub(crate) async fn send(job: &Job<'_>) -> Ending {
    let calls = Calls { job, read: RefCell::default(), behind: Cell::new(0) };
    let stop: RefCell<Option<Stop>> = RefCell::default();
    let worker = || async {
        loop {
            if stop.borrow().is_some() {
                return;
            }
            let end = if waiting::is_stopped() { Err(Stop::Interrupted) } else { calls.carry_next().await };
            match end {
                Ok(true) => {}
                Ok(false) => return,
                // What went wrong first is what is told.
                Err(why) => drop(stop.borrow_mut().get_or_insert(why)),
            }
        }
    };
    let mut workers: Vec<Pin<Box<dyn Future<Output = ()> + '_>>> = Vec::new();
    for _ in 0..job.connections.max(1) {
        workers.push(Box::pin(worker()));
    }
    poll_fn(|context| {
        workers.retain_mut(|worker| worker.as_mut().poll(context).is_pending());
        if workers.is_empty() { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    drop(workers);
    match stop.into_inner() {
        None => Ending::Finished,
        Some(Stop::Interrupted) => Ending::Interrupted,
        Some(Stop::Failed(problem)) => Ending::Stopped(problem),
    }
}

/// The calls that are left, read page by page.
struct Calls<'a> {
    job: &'a Job<'a>,
    read: RefCell<VecDeque<Call>>,
    behind: Cell<i64>,
}

impl Calls<'_> {
    /// `false` if there is none left.
    async fn carry_next(&self) -> Result<bool, Stop> {
        let Some(call) = self.next()? else { return Ok(false) };
        let chunk = Chunk::unpack(&call.rows)?;
        Carried::new(self.job, &call, &chunk)?.carry().await?;
        Ok(true)
    }

    fn next(&self) -> Result<Option<Call>, Problem> {
        let mut read = self.read.borrow_mut();
        if read.is_empty() {
            let page = journal::to_send(self.job.store, self.job.run.id, self.behind.get(), PAGE);
            read.extend(page.map_err(Explain::explain)?);
            if let Some(last) = read.back() {
                self.behind.set(last.id);
            }
        }
        Ok(read.pop_front())
    }
}
