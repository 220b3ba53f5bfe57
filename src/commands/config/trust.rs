//! `opush config trust`: let the commands of a file that was found by searching upward run.
//! What trust means belongs to `config`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use crate::config::SecretRef;
use crate::failure::{Failure, Kind, Problem};
use crate::output::{Page, Report};

/// Trust the configuration file as it is now, so that its { command } secrets run
#[derive(clap::Args, Debug)]
#[command(
    after_help = "A file that changes must be trusted again. Files named by --config or OPUSH_CONFIG, and the one in \
the configuration folder, are trusted without this."
)]
pub(crate) struct Args {}

pub(crate) fn run(_: Args, ctx: &Ctx) -> Result<Trusted, Failure> {
    let configuration = ctx.configuration()?;
    let Some(file) = &configuration.file else {
        let hint = "change to the folder of the file, or name it with --config";
        return Err(Problem::new(Kind::MissingFile, "there is no configuration file to trust", hint).into());
    };
    file.trust(&ctx.paths)?;
    let secrets =
        configuration.profiles.iter().flat_map(|profile| &profile.certificates).flat_map(|certificate| {
            [
                Some(&certificate.master_secret.value),
                certificate.app_secret.as_ref().map(|secret| &secret.value),
            ]
        });
    let commands = secrets
        .flatten()
        .filter_map(|secret| match secret {
            SecretRef::Command(words) => Some(words.join(" ")),
            _ => None,
        })
        .collect();
    Ok(Trusted { path: file.found.path.display().to_string(), commands })
}

/// What `config trust --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Trusted {
    /// The file that is now trusted, absolute.
    path: String,
    /// The commands in it that may run.
    commands: Vec<String>,
}

impl Report for Trusted {
    fn text(&self, page: &mut Page) {
        page.line(format!("{} is trusted as it is now.", self.path));
        match self.commands.as_slice() {
            [] => page.line("It runs no command."),
            commands => {
                page.line("These may run when their secret is used:");
                commands.iter().for_each(|command| page.line(format!("  {command}")));
            }
        }
    }
}
