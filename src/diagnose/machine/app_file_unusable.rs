//! Whether the app file fits the profile: it can be read, is of its package, and has what its certificates open.

use super::evidence::Machine;
use crate::click;
use crate::diagnose::finding::{Finding, Skipped};
use crate::failure::{Kind, Remedy};

pub(super) const TITLE: &str = "the app file fits the profile";
pub(super) const REMEDY: Remedy = Remedy::run("see what the app declares", "click list --app <FILE>");

pub(super) fn examine(machine: &Machine) -> Result<Finding, Skipped> {
    machine.configured()?;
    let Some(named) = &machine.app else {
        return Err(Skipped::because("no app file is named, by --app or by the profile"));
    };
    let app = match &named.file {
        Ok(app) => app,
        Err(problem) if problem.kind == Kind::MissingFile => {
            let seen = Finding::warn(
                problem.message.clone(),
                "click targets are not judged by the app until it is there",
            );
            return Ok(seen.remedy("build the app, or correct the path"));
        }
        Err(problem) => return Ok(Finding::unknown(problem.message.clone(), problem.hint.clone())),
    };
    let file = &app.file;
    if let (Some(own), Some(package)) = (&app.package, &named.package)
        && own != package
    {
        let seen = format!("the profile's package is {package}, and {file} is {own}");
        return Ok(Finding::warn(seen, "it may be the file of another app").remedy(REMEDY.with("FILE", file)));
    }
    for (id, target) in &named.targets {
        let found = click::findings_in(app, None, target);
        if let Some(broken) = found.iter().find(|finding| finding.is_error()) {
            let seen = format!("certificate {id} opens {target}: {}", broken.evidence);
            let cause = "the tap on a notification opens nothing";
            return Ok(Finding::fail(seen, cause).remedy(broken.remedy.clone()));
        }
    }
    let package = app.package.as_deref().unwrap_or("no package in it");
    Ok(Finding::pass(format!("{file}: {package}")))
}
