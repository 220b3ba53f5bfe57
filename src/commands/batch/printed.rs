//! A run as it is printed: what was planned, what became of its rows, what is left.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::batch::Counts;
use crate::failure::{Failure, Problem, Remedy, Warning};
use crate::oppo::Exchange;
use crate::output::{Page, Report, Tone};
use crate::return_codes;
use crate::store::batch::{Run, RunState, Totals};

/// What `batch run`, `resume`, `status` and `cancel` print with `--json`.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct RunJson {
    /// The number of the run; null for a dry run.
    pub(super) run: Option<i64>,
    /// How far it is; null for a dry run.
    pub(super) state: Option<RunState>,
    /// Why it stopped.
    pub(super) reason: Option<String>,
    pub(super) profile: String,
    pub(super) region: String,
    /// The file.
    pub(super) source: String,
    pub(super) begun_at: String,
    pub(super) ended_at: Option<String>,
    /// Rows in the file.
    pub(super) rows: u64,
    pub(super) bad_rows: u64,
    /// Rows that say what an earlier one says, left out.
    pub(super) repeats: u64,
    /// Devices that the offline-push rule keeps back, by its name for why.
    pub(super) held_back: BTreeMap<String, u64>,
    /// Rows to push: the next four together.
    pub(super) recipients: u64,
    pub(super) accepted: u64,
    pub(super) refused: u64,
    /// They left, and what became of them is not known.
    pub(super) unknown: u64,
    /// Not sent yet.
    pub(super) left: u64,
    /// Refused rows by OPPO's code.
    pub(super) refused_by_code: BTreeMap<String, u64>,
    pub(super) calls: u64,
    /// Recipients per second; null is no limit.
    pub(super) rate: Option<u64>,
    /// How long all of it takes at that rate.
    pub(super) seconds_at_rate: Option<u64>,
    pub(super) elapsed_ms: Option<u64>,
    pub(super) dry_run: bool,
    /// With --dry-run: the first three requests, secrets masked.
    pub(super) requests: Vec<BatchRequest>,
    pub(super) warnings: Vec<Warning>,
    #[serde(skip)]
    pub(super) failure: Option<Failure>,
}

/// A request that was not sent.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct BatchRequest {
    method: String,
    url: String,
    headers: Vec<(String, String)>,
    /// The form's fields before encoding.
    form: Vec<(String, String)>,
}

impl From<Exchange> for BatchRequest {
    fn from(exchange: Exchange) -> Self {
        BatchRequest {
            method: exchange.method.to_owned(),
            url: exchange.url,
            headers: exchange.headers,
            form: exchange.form,
        }
    }
}

impl RunJson {
    pub(super) fn of(run: &Run, totals: &Totals, counts: &Counts) -> Self {
        let held_back = serde_json::from_str(&run.planned.held_back).unwrap_or_default();
        let codes = counts.codes.iter().filter(|(_, count)| **count > 0);
        RunJson {
            run: Some(run.id),
            state: Some(run.state),
            reason: run.reason.clone(),
            profile: run.profile.clone(),
            region: run.region.clone(),
            source: run.source.clone(),
            begun_at: format!("{:.3}", run.begun_at),
            ended_at: run.ended_at.map(|at| format!("{at:.3}")),
            rows: run.planned.file_rows,
            bad_rows: run.planned.bad_rows,
            repeats: run.planned.repeats,
            held_back,
            recipients: run.planned.recipients,
            accepted: totals.accepted,
            refused: totals.refused,
            unknown: totals.unknown,
            left: totals.left,
            refused_by_code: codes.map(|(code, count)| (code.to_string(), *count)).collect(),
            calls: totals.calls,
            rate: None,
            seconds_at_rate: None,
            elapsed_ms: None,
            dry_run: false,
            requests: Vec::new(),
            warnings: Vec::new(),
            failure: None,
        }
    }

    pub(super) fn held(&self) -> u64 {
        self.held_back.values().sum()
    }

    /// With the time that it takes at this rate.
    pub(super) fn at_rate(self, rate: Option<u64>) -> Self {
        let seconds = rate.map(|rate| self.recipients.div_ceil(rate));
        RunJson { rate, seconds_at_rate: seconds, ..self }
    }

    fn planned(&self, page: &mut Page) {
        let mut parts = vec![format!("{} to push", self.recipients)];
        let also =
            [(self.repeats, "twice in the file"), (self.bad_rows, "not usable"), (self.held(), "held back")];
        parts.extend(
            also.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")),
        );
        page.line(format!("{} rows of {}: {}", self.rows, self.source, parts.join(", ")));
        for (reason, count) in &self.held_back {
            page.line(format!("  held back   {reason} {count}"));
        }
        let time =
            self.seconds_at_rate.zip(self.rate).map(|(seconds, rate)| format!(", {seconds} s at {rate}/s"));
        let (profile, region) = (&self.profile, &self.region);
        page.line(format!("profile {profile} ({region}), {} calls{}", self.calls, time.unwrap_or_default()));
    }
}

impl Report for RunJson {
    fn text(&self, page: &mut Page) {
        self.planned(page);
        if self.dry_run {
            for request in &self.requests {
                page.line(format!("{} {}", request.method, request.url));
                for (name, value) in &request.form {
                    let short: String = value.chars().take(400).collect();
                    let more = if short.len() < value.len() {
                        format!(" … ({} characters)", value.chars().count())
                    } else {
                        String::new()
                    };
                    page.line(format!("  {name}={short}{more}"));
                }
            }
            page.line("dry run: nothing was sent");
            return;
        }
        let mut parts = vec![format!("{} accepted", self.accepted)];
        let also = [(self.refused, "refused"), (self.unknown, "unknown"), (self.left, "left")];
        parts.extend(
            also.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")),
        );
        let took = self.elapsed_ms.map(|ms| format!(", {:.1} s", ms as f64 / 1000.0)).unwrap_or_default();
        let tone = if self.refused + self.unknown + self.left == 0 { Tone::Ok } else { Tone::Warn };
        let state = self.state.map_or("", <&'static str>::from);
        let run = self.run.unwrap_or_default();
        page.line(page.tone(tone, &format!("run {run} {state}: {}{took}", parts.join(", "))));
        for (code, count) in &self.refused_by_code {
            let row = code.parse().ok().and_then(return_codes::find);
            let meaning = row.map(|row| format!("  {}", row.meaning)).unwrap_or_default();
            page.line(format!("  refused   {code} {count}{meaning}"));
        }
        if let Some(reason) = self.reason.as_ref().filter(|_| self.left > 0) {
            page.line(format!("  stopped: {reason}"));
        }
        if self.left > 0 && self.failure.is_none() && self.state != Some(RunState::Cancelled) {
            let next = Remedy::run("go on", "batch resume <RUN>").fill("RUN", self.run);
            page.commands(&[next]);
        }
    }

    fn warnings(&self) -> Vec<Warning> {
        self.warnings.clone()
    }

    fn failure(&self) -> Option<Failure> {
        self.failure.clone()
    }

    fn spoken(&self) -> Option<Failure> {
        self.failure.clone().map(Failure::into_problems).and_then(|problems: Vec<Problem>| {
            let some: Vec<Problem> = problems.into_iter().take(20).collect();
            (!some.is_empty()).then(|| Failure::all(some))
        })
    }
}
