//! What an app file holds of OPPO push, as the commands print it: it decides no click target.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::app_file;
use super::finding::Finding;
use crate::app::{AppFile, Form};
use crate::failure::Failure;
use crate::output::{Page, Tone};
use crate::snippet;

/// The app itself, whatever a tap opens.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct InApp {
    /// The file that holds the manifest.
    file: String,
    form: Form,
    package: Option<String>,
    /// Packages of OPPO's SDK in the code; empty where the file holds no code.
    sdks: Vec<&'static str>,
    /// Platforms whose adapters for OPPO are in the code.
    adapters: Vec<&'static str>,
    /// What the app lacks for OPPO push.
    problems: Vec<Finding>,
}

impl InApp {
    pub(crate) fn new(app: AppFile) -> Result<InApp, Failure> {
        let push = snippet::examine(&app).map_err(|error| app_file::failure(error, &app.file))?;
        Ok(InApp {
            file: app.file,
            form: app.form,
            package: app.package,
            sdks: push.sdks,
            adapters: push.adapters,
            problems: push.findings.into_iter().map(Finding::from).collect(),
        })
    }

    pub(super) fn lines(&self, page: &mut Page) {
        let package = self.package.as_ref().map_or(String::new(), |package| format!("{package}, "));
        let inside = [self.sdks.join(", "), self.adapters.join(", ")];
        let inside: Vec<&str> = inside.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
        let inside = if inside.is_empty() { String::new() } else { format!(": {}", inside.join("; ")) };
        let verdict = match self.problems.is_empty() {
            true => page.tone(Tone::Ok, "has what OPPO push needs"),
            false => page.tone(Tone::Warn, "OPPO push needs more of the app"),
        };
        page.line(format!("{package}{}{inside}  {verdict}", self.file));
        for problem in &self.problems {
            problem.lines(page);
        }
    }
}
