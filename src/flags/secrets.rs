//! Where a secret comes from, by flags. None of them takes the secret itself: arguments are visible to every process.

use std::path::PathBuf;

use clap::Args;

/// The secret in the path of the callback URL: made here, by reference, or piped in.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct PathSecretFlags {
    /// End the path with a secret that is made now
    #[arg(long, group = "the_path_secret")]
    pub(crate) path_secret: bool,

    /// Environment variable that holds the path's secret
    #[arg(long, value_name = "NAME", group = "the_path_secret")]
    pub(crate) path_secret_env: Option<String>,

    /// File that holds the path's secret, so that the URL stays the same
    #[arg(long, value_name = "FILE", group = "the_path_secret")]
    pub(crate) path_secret_file: Option<PathBuf>,

    /// Read the path's secret from stdin
    #[arg(long, group = "the_path_secret")]
    pub(crate) path_secret_stdin: bool,
}

/// Which of the three was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SecretSource {
    Env(String),
    File(PathBuf),
    Stdin,
}

impl PathSecretFlags {
    pub(crate) fn source(&self) -> Option<SecretSource> {
        match (&self.path_secret_env, &self.path_secret_file) {
            (Some(name), _) => Some(SecretSource::Env(name.clone())),
            (None, Some(path)) => Some(SecretSource::File(path.clone())),
            (None, None) => self.path_secret_stdin.then_some(SecretSource::Stdin),
        }
    }
}
