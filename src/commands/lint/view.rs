//! What `opush lint` prints: the kind, each message with its findings, the codes that are explained; or the corrected message.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::click::Severity;
use crate::failure::{Failure, Problem, Remedy, Warning};
use crate::lint::{CodeOf, Item, Layer, Linted, Meaning, PayloadKind};
use crate::output::{Page, Report, Tone};

/// What `lint --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Printed {
    /// Nothing in it is an error.
    valid: bool,
    kind: PayloadKind,
    /// What was around it, outermost first.
    layers: Vec<Layer>,
    items: Vec<ItemJson>,
    /// About the whole.
    findings: Vec<Finding>,
    /// Codes of an answer, events of receipts.
    meanings: Vec<MeaningJson>,
    /// With `--fix`: the corrected message.
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Map<String, Value>>,
    /// With `--fix`: what was put right or left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    changes: Option<Vec<Warning>>,
    #[serde(skip)]
    problems: Vec<Problem>,
    #[serde(skip)]
    file: String,
}

/// One message.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ItemJson {
    /// Where in the payload it lies; empty where it is the whole.
    path: String,
    /// Names of another interface, and the field of OPPO's notification that each becomes.
    names: Vec<NameJson>,
    /// What OPPO gets, secrets masked; null where it can't be sent.
    notification: Option<Map<String, Value>>,
    findings: Vec<Finding>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct NameJson {
    from: String,
    to: String,
}

/// What a rule found.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Finding {
    severity: Severity,
    /// The kind of an error, or the id of a warning.
    id: String,
    message: String,
    hint: Remedy,
    /// The path of names in the payload; empty for the whole.
    place: String,
}

/// A code or an event, and what it means.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct MeaningJson {
    of: CodeOf,
    code: Option<i64>,
    /// The name of the code, or the event.
    word: String,
    meaning: String,
    remedy: Option<Remedy>,
    /// How often it comes.
    count: u64,
    place: String,
}

impl Printed {
    pub(super) fn new(linted: Linted, file: String) -> Printed {
        let Linted { kind, layers, items, meanings, problems, warnings } = linted;
        let all: Vec<Problem> =
            problems.iter().chain(items.iter().flat_map(|item| &item.problems)).cloned().collect();
        Printed {
            valid: all.is_empty(),
            kind,
            layers,
            items: items.into_iter().filter(Item::is_message_or_wrong).map(ItemJson::from).collect(),
            findings: findings(&problems, &warnings),
            meanings: meanings.into_iter().map(MeaningJson::from).collect(),
            message: None,
            changes: None,
            problems: all,
            file,
        }
    }

    /// The same with the corrected message: what was wrong before is no failure.
    pub(super) fn fixed(self, message: Map<String, Value>, changes: Vec<Warning>) -> Printed {
        Printed { message: Some(message), changes: Some(changes), problems: Vec::new(), ..self }
    }

    fn headline(&self) -> String {
        let mut line = self.kind.in_words().to_owned();
        if self.items.len() > 1 {
            line.push_str(&format!(", {} messages", self.items.len()));
        }
        let around: Vec<&str> = self.layers.iter().map(|layer| layer.in_words()).collect();
        if !around.is_empty() {
            line.push_str(&format!("; unwrapped: {}", around.join(", ")));
        }
        line
    }

    fn counts(&self) -> (usize, usize) {
        let all = || self.findings.iter().chain(self.items.iter().flat_map(|item| &item.findings));
        let errors = all().filter(|finding| finding.severity == Severity::Error).count();
        (errors, all().count() - errors)
    }
}

fn findings(problems: &[Problem], warnings: &[Warning]) -> Vec<Finding> {
    let problems = problems.iter().map(|problem| Finding {
        severity: Severity::Error,
        id: problem.kind.as_str().to_owned(),
        message: problem.message.clone(),
        hint: Remedy::clone(&problem.hint),
        place: problem.place.clone(),
    });
    let warnings = warnings.iter().map(|warning| Finding {
        severity: Severity::Warning,
        id: warning.id.unwrap_or("warning").to_owned(),
        message: warning.message.clone(),
        hint: warning.hint.clone(),
        place: warning.place.clone(),
    });
    problems.chain(warnings).collect()
}

impl From<Item> for ItemJson {
    fn from(item: Item) -> ItemJson {
        ItemJson {
            findings: findings(&item.problems, &item.warnings),
            names: item.names.into_iter().map(|(from, to)| NameJson { from, to }).collect(),
            path: item.path,
            notification: item.notification,
        }
    }
}

impl From<Meaning> for MeaningJson {
    fn from(meaning: Meaning) -> MeaningJson {
        let Meaning { of, code, word, meaning, remedy, count, place, warning: _ } = meaning;
        MeaningJson { of, code, word, meaning, remedy, count, place }
    }
}

impl Finding {
    fn lines(&self, page: &mut Page) {
        let tone = if self.severity == Severity::Error { Tone::Broken } else { Tone::Warn };
        let severity = page.tone(tone, self.severity.into());
        let place = if self.place.is_empty() { String::new() } else { format!("{}: ", self.place) };
        page.line(format!("  {severity}[{}]: {place}{}", self.id, self.message));
        if !self.hint.is_empty() {
            page.line(format!("    {}", page.remedy(&self.hint)));
        }
    }
}

impl MeaningJson {
    fn lines(&self, page: &mut Page) {
        let code = self.code.map_or(String::new(), |code| format!("{code} "));
        let often = if self.count > 1 { format!(", {} times", self.count) } else { String::new() };
        page.line(format!("  {code}{}{often}  {}", self.word, self.meaning));
        if let Some(remedy) = &self.remedy {
            page.line(format!("    {}", page.remedy(remedy)));
        }
    }
}

impl Report for Printed {
    fn text(&self, page: &mut Page) {
        if let Some(message) = &self.message {
            page.lines(&serde_json::to_string_pretty(message).unwrap_or_default());
            return;
        }
        page.line(self.headline());
        for finding in &self.findings {
            finding.lines(page);
        }
        for meaning in &self.meanings {
            meaning.lines(page);
        }
        for (number, item) in (1..).zip(&self.items) {
            if self.items.len() > 1 {
                page.line(format!("{number}  {}", item.path));
            }
            for NameJson { from, to } in item.names.iter().filter(|name| name.from != name.to) {
                page.line(format!("  {from} is {to}"));
            }
            for finding in &item.findings {
                finding.lines(page);
            }
        }
        if self.items.is_empty() {
            return;
        }
        let several =
            |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
        let (errors, warnings) = self.counts();
        page.line(match (errors, warnings) {
            (0, 0) => "nothing is wrong with it".to_owned(),
            _ => format!("{}, {}", several(errors, "error"), several(warnings, "warning")),
        });
        let command =
            if self.items.len() > 1 { "lint --fix --item <NUMBER> <FILE>" } else { "lint --fix <FILE>" };
        let remedy =
            Remedy::say("the message for send --message-file").command(command).with("FILE", &self.file);
        page.line(page.remedy(&remedy));
    }

    fn warnings(&self) -> Vec<Warning> {
        self.changes.clone().unwrap_or_default()
    }

    fn failure(&self) -> Option<Failure> {
        (!self.problems.is_empty()).then(|| Failure::all(self.problems.clone()))
    }

    fn spoken(&self) -> Option<Failure> {
        None
    }
}
