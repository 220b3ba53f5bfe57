//! The results of a run as they are printed: the contract of `--json`, the lines for a person, JUnit and annotations.

use std::path::{Path, PathBuf};
use std::time::Duration;

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::super::send::PushJson;
use super::list::CaseJson;
use crate::failure::{Failure, Kind, Problem, Remedy};
use crate::output::{JunitCase, JunitEnd, Page, Report, Tone, annotation, junit as junit_xml};
use crate::smoke::{CaseVerdict, Finished, Planned};

/// One case and how it ended.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ItemJson {
    #[serde(flatten)]
    case: CaseJson,
    verdict: CaseVerdict,
    /// What was seen, in words; for a case that did not pass, what was wrong.
    seen: String,
    /// What to do; empty for a pass.
    hint: Remedy,
    /// How often it was repeated.
    repeats: u32,
    elapsed_ms: u64,
    /// The pushes of the last try, as `send --json` prints them.
    pushes: Vec<PushJson>,
}

impl ItemJson {
    pub(super) fn of(planned: &Planned, finished: Finished) -> ItemJson {
        let of_verdict = || finished.facts.iter().filter(|fact| fact.verdict == finished.verdict);
        // The first is what went wrong; what follows from it would be noise.
        let most = if finished.verdict == CaseVerdict::Pass { usize::MAX } else { 1 };
        let seen: Vec<&str> = of_verdict().take(most).map(|fact| fact.seen.as_str()).collect();
        ItemJson {
            case: CaseJson::of(planned, planned.case.expect.line),
            verdict: finished.verdict,
            seen: seen.join(", "),
            hint: of_verdict().next().map(|fact| fact.hint.clone()).unwrap_or_default(),
            repeats: finished.repeats,
            elapsed_ms: u64::try_from(finished.elapsed.as_millis()).unwrap_or(u64::MAX),
            pushes: finished.pushes.iter().map(|one| PushJson::of(one, &planned.profile, &[])).collect(),
        }
    }

    fn passed(&self) -> bool {
        self.verdict == CaseVerdict::Pass
    }

    fn skipped(&self) -> bool {
        self.verdict == CaseVerdict::Skipped
    }

    /// What a failure says below its first line.
    fn details(&self, hint: &str) -> Vec<String> {
        if self.passed() || self.skipped() {
            return Vec::new();
        }
        let repeats = match self.repeats {
            0 => None,
            1 => Some("the same after 1 repeat".to_owned()),
            count => Some(format!("the same after {count} repeats")),
        };
        let expects = format!("{}:{} expects {}", self.case.file, self.case.line, self.case.expected);
        [expects].into_iter().chain(hint.lines().map(str::to_owned)).chain(repeats).collect()
    }

    /// The verdict as a person reads it.
    fn word(&self) -> (&'static str, Tone) {
        match self.verdict {
            CaseVerdict::Pass => ("pass", Tone::Ok),
            CaseVerdict::Fail => ("FAIL", Tone::Broken),
            CaseVerdict::Unknown => ("UNKNOWN", Tone::Warn),
            CaseVerdict::Skipped => ("skipped", Tone::Faint),
        }
    }

    fn text(&self, (indent, width): (usize, usize), page: &mut Page) {
        let (word, tone) = self.word();
        let word = page.tone(tone, &format!("{word:indent$}"));
        let gap = " ".repeat(width.saturating_sub(self.case.name.chars().count()));
        let took = if self.passed() { format!(", {} ms", self.elapsed_ms) } else { String::new() };
        page.line(format!("  {word}  {}{gap}  {}{took}", self.case.name, self.seen));
        for detail in self.details(&page.remedy(&self.hint)) {
            page.line(format!("{:indent$}    {detail}", ""));
        }
    }

    fn junit(&self) -> JunitCase<'_> {
        let message = self.seen.as_str();
        let text = || self.details(&self.hint.to_string()).join("\n");
        let end = match self.verdict {
            CaseVerdict::Pass => JunitEnd::Passed,
            CaseVerdict::Fail => JunitEnd::Failed { message, text: text() },
            CaseVerdict::Unknown => JunitEnd::Error { message, text: text() },
            CaseVerdict::Skipped => JunitEnd::Skipped { message },
        };
        JunitCase {
            suite: &self.case.file,
            name: &self.case.name,
            time: Duration::from_millis(self.elapsed_ms),
            end,
            output: self.output(),
        }
    }

    /// Profile, and OPPO's ids, by which a push is found in the history and at OPPO.
    fn output(&self) -> String {
        let mut lines =
            vec![format!("profile {} ({}), {}", self.case.profile, self.case.region, self.case.target)];
        for push in &self.pushes {
            let message_id = push.message_id.as_deref().unwrap_or("no message id");
            let history = push.history_id.map(|id| format!(", opush history show {id}")).unwrap_or_default();
            lines.push(format!("{} {message_id}{history}", push.status));
        }
        lines.join("\n")
    }
}

