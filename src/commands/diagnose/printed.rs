//! A diagnosis as a person reads it, as JSON and as Markdown; `doctor` prints in the same shape.
//! What was found belongs to `diagnose`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::diagnose::{CheckResult, CheckStatus, Diagnosis, Evidence, Finding, Link, Verdict};
use crate::failure::{Failure, Kind, Problem, Remedy};
use crate::output::{Page, Report, Tone};

/// What `diagnose --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct DiagnosisView {
    verdict: Verdict,
    /// The first line: one sentence for everybody.
    headline: String,
    /// The id of the first check that failed.
    first_broken: Option<&'static str>,
    /// Every check, in the order of the chain.
    checks: Vec<CheckJson>,
    /// What would settle an inconclusive verdict, the first thing to get first.
    would_settle: Vec<Remedy>,
    about: About,
    /// None only for sound.
    #[serde(skip)]
    failure: Option<Problem>,
    #[serde(skip)]
    verbose: bool,
    #[serde(skip)]
    markdown: bool,
}

/// What a diagnosis is about, as far as it is known.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub(crate) struct About {
    pub(crate) profile: Option<String>,
    pub(crate) region: Option<String>,
    pub(crate) user: Option<String>,
    pub(crate) device: Option<String>,
    pub(crate) reg_id: Option<String>,
    pub(crate) certificate_id: Option<i64>,
    /// When it was made, UTC.
    pub(crate) at: String,
}

impl About {
    pub(super) fn of(evidence: &Evidence) -> About {
        let (subject, question) = (evidence.subject.as_ref(), &evidence.question);
        About {
            profile: subject.map(|subject| subject.profile.name.clone()),
            region: subject.map(|subject| subject.profile.region.to_string()),
            user: subject.and_then(|subject| subject.user.clone()).or(question.user.clone()),
            device: subject.and_then(|subject| subject.device.as_ref()).map(|device| device.name.clone()),
            reg_id: subject.and_then(|subject| subject.reg_id.clone()).or(question.reg_id.clone()),
            certificate_id: subject.and_then(|subject| subject.certificate_id),
            at: format!("{:.3}", evidence.now),
        }
    }
}

/// One check.
#[derive(Clone, Debug, Serialize, JsonSchema)]
struct CheckJson {
    /// Stable; opush explain ID shows its page.
    id: &'static str,
    status: CheckStatus,
    /// What was seen; for skipped, why nothing was.
    evidence: String,
    cause: Option<String>,
    remedy: Option<Remedy>,
    /// The evidence in words for everybody.
    #[serde(skip)]
    plain: String,
    #[serde(skip)]
    link: Link,
}

impl From<CheckResult> for CheckJson {
    fn from(CheckResult { id, link, finding, remedy }: CheckResult) -> CheckJson {
        let Finding { status, evidence, plain, cause, .. } = finding;
        CheckJson {
            id,
            status,
            plain: plain.unwrap_or_else(|| evidence.clone()),
            evidence,
            cause,
            remedy,
            link,
        }
    }
}

impl DiagnosisView {
    pub(crate) fn new(about: About, diagnosis: Diagnosis, verbose: bool, markdown: bool) -> DiagnosisView {
        let mut view = DiagnosisView {
            verdict: diagnosis.verdict(),
            headline: String::new(),
            first_broken: diagnosis.first_broken().map(|check| check.id),
            would_settle: diagnosis.would_settle().into_iter().cloned().collect(),
            about,
            failure: problem(&diagnosis),
            checks: diagnosis.checks.into_iter().map(CheckJson::from).collect(),
            verbose,
            markdown,
        };
        view.headline = view.sentence();
        view
    }

    /// The one sentence that a support person can paste.
    fn sentence(&self) -> String {
        match (self.first(CheckStatus::Fail), self.first(CheckStatus::Unknown)) {
            (Some(broken), _) => format!("The first broken link: {}.", broken.plain),
            (None, Some(unknown)) => format!("Can't tell: {}.", unknown.plain),
            _ if self.of_a_certificate() => "Every link that was asked about holds.".into(),
            _ => "Every link holds.".into(),
        }
    }

    /// Only a certificate is in question, so nothing after the message was looked at.
    fn of_a_certificate(&self) -> bool {
        self.about.certificate_id.is_some() && self.about.user.is_none() && self.about.reg_id.is_none()
    }

    fn first(&self, status: CheckStatus) -> Option<&CheckJson> {
        self.checks.iter().find(|check| check.status == status)
    }

    /// For each part of the chain its worst check; among equals the first.
    fn links(&self) -> Vec<(Link, &CheckJson)> {
        let mut links: Vec<(Link, &CheckJson)> = Vec::new();
        for check in &self.checks {
            match links.iter_mut().find(|(link, _)| *link == check.link) {
                None => links.push((check.link, check)),
                Some((_, worst)) if check.status > worst.status => *worst = check,
                Some(_) => {}
            }
        }
        links
    }
}

/// The verdict as every result has it where the exit code is not 0.
fn problem(diagnosis: &Diagnosis) -> Option<Problem> {
    match (diagnosis.first_broken(), diagnosis.verdict()) {
        (Some(broken), _) => {
            let hint = broken.remedy.clone().unwrap_or_default();
            Some(Problem::new(Kind::BrokenLink, &broken.finding.evidence, hint).at(broken.id))
        }
        (None, Verdict::Sound) => None,
        (None, _) => {
            let first =
                diagnosis.would_settle().into_iter().next().cloned().unwrap_or("see the checks".into());
            let unseen = "no link is seen to be broken, and not every link can be seen from here";
            Some(Problem::new(Kind::Inconclusive, unseen, first))
        }
    }
}

