//! One call on its way: marked as begun before it leaves, repeated only where that can't notify twice, settled after its
//! answer.

use std::time::Duration;

use tokio::time::Instant;

use super::chunk::{Chunk, Item};
use super::job::{Job, Stop};
use super::matching::by_target;
use super::rate::pause_until;
use super::results::{RowResult, pack, unpack};
use super::skeleton::Gaps;
use crate::clock::Timestamp;
use crate::config::Secret;
use crate::failure::{Explain, Problem};
use crate::oppo::{BatchAnswer, BatchBody, Exchange, ItemAnswer, Request, VendorError};
use crate::store::Store;
use crate::store::batch::{self as journal, Call, CallState, Run};

/// A call is throttled, or finds no connection, so often in a row before the run stops.
const PATIENCE: u32 = 8;

/// A call whose answer is lost goes out so often in one run; `resume` begins anew.
const LOST: u32 = 4;

/// One call and what is known of its rows.
pub(super) struct Carried<'a> {
    job: &'a Job<'a>,
    call: &'a Call,
    chunk: &'a Chunk,
    items: Vec<Item<'a>>,
    results: Vec<RowResult>,
    first_begun: Option<Timestamp>,
    throttled: u32,
    unreachable: u32,
    lost: u32,
    renewed: bool,
}

/// What follows from one try.
enum Next {
    Again,
    /// With a new token.
    Renew,
    Done,
    Stop(Problem),
}

impl<'a> Carried<'a> {
    pub(super) fn new(job: &'a Job<'a>, call: &'a Call, chunk: &'a Chunk) -> Result<Self, Problem> {
        let items = chunk.items()?;
        let results = unpack(call.results.as_deref(), items.len(), call.state == CallState::Begun)?;
        Ok(Carried {
            job,
            call,
            chunk,
            items,
            results,
            first_begun: call.first_begun_at,
            throttled: 0,
            unreachable: 0,
            lost: 0,
            renewed: false,
        })
    }

    /// Until each row has its result, or may not be sent again.
    pub(super) async fn carry(mut self) -> Result<(), Stop> {
        let before = self.results.clone();
        let sender = self.job.sender(self.call.certificate_id)?;
        let mut token: Option<Secret> = None;
        loop {
            let due = self.due().len();
            if due == 0 {
                break;
            }
            if self.job.rate.wait(due).await.is_err() {
                self.keep()?;
                return Err(Stop::Interrupted);
            }
            let good = match token.take() {
                Some(token) => token,
                None => match sender.token(None).await {
                    Ok(token) => token,
                    Err(error) => {
                        self.keep()?;
                        return Err(Stop::Failed(error.explain()));
                    }
                },
            };
            // Time has passed: what was within the time for repeats may not be any more.
            let due = self.due();
            if due.is_empty() {
                break;
            }
            journal::begin(self.job.store, self.call.id).map_err(Explain::explain)?;
            self.first_begun.get_or_insert(self.job.store.now());
            let body = self.body(&due);
            let answer = sender.client().unicast_batch(&good, body, self.job.timeout).await;
            match self.judge(answer, &due) {
                Next::Done => break,
                Next::Stop(problem) => {
                    if problem.code == Some(11) {
                        sender.forget(&good);
                    }
                    self.keep()?;
                    return Err(Stop::Failed(problem));
                }
                Next::Renew => {
                    self.keep()?;
                    token = Some(sender.token(Some(&good)).await.map_err(Explain::explain)?);
                }
                Next::Again => {
                    self.keep()?;
                    self.pause().await?;
                    token = Some(good);
                }
            }
        }
        self.keep()?;
        self.job.count(&before, &self.results);
        Ok(())
    }

    /// Waits a while; throttled, with all other calls.
    async fn pause(&self) -> Result<(), Stop> {
        let failed = self.throttled.max(self.unreachable).max(self.lost).max(1);
        let pause = Duration::from_millis(200) * 2_u32.pow((failed - 1).min(7));
        if self.throttled > 0 {
            self.job.rate.slow_down(pause);
            return Ok(());
        }
        pause_until(Instant::now() + pause).await.map_err(|_| Stop::Interrupted)
    }

    /// The rows that may be sent now.
    fn due(&self) -> Vec<usize> {
        let job = self.job;
        let within = self.first_begun.is_none_or(|begun| {
            let age = job.store.now().as_millisecond() - begun.as_millisecond();
            // A clock that went back tells nothing.
            (0..job.run.repeat_window_ms).contains(&age)
        });
        let may_go = |index: &usize| match self.results[*index] {
            RowResult::Planned => true,
            // An alias may lead to another phone by now, which has not seen the first.
            RowResult::Unknown => job.retry_unknown || (within && !self.items[*index].is_alias),
            _ => false,
        };
        (0..self.items.len()).filter(may_go).collect()
    }

