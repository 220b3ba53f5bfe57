//! One thing found about a click target: which rule, how severe, on what evidence, and what to do.

use super::rules::{Rule, Severity};
use crate::failure::{Explain, Kind, Problem};

/// What a rule found in one target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    /// The rule's kebab-case id; stable.
    pub(crate) id: &'static str,
    pub(crate) severity: Severity,
    /// What was seen, in one sentence without a full stop.
    pub(crate) evidence: String,
    /// What to do next; never empty.
    pub(crate) remedy: String,
    /// The file and element of the app that it is about; none where it is about the target alone.
    pub(crate) place: Option<String>,
    /// What to paste into the app's manifest.
    pub(crate) xml: Option<String>,
    pub(super) kind: Kind,
}

impl Finding {
    pub(crate) fn new(rule: &Rule, evidence: impl Into<String>) -> Self {
        Finding {
            id: rule.id,
            severity: rule.severity,
            evidence: evidence.into(),
            remedy: rule.remedy.to_owned(),
            place: None,
            xml: None,
            kind: rule.kind,
        }
    }

    /// The same, where it is not sure that it is an error.
    pub(crate) fn into_warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    pub(crate) fn at(mut self, place: impl Into<Option<String>>) -> Self {
        self.place = place.into();
        self
    }

    pub(crate) fn pasting(mut self, xml: impl Into<Option<String>>) -> Self {
        self.xml = xml.into();
        self
    }

    /// A finding with a remedy that names what was probably meant.
    pub(super) fn suggesting(rule: &Rule, evidence: impl Into<String>, suggestion: &str) -> Self {
        let mut finding = Finding::new(rule, evidence);
        finding.remedy = format!("did you mean \"{suggestion}\"? {}", rule.remedy);
        finding
    }

    pub(crate) fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

pub(super) fn add(findings: &mut Vec<Finding>, rule: &Rule, evidence: String) {
    findings.push(Finding::new(rule, evidence));
}

impl Explain for Finding {
    fn explain(self) -> Problem {
        Problem::new(self.kind, self.evidence, self.remedy)
    }
}

/// What came of examining a value or a whole target: what to use if it is usable, and everything found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Examined<T = String> {
    /// The value in the form that is sent; none if there is an error.
    pub(crate) value: Option<T>,
    /// A URL's form for reading, with its host and path in Unicode; none for the others.
    pub(crate) unicode: Option<String>,
    pub(crate) findings: Vec<Finding>,
}

impl<T> Examined<T> {
    pub(super) fn map<U>(self, make: fn(T) -> U) -> Examined<U> {
        Examined { value: self.value.map(make), unicode: self.unicode, findings: self.findings }
    }

    pub(super) fn finish(value: T, unicode: Option<String>, findings: Vec<Finding>) -> Self {
        let usable = !findings.iter().any(Finding::is_error);
        Examined { value: usable.then_some(value), unicode: unicode.filter(|_| usable), findings }
    }

    pub(super) fn refused(findings: Vec<Finding>) -> Self {
        Examined { value: None, unicode: None, findings }
    }
}

/// A value as messages show it: in quotes, control characters escaped, cut after 80 characters.
pub(crate) fn quoted(text: &str) -> String {
    const SHOWN: usize = 80;
    let mut out = String::from("\"");
    for (at, c) in text.chars().enumerate() {
        if at == SHOWN {
            out.push('…');
            break;
        }
        if c == '"' || c == '\\' || !is_invisible(c) { out.push(c) } else { out.extend(c.escape_unicode()) }
    }
    out.push('"');
    out
}

/// Characters that are not visible and that no URL or name should have: controls, zero-width and direction marks.
pub(super) fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}')
        || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}')
}