/// As a person reads it.
fn word(status: CheckStatus) -> (&'static str, Option<Tone>) {
    match status {
        CheckStatus::Pass => ("ok", Some(Tone::Ok)),
        CheckStatus::Warn => ("look", Some(Tone::Warn)),
        CheckStatus::Fail => ("broken", Some(Tone::Broken)),
        CheckStatus::Unknown => ("not known", Some(Tone::Warn)),
        CheckStatus::Skipped => ("skipped", Some(Tone::Faint)),
    }
}

impl Report for DiagnosisView {
    fn text(&self, page: &mut Page) {
        if self.markdown {
            return self.as_markdown(page);
        }
        page.line(&self.headline);
        page.blank();
        let shown: Vec<(&str, &CheckJson)> = if self.verbose {
            self.checks.iter().map(|check| (check.id, check)).collect()
        } else {
            self.links().into_iter().map(|(link, worst)| (link.into(), worst)).collect()
        };
        let rows: Vec<_> = shown
            .iter()
            .map(|(name, check)| {
                let (words, tone) = word(check.status);
                (*name, check.evidence.as_str(), words, tone)
            })
            .collect();
        page.links(&rows);
        if let Some(broken) = self.first(CheckStatus::Fail) {
            page.blank();
            if let Some(cause) = &broken.cause {
                page.line(format!("Most likely: {cause}."));
            }
            if let Some(remedy) = &broken.remedy {
                let remedy = page.remedy(remedy);
                page.line(format!("To fix it: {remedy}"));
            }
            page.line(format!("  opush explain {}", broken.id));
        } else if !self.would_settle.is_empty() {
            page.blank();
            page.line(if self.would_settle.len() == 1 {
                "What would settle it:"
            } else {
                "What would settle it, the first thing to get first:"
            });
            for settle in &self.would_settle {
                let settle = page.remedy(settle);
                page.line(format!("  {settle}"));
            }
        }
        let warned: Vec<&CheckJson> =
            self.checks.iter().filter(|check| check.status == CheckStatus::Warn).collect();
        if !warned.is_empty() {
            page.blank();
            page.line("Worth a look:");
            for checked in warned {
                page.line(format!("  {}", checked.evidence));
                page.line(format!("    opush explain {}", checked.id));
            }
        }
    }

    fn failure(&self) -> Option<Failure> {
        self.failure.clone().map(Failure::from)
    }

    fn spoken(&self) -> Option<Failure> {
        None
    }
}

impl DiagnosisView {
    pub(super) fn markdown(&self) -> String {
        let mut page = Page::new(None, false);
        self.as_markdown(&mut page);
        page.into_text()
    }

    /// What a ticket needs: the sentence, its cause and remedy, a row for each link, and the checks that failed.
    fn as_markdown(&self, page: &mut Page) {
        page.line(format!("## opush diagnosis: {}", self.verdict));
        page.blank();
        page.line(cell(&self.headline));
        if let Some(broken) = self.first(CheckStatus::Fail) {
            page.blank();
            if let Some(cause) = &broken.cause {
                page.line(format!("- cause: {}", cell(cause)));
            }
            if let Some(remedy) = &broken.remedy {
                let remedy = page.remedy(remedy);
                page.line(format!("- remedy: {}", cell(&remedy)));
            }
        }
        self.settle_in_markdown(page);
        page.blank();
        self.about.in_markdown(page);
        page.blank();
        let rows: Vec<(&str, &CheckJson)> = match self.verbose {
            true => self.checks.iter().map(|check| (check.id, check)).collect(),
            false => self.links().into_iter().map(|(link, worst)| (link.into(), worst)).collect(),
        };
        in_table(page, if self.verbose { "check" } else { "link" }, &rows);
        let failed = self.checks.iter().filter(|check| check.status == CheckStatus::Fail);
        let failed: Vec<(&str, &CheckJson)> = failed.map(|check| (check.id, check)).collect();
        if !failed.is_empty() && !self.verbose {
            page.blank();
            page.line("Checks that failed:");
            page.blank();
            in_table(page, "check", &failed);
        }
    }

    fn settle_in_markdown(&self, page: &mut Page) {
        if self.would_settle.is_empty() {
            return;
        }
        page.blank();
        page.line("What would settle it:");
        page.blank();
        for settle in &self.would_settle {
            let settle = cell(&page.remedy(settle));
            page.line(format!("- {settle}"));
        }
    }
}

impl About {
    fn in_markdown(&self, page: &mut Page) {
        let certificate = self.certificate_id.map(|id| id.to_string());
        let facts = [
            ("profile", self.profile.as_deref()),
            ("region", self.region.as_deref()),
            ("user", self.user.as_deref()),
            ("device", self.device.as_deref()),
            ("regId", self.reg_id.as_deref()),
            ("certificate", certificate.as_deref()),
            ("made at", Some(self.at.as_str())),
        ];
        for (name, value) in facts.into_iter().filter_map(|(name, value)| Some((name, value?))) {
            page.line(format!("- {name}: {}", cell(value)));
        }
    }
}

fn in_table(page: &mut Page, first: &str, rows: &[(&str, &CheckJson)]) {
    page.line(format!("| {first} | status | evidence | remedy |"));
    page.line("| --- | --- | --- | --- |");
    for (name, check) in rows {
        let remedy = check.remedy.as_ref().map(|remedy| page.remedy(remedy)).unwrap_or_default();
        page.line(format!("| {name} | {} | {} | {} |", check.status, cell(&check.evidence), cell(&remedy)));
    }
}

/// Text in a Markdown table: one line, no character that ends the cell or begins markup.
fn cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '|' | '`' | '*' | '_' | '<' | '>' | '[' | ']' | '#' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}
