//! What came of following a tap: the steps in their order, each with what it found.

use super::super::finding::Finding;
use super::super::rules::Severity;

/// A tap, followed to its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Judged {
    pub(crate) steps: Vec<Step>,
    /// What opens: the full class name, or the browser. None where nothing does, or where it can't be seen.
    pub(crate) opens: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) text: String,
    pub(crate) place: Option<String>,
    /// What is wrong here, or worth knowing.
    pub(crate) finding: Option<Finding>,
}

impl Judged {
    pub(super) fn step(&mut self, text: impl Into<String>) {
        self.steps.push(Step { text: text.into(), place: None, finding: None });
    }

    pub(super) fn step_at(&mut self, text: impl Into<String>, place: String) {
        self.steps.push(Step { text: text.into(), place: Some(place), finding: None });
    }

    pub(super) fn find(&mut self, finding: Finding) {
        let (text, place) = (finding.evidence.clone(), finding.place.clone());
        self.steps.push(Step { text, place, finding: Some(finding) });
    }

    pub(crate) fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.steps.iter().filter_map(|step| step.finding.as_ref())
    }

    pub(super) fn has(&self, severity: Severity) -> bool {
        self.findings().any(|finding| finding.severity == severity)
    }
}
