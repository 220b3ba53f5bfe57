//! Posts the receipts and callbacks that are due, in the background of a running sandbox; several requests at once where their order does not matter.

use std::future::Future;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Client;
use rusqlite::Transaction;
use tokio::task::JoinSet;

use super::super::im::webhook::Callback;
use super::super::outgoing;
use super::super::receipts::{Receipt, is_on_this_machine};
use super::super::rules::Rules;
use super::super::state::{State, StateError};
use super::post;
use super::queue::{self, Queued};

/// Taken up at once, and the most that share a request.
const MOST: usize = 100;
/// Requests under way at once; a listener that does not answer holds up one of them.
const REQUESTS: usize = 16;
const CONNECT: Duration = Duration::from_secs(2);
/// How often the poster looks for what has become due. The clock is a value: nothing can wait for it.
const LOOK: Duration = Duration::from_millis(50);
/// Beyond the patience with a listener: the time after which a request counts as unheard of.
const SPARE_MS: i64 = 5_000;
const WITHHELD: &str =
    "the URL is of another machine; a sandbox that is run with --allow-callbacks posts there too";

/// Posts whatever becomes due, until `stopped`; then once more what is due by then.
pub(in crate::sandbox) async fn run(state: Arc<State>, anywhere: bool, stopped: impl Future<Output = ()>) {
    let mut poster = Poster::new(state.clone(), anywhere);
    let mut stopped = std::pin::pin!(stopped);
    loop {
        let waits = poster.take_up_or_report();
        tokio::select! {
            () = stopped.as_mut() => break,
            () = state.changed() => {}
            true = poster.one_ended() => {}
            () = tokio::time::sleep(LOOK), if waits => {}
        }
    }
    poster.finish().await;
}

/// Posts what is due now, and returns when it has been answered: for a process that has no sandbox running.
pub(in crate::sandbox) async fn post_due(state: &Arc<State>) {
    Poster::new(state.clone(), false).finish().await;
}

/// The sandbox's clock was moved by so much.
pub(in crate::sandbox) fn clock_moved(tx: &Transaction<'_>, by_ms: i64) -> rusqlite::Result<()> {
    queue::clock_moved::<Receipt>(tx, by_ms)?;
    queue::clock_moved::<Callback>(tx, by_ms)
}

struct Poster {
    receipts: Line<Receipt>,
    callbacks: Line<Callback>,
    out: Out,
    /// The error that was reported last, if it has not ended.
    reported: Option<String>,
}

impl Poster {
    fn new(state: Arc<State>, anywhere: bool) -> Poster {
        let out = Out { state, anywhere, client: None };
        Poster { receipts: Line::default(), callbacks: Line::default(), out, reported: None }
    }

    /// Posts until nothing is due.
    async fn finish(&mut self) {
        loop {
            self.take_up_or_report();
            if !self.one_ended().await {
                return;
            }
        }
    }

    /// Returns when a request has ended; false where none is under way.
    async fn one_ended(&mut self) -> bool {
        tokio::select! {
            Some(_) = self.receipts.under_way.join_next() => true,
            Some(_) = self.callbacks.under_way.join_next() => true,
            else => false,
        }
    }

    /// An error of the sandbox itself, say a full disk, is reported, once for as long as it lasts: what is to be posted
    /// stays where it is.
    fn take_up_or_report(&mut self) -> bool {
        let taken = self.receipts.take_up(&mut self.out);
        let taken = taken.and_then(|waits| Ok(self.callbacks.take_up(&mut self.out)? || waits));
        let error = match taken {
            Ok(waits) => {
                self.reported = None;
                return waits;
            }
            Err(error) => format!("the opush sandbox failed; receipts and callbacks are not posted: {error}"),
        };
        if self.reported.as_ref() != Some(&error) {
            self.out.state.report_error(error.clone());
            self.reported = Some(error);
        }
        true
    }
}

/// The requests of one table.
struct Line<Q> {
    under_way: JoinSet<()>,
    of: PhantomData<Q>,
}

impl<Q> Default for Line<Q> {
    fn default() -> Line<Q> {
        Line { under_way: JoinSet::new(), of: PhantomData }
    }
}

impl<Q: Queued> Line<Q> {
    /// Starts on what is due, as far as there is room. True when others wait for their time.
    fn take_up(&mut self, out: &mut Out) -> Result<bool, StateError> {
        let (most, in_turn) = if Q::IN_ORDER { (1, MOST as i64) } else { (REQUESTS, 1) };
        while self.under_way.len() < most {
            let now = out.state.now();
            match out.state.look(queue::next_due::<Q>)? {
                None => return Ok(false),
                Some(due) if due > now => return Ok(true),
                Some(_) => {}
            }
            let patience = Q::patience(&out.state.rules).saturating_mul(in_turn);
            let until = now.saturating_add(patience).saturating_add(SPARE_MS);
            let anywhere = out.anywhere;
            let taken = out.state.with(|tx| {
                let (here, off): (Vec<Q>, Vec<Q>) = queue::claim(tx, now, until, MOST)?
                    .into_iter()
                    .partition(|one: &Q| anywhere || is_on_this_machine(one.url()));
                off.iter().try_for_each(|one| queue::withhold(tx, one, WITHHELD))?;
                Ok(here)
            })?;
            let batches = batches(taken, &out.state.rules);
            if Q::IN_ORDER {
                self.send(batches, out);
            } else {
                batches.into_iter().for_each(|batch| self.send(vec![batch], out));
            }
        }
        Ok(true)
    }

    /// One batch after the other.
    fn send(&mut self, batches: Vec<Vec<Q>>, out: &mut Out) {
        let state = out.state.clone();
        let client = out.client();
        self.under_way.spawn(async move {
            for batch in batches {
                let answered = match &client {
                    Ok(client) => post::post(client, Q::request(&state.rules, &batch)).await,
                    Err(why) => post::PostResult::not(why),
                };
                let settled =
                    state.with(|tx| queue::settle(tx, state.now(), &state.rules, &batch, &answered));
                if let Err(error) = settled {
                    // It is posted again when its time is over.
                    let (count, name) = (batch.len(), Q::NAME);
                    state.report_error(format!(
                        "the opush sandbox failed; the answer to {count} {name} is not kept: {error}"
                    ));
                }
            }
        });
    }
}

/// What every request needs.
struct Out {
    state: Arc<State>,
    anywhere: bool,
    /// Made when it is first needed.
    client: Option<Client>,
}

impl Out {
    fn client(&mut self) -> Result<Client, String> {
        if let Some(client) = &self.client {
            return Ok(client.clone());
        }
        let made = if self.anywhere { outgoing::anywhere } else { outgoing::on_this_machine }(CONNECT)?;
        Ok(self.client.insert(made).clone())
    }
}

/// Those that share a request together; where the order matters only neighbours do.
fn batches<Q: Queued>(queued: Vec<Q>, rules: &Rules) -> Vec<Vec<Q>> {
    let mut batches: Vec<Vec<Q>> = Vec::new();
    for one in queued {
        let from = if Q::IN_ORDER { batches.len().saturating_sub(1) } else { 0 };
        match batches[from..].iter_mut().find(|batch| batch[0].shares(&one, rules)) {
            Some(batch) => batch.push(one),
            None => batches.push(vec![one]),
        }
    }
    batches
}
