//! What a push or a certificate names, judged by the app file of a command: errors as problems, the rest as remarks.
//! The rules belong to `click` and `snippet`.

use super::app_file;
use super::context::Ctx;
use crate::app::AppFile;
use crate::click::{self, Severity, Target};
use crate::failure::{Explain, Failure, Problem, Warning};
use crate::snippet;

/// What a push names that the app must have.
#[derive(Clone, Debug, Default)]
pub(crate) struct Named<'a> {
    /// Of the profile.
    pub(crate) package: Option<&'a str>,
    pub(crate) click: Option<&'a Target>,
    pub(crate) channel: Option<&'a str>,
}

/// Everything that keeps it from working in the app. What is doubtful, or can't be told from the file, is only said.
pub(crate) fn judge(ctx: &Ctx, app: &AppFile, named: &Named) -> Result<Vec<Problem>, Failure> {
    let mut findings =
        named.click.map(|target| click::findings_in(app, named.package, target)).unwrap_or_default();
    if let Some(channel) = named.channel {
        let found = snippet::examine_channel(app, channel);
        findings.extend(found.map_err(|error| app_file::failure(error, &app.file))?);
    }
    let mut problems = Vec::new();
    for finding in findings {
        let (severity, place) = (finding.severity, finding.place.clone().unwrap_or_else(|| app.file.clone()));
        let (id, remedy) = (finding.id, finding.remedy.clone());
        let problem = finding.explain().at(&place);
        match severity {
            Severity::Error => problems.push(problem),
            Severity::Warning => ctx.warn(Warning::from(&problem).with_id(id)),
            Severity::Note => ctx.note(&format!("{}: {remedy}", problem.message)),
        }
    }
    Ok(problems)
}
