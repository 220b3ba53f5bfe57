//! A run on its way: who confirms it, with what it is sent, what is said meanwhile.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::super::context::Ctx;
use super::args::GoingFlags;
use super::runs::counts;
use crate::batch::{self, Counts, Ending, Job, Progress, Rate};
use crate::config::{Profile, Region};
use crate::failure::{Failure, Kind, Problem, Remedy};
use crate::services::{OppoService, Setup, credentials_by_id};
use crate::store::Store;
use crate::store::batch::{self as journal, Run, RunState, Totals};

/// More recipients than these on a real profile want a person's word.
const ASKED_FROM: u64 = 1000;

/// The lowest tier of OPPO (OPPO reference, section 9).
const DEFAULT_RATE: u64 = 5000;

/// What is said while the run goes on, at most so often.
const EVERY: Duration = Duration::from_secs(5);

/// The app behind a certificate, as the run began.
#[derive(Debug, Deserialize, Serialize)]
struct App {
    certificate_id: i64,
    app_id: String,
    app_key: String,
}

/// Recipients per second; none against a sandbox that has no limit of its own.
pub(super) fn rate(flags: &GoingFlags, profile: &Profile) -> Option<u64> {
    let default = (profile.region.value != Region::Sandbox).then_some(DEFAULT_RATE);
    flags.rate.or(profile.rate.as_ref().map(|rate| rate.value)).or(default)
}

/// A person types the number; a script says `--yes`.
pub(super) fn confirm(
    ctx: &Ctx,
    profile: &Profile,
    flags: &GoingFlags,
    recipients: u64,
) -> Result<(), Failure> {
    if flags.yes || recipients <= ASKED_FROM || profile.region.value == Region::Sandbox {
        return Ok(());
    }
    let region = profile.region.value;
    let Some(prompt) = ctx.prompt() else {
        let message =
            format!("{recipients} recipients of profile {} ({region}) want a confirmation", profile.name);
        return Err(Problem::new(Kind::MissingFlag, message, "add --yes").at("--yes").into());
    };
    let question = format!("Profile {} ({region}). Type {recipients} to send", profile.name);
    let typed = prompt.text(&question, None, &|_| Ok(()))?;
    if typed == recipients.to_string() {
        return Ok(());
    }
    Err(Problem::new(Kind::Declined, "not confirmed; nothing was sent", "type the number of recipients")
        .into())
}

/// Refuses other credentials, another app or region than the run began with.
pub(super) fn same_app(run: &Run, profile: &Profile) -> Result<(), Failure> {
    let region = profile.region.value.as_str();
    let other = |what: String| {
        let hint = Remedy::run(
            "resume it with the configuration that it began with, or give it up",
            "batch cancel <RUN>",
        );
        Problem::new(Kind::Contradiction, what, hint.fill("RUN", Some(run.id)))
    };
    if run.region != region {
        return Err(
            other(format!("run {} is of region {}, the profile's is {region}", run.id, run.region)).into()
        );
    }
    let apps: Vec<App> = serde_json::from_str(&run.planned.certificates).unwrap_or_default();
    let differs = |app: &&App| {
        let same = profile
            .find_id(app.certificate_id)
            .map(|one| one.app_id.value == app.app_id && one.app_key.value == app.app_key);
        same == Some(false)
    };
    match apps.iter().find(differs) {
        Some(app) => {
            let message = format!(
                "certificate {} has another app or AppKey than when run {} began",
                app.certificate_id, run.id
            );
            Err(other(message).into())
        }
        None => Ok(()),
    }
}

/// How a run's work ended.
pub(super) struct Went {
    pub(super) ending: Ending,
    pub(super) counts: Counts,
    pub(super) totals: Totals,
    pub(super) elapsed: Duration,
}

/// Sends what is left of the run, and records how that ended.
pub(super) fn send(
    ctx: &Ctx,
    store: &Store,
    profile: &Profile,
    run: &Run,
    flags: &GoingFlags,
    retry_unknown: bool,
) -> Result<Went, Failure> {
    let begun = Instant::now();
    let apps: Vec<App> = serde_json::from_str(&run.planned.certificates).unwrap_or_default();
    let ids = journal::certificates(store, run.id)?;
    let ids = ids.into_iter().filter(|id| apps.iter().any(|app| app.certificate_id == *id)).collect();
    let credentials = credentials_by_id(ctx, profile, ids)?;
    let teller = Teller::new(ctx, run);
    let before = counts(store, run.id)?;
    let (ending, counts) = ctx.block_on_finishing(async {
        let oppo = OppoService::open(ctx, profile, Setup::Register).await?;
        let senders: BTreeMap<_, _> =
            credentials.into_iter().map(|(id, one)| (id, oppo.sender(ctx, store, one))).collect();
        let job = Job {
            store,
            run,
            senders: &senders,
            rate: Rate::new(rate(flags, profile)),
            connections: usize::from(flags.connections),
            timeout: ctx.timeout(),
            retry_unknown,
            progress: Progress { counts: RefCell::new(before), each: &|counts| teller.tell(counts) },
        };
        let ending = batch::send(&job).await;
        let counts = job.progress.counts.into_inner();
        drop(senders);
        oppo.close().await;
        Ok((ending, counts))
    })?;
    let (state, reason) = match &ending {
        Ending::Finished => (RunState::Done, None),
        Ending::Interrupted => (RunState::Stopped, Some("interrupted".to_owned())),
        Ending::Stopped(problem) => (RunState::Stopped, Some(problem.message.clone())),
    };
    journal::end(store, run.id, state, reason.as_deref())?;
    Ok(Went { ending, counts, totals: journal::totals(store, run.id)?, elapsed: begun.elapsed() })
}

/// Says how far the run is.
struct Teller<'a> {
    ctx: &'a Ctx,
    run: i64,
    recipients: u64,
    begun: Instant,
    told: Cell<Instant>,
}

/// A line of JSON on stderr while a run goes on.
#[derive(Debug, Serialize, schemars::JsonSchema)]
pub(crate) struct BatchEvent {
    run: i64,
    recipients: u64,
    accepted: u64,
    refused: u64,
    unknown: u64,
    /// Settled rows per second since this process began.
    per_second: u64,
    /// Seconds until the end at this pace; null where that can't be told.
    remaining_s: Option<u64>,
}

impl<'a> Teller<'a> {
    fn new(ctx: &'a Ctx, run: &Run) -> Self {
        let now = Instant::now();
        Teller { ctx, run: run.id, recipients: run.planned.recipients, begun: now, told: Cell::new(now) }
    }

    fn tell(&self, counts: &Counts) {
        if self.told.get().elapsed() < EVERY {
            return;
        }
        self.told.set(Instant::now());
        let Counts { accepted, refused, unknown, .. } = counts;
        let done = accepted + refused + unknown;
        let per_second = (done as f64 / self.begun.elapsed().as_secs_f64()) as u64;
        let remaining_s = self.recipients.saturating_sub(done).checked_div(per_second);
        if self.ctx.printer.json {
            let event = BatchEvent {
                run: self.run,
                recipients: self.recipients,
                accepted: *accepted,
                refused: *refused,
                unknown: *unknown,
                per_second,
                remaining_s,
            };
            let _ = self.ctx.printer.event(&event);
            return;
        }
        let percent = (done * 100).checked_div(self.recipients).unwrap_or(100);
        let left =
            remaining_s.map(|left| format!("   {:02}:{:02}", left / 60, left % 60)).unwrap_or_default();
        self.ctx.note(&format!(
            "{percent:>3} %  {accepted} accepted · {refused} refused · {unknown} unknown    {per_second}/s{left}"
        ));
    }
}
