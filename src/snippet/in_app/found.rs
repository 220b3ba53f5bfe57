//! What was found of OPPO push in an app file.

use crate::app::AppFile;
use crate::click::{Finding, Rule};

/// What an app file holds of OPPO push.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PushInApp {
    /// Packages of OPPO's SDK that the code defines; none where the file holds no code.
    pub(crate) sdks: Vec<&'static str>,
    /// Platforms whose adapters for OPPO the code holds.
    pub(crate) adapters: Vec<&'static str>,
    pub(crate) findings: Vec<Finding>,
}

impl PushInApp {
    /// What a library's manifest may bring is only a warning while the merge is not known.
    pub(super) fn missing(&mut self, app: &AppFile, rule: &Rule, evidence: String, xml: String) {
        let finding = Finding::new(rule, evidence).pasting(xml);
        self.findings.push(if app.form.is_whole() { finding } else { finding.into_warning() });
    }
}
