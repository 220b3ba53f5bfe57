//! What the cases of a suite open and which channels they name, judged by the app file of each case's profile.

use super::super::app_file::AppFlag;
use super::super::context::Ctx;
use super::super::judged::{Named, judge};
use crate::app::AppFile;
use crate::config::Origin;
use crate::failure::{Failure, Problem};
use crate::notification::click_target;
use crate::smoke::{Planned, Suite};

/// With a case whose tap opens nothing in the app, nothing is sent. A profile that is built in is of another app.
pub(super) fn in_app(flag: &AppFlag, ctx: &Ctx, suite: &Suite) -> Result<(), Failure> {
    let mut apps: Vec<(String, Option<AppFile>)> = Vec::new();
    let mut problems: Vec<Problem> = Vec::new();
    for planned in suite.cases.iter().filter(|planned| planned.profile.origin != Origin::BuiltIn) {
        let name = &planned.profile.name;
        if !apps.iter().any(|(known, _)| known == name) {
            apps.push((name.clone(), flag.beside(ctx, &planned.profile)?));
        }
        let app = apps.iter().find(|(known, _)| known == name).and_then(|(_, app)| app.as_ref());
        if let Some(app) = app {
            problems.extend(of_case(ctx, app, planned)?);
        }
    }
    match problems.len() {
        0 => Ok(()),
        _ => Err(Failure::all(problems).headed("not every case fits the app; nothing was sent")),
    }
}

/// A problem is at the case's line, and says where in the app it is.
fn of_case(ctx: &Ctx, app: &AppFile, planned: &Planned) -> Result<Vec<Problem>, Failure> {
    let package = planned.profile.package.as_ref().map(|package| package.value.as_str());
    let mut problems: Vec<Problem> = Vec::new();
    for wire in planned.notifications().map(|notification| notification.wire()) {
        let target = click_target(wire);
        let channel = wire.get("channel_id").and_then(serde_json::Value::as_str);
        let found = judge(ctx, app, &Named { package, click: target.as_ref(), channel })?;
        for mut problem in found {
            problem.message = format!("{} ({})", problem.message, problem.place);
            let problem = problem.at(format!("{}:{}", planned.case.file, planned.case.line));
            if !problems.contains(&problem) {
                problems.push(problem);
            }
        }
    }
    Ok(problems)
}
