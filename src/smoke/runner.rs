//! Runs the cases of a suite: groups beside each other, repeats within their budget, until the time is up or one failed.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use tokio::time::{Instant, sleep, timeout_at};

use super::attempt::{Attempt, attempt};
use super::context::SuiteContext;
use super::parallel;
use crate::clock::describe_duration;
use crate::failure::{Class, Kind, Problem};
use crate::oppo::Target;
use crate::push::{Delivered, app_message_id};
use crate::smoke::{self, Addressee, CaseVerdict, Destination, Fact, Planned};
use crate::store::deliveries::Status;

/// How a run goes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RunOptions {
    pub(crate) jobs: usize,
    pub(crate) fail_fast: bool,
    /// Repeats that all cases together may use.
    pub(crate) retries: u32,
    /// For the whole run; none without a limit.
    pub(crate) limit: Option<Duration>,
}

/// A case that was run, or not.
#[derive(Debug, Default)]
pub(crate) struct Finished {
    pub(crate) verdict: CaseVerdict,
    pub(crate) facts: Vec<Fact>,
    pub(crate) pushes: Vec<Delivered>,
    pub(crate) repeats: u32,
    pub(crate) elapsed: Duration,
}

/// Runs every case; the results are in the order of the cases.
pub(crate) async fn run(context: &SuiteContext<'_>, cases: &[Planned], options: RunOptions) -> Vec<Finished> {
    let runner = Runner {
        context,
        options,
        retries_left: Cell::new(options.retries),
        until: options.limit.map(|limit| Instant::now() + limit),
        failed: Cell::new(false),
    };
    let results: Vec<RefCell<Finished>> = cases.iter().map(|_| RefCell::default()).collect();
    let keys: Vec<String> = cases.iter().map(|planned| group(context, planned)).collect();
    parallel::run(parallel::groups(&keys), options.jobs, |number| {
        let (runner, planned, result) = (&runner, &cases[number], &results[number]);
        async move {
            let finished = runner.case(planned).await;
            let (name, verdict) = (&planned.case.name, finished.verdict);
            context.session.add_detail(format!("{verdict}  {name}"));
            result.replace(finished);
        }
    })
    .await;
    results.into_iter().map(RefCell::into_inner).collect()
}

/// What a case shares with others that must not run at the same time: profile and target.
fn group(context: &SuiteContext<'_>, planned: &Planned) -> String {
    let of = |target: &Target| format!("{} {}", target.target_type(), target.value());
    let target = match &planned.destination {
        Destination::User { user, .. } => format!("user {user}"),
        Destination::Direct { to: Addressee::Oppo(target), .. } => of(target),
        Destination::Direct { to: Addressee::Phone(name), .. } => {
            let reg_id = context.reg_id(&planned.profile, name);
            reg_id.map_or_else(|_| format!("phone {name}"), |reg_id| of(&Target::RegId(reg_id)))
        }
    };
    format!("{} {target}", planned.profile.name)
}

struct Runner<'r, 'c> {
    context: &'r SuiteContext<'c>,
    options: RunOptions,
    retries_left: Cell<u32>,
    until: Option<Instant>,
    failed: Cell<bool>,
}

impl Runner<'_, '_> {
    async fn case(&self, planned: &Planned) -> Finished {
        if self.options.fail_fast && self.failed.get() {
            return Finished::skipped("an earlier case failed");
        }
        if self.until.is_some_and(|until| Instant::now() >= until) {
            return Finished::skipped(&self.out_of_time());
        }
        let began = Instant::now();
        let finished = match self.until {
            None => self.tries(planned).await,
            Some(until) => timeout_at(until, self.tries(planned)).await.unwrap_or_else(|_| self.cut_off()),
        };
        let finished = Finished { elapsed: began.elapsed(), ..finished };
        if finished.verdict != CaseVerdict::Pass {
            self.failed.set(true);
        }
        finished
    }

