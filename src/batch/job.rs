//! A run on its way: with what it is sent, and how far it is.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::Duration;

use super::ending::Counts;
use super::rate::Rate;
use super::results::{RowResult, count_codes};
use crate::failure::{Kind, Problem, Remedy};
use crate::push::OppoSender;
use crate::store::Store;
use crate::store::batch::Run;

/// A run, and what it is sent with.
pub(crate) struct Job<'a> {
    pub(crate) store: &'a Store,
    pub(crate) run: &'a Run,
    pub(crate) senders: &'a BTreeMap<i64, OppoSender<'a>>,
    pub(crate) rate: Rate,
    /// So many calls are under way at once.
    pub(crate) connections: usize,
    /// For each call.
    pub(crate) timeout: Duration,
    /// Unknown rows are sent again whatever the time for repeats says.
    pub(crate) retry_unknown: bool,
    pub(crate) progress: Progress<'a>,
}

/// How far the run is.
pub(crate) struct Progress<'a> {
    pub(crate) counts: RefCell<Counts>,
    /// Called after each call.
    pub(crate) each: &'a dyn Fn(&Counts),
}

/// Why no further call goes out.
pub(super) enum Stop {
    Interrupted,
    Failed(Problem),
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Stop::Failed(problem)
    }
}

impl Job<'_> {
    pub(super) fn sender(&self, certificate: i64) -> Result<&OppoSender<'_>, Problem> {
        self.senders.get(&certificate).ok_or_else(|| {
            let message = format!("the profile has no certificate {certificate} any more");
            let hint = Remedy::run("add it again, then resume the run", "cert add --id <ID>")
                .fill("ID", Some(certificate));
            Problem::new(Kind::UnknownCertificate, message, hint)
        })
    }

    /// Adds what a call came to.
    pub(super) fn count(&self, before: &[RowResult], after: &[RowResult]) {
        let mut counts = self.progress.counts.borrow_mut();
        counts.remove(before);
        counts.add(after);
        drop(counts);
        (self.progress.each)(&self.progress.counts.borrow());
    }

    pub(super) fn note_unknown(&self, why: &str) {
        let mut counts = self.progress.counts.borrow_mut();
        counts.why_unknown.get_or_insert_with(|| why.to_owned());
    }
}

impl Counts {
    pub(crate) fn add(&mut self, results: &[RowResult]) {
        let Tally { accepted, refused, unknown } = Tally::of(results);
        self.accepted += accepted;
        self.refused += refused;
        self.unknown += unknown;
        count_codes(results, &mut self.codes);
    }

    fn remove(&mut self, results: &[RowResult]) {
        let Tally { accepted, refused, unknown } = Tally::of(results);
        self.accepted = self.accepted.saturating_sub(accepted);
        self.refused = self.refused.saturating_sub(refused);
        self.unknown = self.unknown.saturating_sub(unknown);
        let mut codes = BTreeMap::new();
        count_codes(results, &mut codes);
        for (code, count) in codes {
            self.codes.entry(code).and_modify(|all| *all = all.saturating_sub(count));
        }
    }
}

struct Tally {
    accepted: u64,
    refused: u64,
    unknown: u64,
}

impl Tally {
    fn of(results: &[RowResult]) -> Tally {
        let count = |wanted: fn(&RowResult) -> bool| results.iter().filter(|one| wanted(one)).count() as u64;
        Tally {
            accepted: count(|one| matches!(one, RowResult::Accepted { .. })),
            refused: count(|one| matches!(one, RowResult::Refused { .. })),
            unknown: count(|one| *one == RowResult::Unknown),
        }
    }
}
