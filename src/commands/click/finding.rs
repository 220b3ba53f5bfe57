//! What a rule found about a click target or an app, as the commands print it.

use schemars::JsonSchema;
use serde::Serialize;

use crate::click::{self, Severity};
use crate::output::{Page, Tone};

/// What a rule found.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Finding {
    /// The rule; stable.
    id: String,
    severity: Severity,
    evidence: String,
    remedy: String,
    /// With an app file: where in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    /// With an app file: what to paste into the manifest.
    #[serde(skip_serializing_if = "Option::is_none")]
    xml: Option<String>,
}

impl From<click::Finding> for Finding {
    fn from(found: click::Finding) -> Finding {
        let click::Finding { id, severity, evidence, remedy, place, xml, .. } = found;
        Finding { id: id.into(), severity, evidence, remedy, place, xml }
    }
}

impl Finding {
    /// As a step of its own.
    pub(super) fn step(&self, number: usize, page: &mut Page) {
        let tone = if self.severity == Severity::Error { Tone::Broken } else { Tone::Warn };
        let severity = page.tone(tone, self.severity.into());
        page.line(format!("  {number}. {}  {severity}[{}]", self.evidence, self.id));
        self.below(page);
    }

    pub(super) fn lines(&self, page: &mut Page) {
        let tone = if self.severity == Severity::Error { Tone::Broken } else { Tone::Warn };
        let severity = page.tone(tone, self.severity.into());
        page.line(format!("  {severity}[{}]: {}", self.id, self.evidence));
        self.below(page);
    }

    /// Where it is, what to do, and what to paste.
    fn below(&self, page: &mut Page) {
        if let Some(place) = &self.place {
            page.line(format!("    {place}"));
        }
        page.line(format!("    {}", self.remedy));
        for line in self.xml.iter().flat_map(|xml| xml.lines()) {
            page.line(format!("    {line}"));
        }
    }
}