    async fn tries(&self, planned: &Planned) -> Finished {
        let id = app_message_id::generate(self.context.session.clock.now());
        let mut repeats = 0;
        let mut lost = false;
        loop {
            let mut attempt = attempt(self.context, planned, &id).await;
            if lost {
                doubt_duplicates(&mut attempt);
            }
            let verdict = smoke::worst(&attempt.facts);
            let left = self.retries_left.get();
            if left == 0 || repeats >= planned.case.retries || !may_repeat(planned, &attempt) {
                let Attempt { facts, pushes } = attempt;
                return Finished { verdict, facts, pushes, repeats, ..Finished::default() };
            }
            lost |= attempt.pushes.iter().any(|push| push.status() == Status::Unknown);
            self.retries_left.set(left - 1);
            repeats += 1;
            sleep(pause(repeats)).await;
        }
    }

    fn out_of_time(&self) -> String {
        let limit = self.options.limit.map(describe_duration).unwrap_or_default();
        format!("the time of the run, {limit}, was up")
    }

    fn cut_off(&self) -> Finished {
        let hint = "give the run longer: --timeout DURATION";
        let facts = vec![Fact::unknown(&Problem::new(Kind::Timeout, self.out_of_time(), hint))];
        Finished { verdict: CaseVerdict::Unknown, facts, ..Finished::default() }
    }
}

/// A push to an alias is not repeated after its answer was lost: only for a regId does OPPO drop the second.
fn may_repeat(planned: &Planned, attempt: &Attempt) -> bool {
    let alias = matches!(planned.case.target, smoke::Target::Alias(_));
    let lost = attempt.pushes.iter().any(|push| push.status() == Status::Unknown);
    let problems = || attempt.facts.iter().filter(|fact| fact.verdict != CaseVerdict::Pass);
    !(alias && lost)
        && problems().next().is_some()
        && problems().all(|fact| fact.problem.as_ref().is_some_and(worth_repeating))
}

/// After a lost answer, "duplicate" means that the first push arrived, which is not a refusal.
fn doubt_duplicates(attempt: &mut Attempt) {
    const DUPLICATE: i64 = 32;
    for fact in &mut attempt.facts {
        if let Some(problem) = fact.problem.clone().filter(|problem| problem.code == Some(DUPLICATE)) {
            let message =
                "an answer was lost, and the repeat is a duplicate: the first push may have arrived";
            *fact = Fact::unknown(&Problem::new(Kind::OutcomeUnknown, message, problem.hint));
        }
    }
}

impl Finished {
    fn skipped(reason: &str) -> Finished {
        Finished { facts: vec![Fact::skipped(reason)], ..Finished::default() }
    }
}

/// The vendor's codes that pass by themselves: throttled, not available, called too often (OPPO reference, section 8).
const PASSING: [i64; 3] = [-2, -1, 13];

/// Whether the outcome says nothing of what is tested, so that another try may.
pub(super) fn worth_repeating(problem: &Problem) -> bool {
    problem.kind.class() == Class::Network || problem.code.is_some_and(|code| PASSING.contains(&code))
}

/// The pause before a repeat: half a second, doubled each time; `repeat` counts from 1.
pub(super) fn pause(repeat: u32) -> Duration {
    Duration::from_millis(500) * 2u32.pow(repeat.saturating_sub(1).min(5))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::Kind;

    #[test]
    fn only_what_passes_by_itself_is_repeated() {
        let problem = |kind| Problem::new(kind, "m", "h");
        assert!(worth_repeating(&problem(Kind::Unreachable)));
        assert!(worth_repeating(&problem(Kind::OutcomeUnknown)));
        assert!(worth_repeating(&problem(Kind::VendorRefused).with_code(13)));
        for kind in [Kind::VendorRefused, Kind::NotPushed, Kind::StateDatabase, Kind::TooLong] {
            assert!(!worth_repeating(&problem(kind)), "{kind:?}");
        }
        assert!(!worth_repeating(&problem(Kind::VendorRefused).with_code(67)));
    }

    #[test]
    fn pauses_double_up_to_a_limit() {
        assert_eq!(pause(1), Duration::from_millis(500));
        assert_eq!(pause(3), Duration::from_secs(2));
        assert_eq!(pause(u32::MAX), Duration::from_secs(16));
    }
}
