//! `opush config path`: which file is in use and how it was found; where everything else lies.
//! The order of the search belongs to `config`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use crate::failure::{Failure, Remedy};
use crate::output::{Page, Report};
use crate::services::sandbox;

/// Print which configuration file is in use, and where state and secrets lie
#[derive(clap::Args, Debug)]
pub(crate) struct Args {}

pub(crate) fn run(_: Args, ctx: &Ctx) -> Result<Located, Failure> {
    let found = ctx.found()?;
    let next = ctx.found_for_writing()?;
    Ok(Located {
        exists: found.is_some(),
        path: next.path.display().to_string(),
        found_by: found.map(|found| found.how.as_str().to_owned()),
        state: ctx.state_file()?.display().to_string(),
        sandbox: sandbox::file(ctx).display().to_string(),
        secrets: ctx.paths.secrets().display().to_string(),
    })
}

/// What `config path --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Located {
    /// The file in use, or the one that a command would write.
    path: String,
    exists: bool,
    /// How it was found: --config, OPUSH_CONFIG, searching upward, the configuration folder.
    found_by: Option<String>,
    /// The state database: the user's own, or that of a file that is not trusted.
    state: String,
    /// The sandbox's database.
    sandbox: String,
    /// The folder of secrets that were typed or piped in.
    secrets: String,
}

impl Report for Located {
    fn text(&self, page: &mut Page) {
        page.line(&self.path);
        match &self.found_by {
            Some(how) => page.line(format!("  found by {how}")),
            None => page.line(page.remedy(&Remedy::run("  not there yet; make it", "profile add"))),
        }
        page.pairs(&[("state", &self.state), ("sandbox", &self.sandbox), ("secrets", &self.secrets)]);
    }
}