    fn body(&self, due: &[usize]) -> BatchBody {
        body(self.chunk, due.iter().map(|index| &self.items[*index]), &self.job.run.id_prefix)
    }

    fn judge(&mut self, answer: BatchAnswer, due: &[usize]) -> Next {
        match answer {
            BatchAnswer::Items(answers) => {
                self.job.rate.recover();
                let targets: Vec<(bool, &str)> = due
                    .iter()
                    .map(|index| (self.items[*index].is_alias, self.items[*index].target))
                    .collect();
                for (index, answer) in due.iter().zip(by_target(&targets, answers)) {
                    self.results[*index] = result(answer, &self.results[*index]);
                }
                self.lost += 1;
                if self.results.contains(&RowResult::Unknown) && self.lost < LOST {
                    Next::Again
                } else {
                    Next::Done
                }
            }
            BatchAnswer::Refused(error) => self.refused(error, due),
            BatchAnswer::NotSent(unsent, again) => {
                self.unreachable += 1;
                if again && self.unreachable < PATIENCE { Next::Again } else { Next::Stop(unsent.explain()) }
            }
            BatchAnswer::Unknown(why) => {
                self.job.note_unknown(&why);
                due.iter().for_each(|index| self.results[*index] = RowResult::Unknown);
                self.lost += 1;
                if self.lost < LOST { Next::Again } else { Next::Done }
            }
        }
    }

    fn refused(&mut self, error: VendorError, due: &[usize]) -> Next {
        match error.code {
            11 if !self.renewed => {
                self.renewed = true;
                Next::Renew
            }
            -2 | -1 | 13 | 55 => {
                self.throttled += 1;
                if self.throttled < PATIENCE { Next::Again } else { Next::Stop(error.explain()) }
            }
            // These judge the app or its quota, not what is in this call: the next one would fare alike.
            11 | 12 | 14..=30 | 33 => Next::Stop(error.explain()),
            code => {
                for index in due {
                    // The first try may have been taken.
                    if !(code == 32 && self.results[*index] == RowResult::Unknown) {
                        self.results[*index] = RowResult::Refused { code };
                    }
                }
                Next::Done
            }
        }
    }

    /// What is known by now, in the journal.
    fn keep(&self) -> Result<(), Problem> {
        let store: &Store = self.job.store;
        let has_end = |result: &RowResult| !matches!(result, RowResult::Planned | RowResult::Repeat);
        if self.results.iter().any(has_end) {
            return journal::settle(store, self.call.id, &pack(&self.results)).map_err(Explain::explain);
        }
        journal::planned_again(store, self.call.id).map_err(Explain::explain)
    }
}

fn result(answer: Option<ItemAnswer>, before: &RowResult) -> RowResult {
    match answer {
        Some(ItemAnswer::Accepted { message_id }) => RowResult::Accepted { message_id },
        Some(ItemAnswer::Refused { code: 32, .. }) if *before == RowResult::Unknown => RowResult::Unknown,
        Some(ItemAnswer::Refused { code, .. }) => RowResult::Refused { code },
        Some(ItemAnswer::Silent) | None => RowResult::Unknown,
    }
}

fn body<'r>(chunk: &Chunk, items: impl Iterator<Item = &'r Item<'r>>, prefix: &str) -> BatchBody {
    let mut body = BatchBody::new();
    for item in items {
        body.open(if item.is_alias { 5 } else { 2 }, item.target);
        let id = format!("{prefix}-{}", item.number);
        let gaps = Gaps { id: &id, title: item.title, content: item.content };
        chunk.skeletons[item.skeleton].write(&mut body, gaps);
        body.close();
    }
    body
}

/// The first requests of a run as they would go out.
pub(crate) fn first_requests(
    store: &Store,
    run: &Run,
    endpoints: &crate::oppo::Endpoints,
    most: usize,
) -> Result<Vec<Exchange>, Problem> {
    let mut requests = Vec::new();
    for call in journal::to_send(store, run.id, 0, most).map_err(Explain::explain)? {
        let chunk = Chunk::unpack(&call.rows)?;
        let items = chunk.items()?;
        let results = unpack(call.results.as_deref(), items.len(), false)?;
        let due = items.iter().zip(&results).filter(|(_, result)| **result == RowResult::Planned);
        let body = body(&chunk, due.map(|(item, _)| item), &run.id_prefix);
        if !body.is_empty() {
            requests.push(Exchange::planned(&Request::unicast_batch(endpoints, body)));
        }
    }
    Ok(requests)
}
