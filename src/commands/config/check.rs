//! `opush config check`: is the file sound, and can its secrets be had.
//! What makes it sound belongs to `config`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use crate::config;
use crate::failure::{Failure, Kind, Problem, Remedy};
use crate::output::{Page, Report};

/// Check the configuration file: every problem in it at once, and whether its secrets can be read
#[derive(clap::Args, Debug)]
pub(crate) struct Args {}

pub(crate) fn run(_: Args, ctx: &Ctx) -> Result<Checked, Failure> {
    let Some(found) = ctx.found()? else {
        let hint = Remedy::run("make one", "profile add");
        return Err(Problem::new(Kind::MissingFile, "there is no configuration file", hint).into());
    };
    let configuration = config::check(&ctx.paths, &found, &ctx.environment)?;
    configuration.warnings.iter().for_each(|warning| ctx.warn(warning));
    Ok(Checked {
        valid: true,
        path: found.path.display().to_string(),
        shown: ctx.paths.friendly(&found.path),
        profiles: configuration.profiles.len(),
        certificates: configuration.profiles.iter().map(|profile| profile.certificates.len()).sum(),
        warnings: configuration.warnings,
    })
}

/// What `config check --json` prints for a sound file.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Checked {
    valid: bool,
    /// The file, absolute.
    path: String,
    #[serde(skip)]
    shown: String,
    profiles: usize,
    certificates: usize,
    /// What is usable but unwise.
    warnings: Vec<Problem>,
}

impl Report for Checked {
    fn text(&self, page: &mut Page) {
        let plural =
            |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
        let profiles = plural(self.profiles, "profile");
        let certificates = plural(self.certificates, "certificate");
        page.line(format!(
            "{} is sound: {profiles}, {certificates}, every secret that opush uses can be had",
            self.shown
        ));
    }
}
