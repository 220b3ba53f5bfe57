//! The app file that a command judges by: the one of `--app`, else the profile's.

use std::path::{Path, PathBuf};

use super::context::Ctx;
use crate::app::{self, AppFile, Unreadable};
use crate::config::{Configuration, Profile};
use crate::failure::{Explain, Failure, Kind, Problem, Warning};

/// `--app`.
#[derive(clap::Args, Clone, Debug, Default)]
pub(crate) struct AppFlag {
    /// The app: its manifest, APK or AAB, or the folder of its Gradle project [default: the profile's]
    #[arg(long, value_name = "FILE")]
    app: Option<PathBuf>,
}

impl AppFlag {
    pub(crate) fn is_given(&self) -> bool {
        self.app.is_some()
    }

    /// The app file of the flag alone, for what has no profile yet.
    pub(crate) fn given(&self) -> Result<Option<AppFile>, Failure> {
        self.app.as_deref().map(read).transpose()
    }

    /// The app file of a command whose subject it is: one that can't be read is a failure, whoever names it.
    pub(crate) fn read(&self, ctx: &Ctx) -> Result<Option<AppFile>, Failure> {
        match &self.app {
            Some(path) => read(path).map(Some),
            None => match ctx.profile_if_any()? {
                Some(profile) => Ok(of_profile(ctx, ctx.configuration()?, &profile)?),
                None => Ok(None),
            },
        }
    }

    /// The app file of a command that can't do without.
    pub(crate) fn required(&self, ctx: &Ctx) -> Result<AppFile, Failure> {
        self.read(ctx)?.ok_or_else(|| {
            let hint = "name a manifest, an APK, an AAB or a Gradle project's folder, or give the profile one as app";
            Problem::new(Kind::MissingFlag, "no app file was given", hint).at("--app").into()
        })
    }

    /// The app file of a command that also works without: one of the profile that can't be read now, such as one that is
    /// not built yet, is a warning.
    pub(crate) fn beside(&self, ctx: &Ctx, profile: &Profile) -> Result<Option<AppFile>, Failure> {
        match self.evidence(ctx, ctx.configuration()?, profile)? {
            Some(Err(problem)) => {
                ctx.warn(Warning::from(&problem));
                Ok(None)
            }
            app => Ok(app.and_then(Result::ok)),
        }
    }

    /// The same for a report, where what can't be read is evidence too.
    pub(crate) fn evidence(
        &self,
        ctx: &Ctx,
        configuration: &Configuration,
        profile: &Profile,
    ) -> Result<Option<Result<AppFile, Problem>>, Failure> {
        match &self.app {
            Some(path) => read(path).map(|app| Some(Ok(app))),
            None => Ok(of_profile(ctx, configuration, profile).transpose()),
        }
    }
}

fn read(path: &Path) -> Result<AppFile, Failure> {
    app::read(path).map_err(|error| failure(error, &path.display().to_string()))
}

/// The app file that the profile names.
fn of_profile(
    ctx: &Ctx,
    configuration: &Configuration,
    profile: &Profile,
) -> Result<Option<AppFile>, Problem> {
    let Some(named) = configuration.app(profile)? else { return Ok(None) };
    let path = named.value.path();
    let read = app::read(path).map_err(|error| problem(error, &ctx.paths.friendly(path)));
    read.map(Some).map_err(|problem| problem.at(named.source.to_string()))
}

/// A file that can't be used, as a failure of the flag that names it.
pub(crate) fn failure(error: Unreadable, file: &str) -> Failure {
    problem(error, file).at("--app").into()
}

fn problem(error: Unreadable, file: &str) -> Problem {
    let mut problem = error.explain();
    problem.message = format!("{file}: {}", problem.message);
    problem
}
