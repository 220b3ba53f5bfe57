//! Posts the receipts that are due: one batch for each URL, several URLs at once, in the background of a running sandbox.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Client;
use tokio::task::JoinSet;

use super::super::outgoing;
use super::super::rules::{ReceiptBatching, Rules};
use super::super::state::{State, StateError};
use super::{Receipt, body, is_on_this_machine, post, queue};

/// Receipts taken up at once, and the most that share a request.
const MOST: usize = 100;
/// Requests under way at once; a listener that does not answer holds up one of them.
const REQUESTS: usize = 16;
const CONNECT: Duration = Duration::from_secs(2);
/// How often the poster looks for receipts that have become due. The clock is a value: nothing can wait for it.
const LOOK: Duration = Duration::from_millis(50);
/// Beyond the patience with a listener: the time after which a receipt counts as unheard of.
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
            Some(_) = poster.under_way.join_next() => {}
            () = tokio::time::sleep(LOOK), if waits => {}
        }
    }
    poster.finish().await;
}

/// Posts what is due now, and returns when it has been answered: for a process that has no sandbox running.
pub(in crate::sandbox) async fn post_due(state: &Arc<State>) {
    Poster::new(state.clone(), false).finish().await;
}

struct Poster {
    state: Arc<State>,
    anywhere: bool,
    /// Made when it is first needed.
    client: Option<Client>,
    under_way: JoinSet<()>,
    /// The error that was reported last, if it has not ended.
    reported: Option<String>,
}

impl Poster {
    fn new(state: Arc<State>, anywhere: bool) -> Poster {
        Poster { state, anywhere, client: None, under_way: JoinSet::new(), reported: None }
    }

    /// Posts until nothing is due.
    async fn finish(&mut self) {
        loop {
            self.take_up_or_report();
            if self.under_way.join_next().await.is_none() {
                return;
            }
        }
    }

    /// An error of the sandbox itself, say a full disk, is reported, once for as long as it lasts: the receipts stay
    /// where they are.
    fn take_up_or_report(&mut self) -> bool {
        let error = match self.take_up() {
            Ok(waits) => {
                self.reported = None;
                return waits;
            }
            Err(error) => format!("the opush sandbox failed; receipts are not posted: {error}"),
        };
        if self.reported.as_ref() != Some(&error) {
            self.state.report_error(error.clone());
            self.reported = Some(error);
        }
        true
    }

    /// Starts on what is due, as far as there is room. True when others wait for their time.
    fn take_up(&mut self) -> Result<bool, StateError> {
        while self.under_way.len() < REQUESTS {
            let now = self.state.now();
            match self.state.look(queue::next_due)? {
                None => return Ok(false),
                Some(due) if due > now => return Ok(true),
                Some(_) => {}
            }
            let until = now.saturating_add(self.state.rules.receipt_timeout.0).saturating_add(SPARE_MS);
            let taken = self.state.with(|tx| {
                let (here, off): (Vec<_>, Vec<_>) = queue::claim(tx, now, until, MOST)?
                    .into_iter()
                    .partition(|receipt| self.anywhere || is_on_this_machine(&receipt.url));
                off.iter().try_for_each(|receipt| queue::withhold(tx, receipt, WITHHELD))?;
                Ok(here)
            })?;
            for batch in batches(taken, &self.state.rules) {
                self.send(batch);
            }
        }
        Ok(true)
    }

    fn send(&mut self, batch: Vec<Receipt>) {
        let state = self.state.clone();
        let client = self.client();
        self.under_way.spawn(async move {
            let rules = &state.rules;
            let answered = match (client, batch.first()) {
                (Ok(client), Some(first)) => {
                    let body = body::array(&batch, rules.receipt_space).to_string();
                    post::post(&client, rules, &first.url, body).await
                }
                (Err(why), _) => post::PostResult::not(why),
                (_, None) => return,
            };
            let settled = state.with(|tx| queue::settle(tx, state.now(), rules, &batch, &answered));
            if let Err(error) = settled {
                // The receipt is posted again when its time is over.
                let receipts = batch.len();
                state.report_error(format!(
                    "the opush sandbox failed; the answer to {receipts} receipts is not kept: {error}"
                ));
            }
        });
    }

    fn client(&mut self) -> Result<Client, String> {
        if let Some(client) = &self.client {
            return Ok(client.clone());
        }
        let made = if self.anywhere { outgoing::anywhere } else { outgoing::on_this_machine }(CONNECT)?;
        Ok(self.client.insert(made).clone())
    }
}

/// Those for the same URL together, unless each is to have a request of its own.
fn batches(receipts: Vec<Receipt>, rules: &Rules) -> Vec<Vec<Receipt>> {
    let mut batches: Vec<Vec<Receipt>> = Vec::new();
    for receipt in receipts {
        let shared = batches
            .iter_mut()
            .find(|batch| rules.receipt_batching == ReceiptBatching::Several && batch[0].url == receipt.url);
        match shared {
            Some(batch) => batch.push(receipt),
            None => batches.push(vec![receipt]),
        }
    }
    batches
}