/// What `smoke run --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Ran {
    /// In the order of the files and of their lines.
    items: Vec<ItemJson>,
    passed: usize,
    failed: usize,
    /// Cases without a verdict: the network, the clock or the listener failed.
    unknown: usize,
    skipped: usize,
    elapsed_ms: i64,
    /// None only if every case passed.
    #[serde(skip)]
    failure: Option<Problem>,
    /// Where GitHub's annotations are wanted, the folder that its file names are relative to.
    #[serde(skip)]
    github: Option<GitHub>,
}

/// The folders by which GitHub finds a file.
#[derive(Debug)]
pub(super) struct GitHub {
    workspace: Option<PathBuf>,
    cwd: PathBuf,
}

/// Whether the run is one of GitHub's, and where.
pub(super) fn github(ctx: &Ctx) -> Option<GitHub> {
    let there = ctx.environment.get("GITHUB_ACTIONS") == Some("true");
    there.then(|| GitHub {
        workspace: ctx.environment.get_os("GITHUB_WORKSPACE").map(PathBuf::from),
        cwd: ctx.paths.absolute(Path::new(".")),
    })
}

impl GitHub {
    fn file(&self, file: &str) -> String {
        let whole = self.cwd.join(file);
        let below = self.workspace.as_ref().and_then(|workspace| whole.strip_prefix(workspace).ok());
        below.map_or_else(|| file.to_owned(), |below| below.components().as_path().display().to_string())
    }
}

impl Ran {
    pub(super) fn new(items: Vec<ItemJson>, elapsed_ms: i64, github: Option<GitHub>) -> Ran {
        let count = |verdict: CaseVerdict| items.iter().filter(|item| item.verdict == verdict).count();
        let (passed, failed) = (count(CaseVerdict::Pass), count(CaseVerdict::Fail));
        let (unknown, skipped) = (count(CaseVerdict::Unknown), count(CaseVerdict::Skipped));
        let failure = (passed < items.len() || items.is_empty()).then(|| {
            let message = format!("{} of {} cases did not pass", items.len() - passed, items.len());
            let first = items.iter().find(|item| !item.passed() && !item.skipped());
            let hint = first.map(|item| item.hint.clone()).filter(|hint| !hint.is_empty());
            let hint = hint.unwrap_or_else(|| "each item says what was seen".into());
            let place =
                first.map(|item| format!("{}:{}", item.case.file, item.case.line)).unwrap_or_default();
            Problem::new(Kind::BrokenLink, message, hint).at(place)
        });
        Ran { items, passed, failed, unknown, skipped, elapsed_ms, failure, github }
    }

    pub(super) fn junit(&self) -> Result<String, Failure> {
        let cases: Vec<JunitCase> = self.items.iter().map(ItemJson::junit).collect();
        let time = Duration::from_millis(u64::try_from(self.elapsed_ms).unwrap_or(0));
        Ok(junit_xml("opush smoke", time, &cases)?)
    }

    /// "5 passed, 1 failed in 1.3 s"
    fn summary(&self) -> String {
        let counts = [
            (self.passed, "passed"),
            (self.failed, "failed"),
            (self.unknown, "unknown"),
            (self.skipped, "skipped"),
        ];
        let shown = counts.iter().filter(|(count, word)| *count > 0 || *word == "passed");
        let counts: Vec<String> = shown.map(|(count, word)| format!("{count} {word}")).collect();
        format!("{} in {:.1} s", counts.join(", "), self.elapsed_ms as f64 / 1000.0)
    }
}

impl Report for Ran {
    fn text(&self, page: &mut Page) {
        let widest = |widths: &mut dyn Iterator<Item = usize>| widths.max().unwrap_or(0);
        let columns = (
            widest(&mut self.items.iter().map(|item| item.word().0.len())),
            widest(&mut self.items.iter().map(|item| item.case.name.chars().count())).min(60),
        );
        let mut profiles: Vec<(&str, &str)> = Vec::new();
        for item in &self.items {
            let profile = (item.case.profile.as_str(), item.case.region.as_str());
            if !profiles.contains(&profile) {
                profiles.push(profile);
            }
        }
        for (profile, region) in profiles {
            let of_profile: Vec<&ItemJson> = self
                .items
                .iter()
                .filter(|item| item.case.profile == profile && item.case.region == region)
                .collect();
            let cases = if of_profile.len() == 1 { "case" } else { "cases" };
            page.line(format!("profile {profile} ({region}), {} {cases}", of_profile.len()));
            of_profile.iter().for_each(|item| item.text(columns, page));
        }
        page.line(self.summary());
        let Some(github) = &self.github else { return };
        for item in self.items.iter().filter(|item| !item.passed() && !item.skipped()) {
            let mut lines = item.details(&item.hint.to_string());
            lines.insert(0, item.seen.clone());
            let message = lines.join("\n");
            page.line(annotation(&github.file(&item.case.file), item.case.line, &item.case.name, &message));
        }
    }

    fn failure(&self) -> Option<Failure> {
        self.failure.clone().map(Failure::from)
    }

    fn spoken(&self) -> Option<Failure> {
        None
    }
}
