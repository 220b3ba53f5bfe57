//! The app file that a command judges by: the one of `--app`.

use std::path::{Path, PathBuf};

use crate::app::{self, AppFile, Unreadable};
use crate::failure::{Explain, Failure, Kind, Problem};

/// `--app`.
#[derive(clap::Args, Clone, Debug, Default)]
pub(crate) struct AppFlag {
    /// The app: its manifest, APK or AAB, or the folder of its Gradle project
    #[arg(long, value_name = "FILE")]
    app: Option<PathBuf>,
}

impl AppFlag {
    /// The app file, if one is named.
    pub(crate) fn read(&self) -> Result<Option<AppFile>, Failure> {
        self.app.as_deref().map(read).transpose()
    }

    /// The app file of a command that can't do without.
    pub(crate) fn required(&self) -> Result<AppFile, Failure> {
        self.read()?.ok_or_else(|| {
            let hint = "name a manifest, an APK, an AAB or a Gradle project's folder";
            Problem::new(Kind::MissingFlag, "no app file was given", hint).at("--app").into()
        })
    }
}

fn read(path: &Path) -> Result<AppFile, Failure> {
    app::read(path).map_err(|error| failure(error, &path.display().to_string()))
}

/// A file that can't be used, as a failure of the flag that names it.
pub(crate) fn failure(error: Unreadable, file: &str) -> Failure {
    let mut problem = error.explain().at("--app");
    problem.message = format!("{file}: {}", problem.message);
    problem.into()
}
