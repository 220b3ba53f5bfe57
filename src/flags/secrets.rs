//! Where a secret comes from, by flags. None of them takes the secret itself: arguments are visible to every process.

use std::path::PathBuf;

use clap::Args;

/// The MasterSecret of a certificate: by reference, or piped in.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct MasterSecretFlags {
    /// Environment variable that holds MasterSecret when opush runs
    #[arg(long, value_name = "NAME", group = "master_secret")]
    pub(crate) master_secret_env: Option<String>,

    /// File that holds MasterSecret
    #[arg(long, value_name = "FILE", group = "master_secret")]
    pub(crate) master_secret_file: Option<PathBuf>,

    /// Read MasterSecret from stdin and keep it as a private file
    #[arg(long, group = "master_secret", conflicts_with = "app_secret_stdin")]
    pub(crate) master_secret_stdin: bool,
}

/// The AppSecret of a certificate, which only the app itself needs.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct AppSecretFlags {
    /// Environment variable that holds AppSecret
    #[arg(long, value_name = "NAME", group = "app_secret")]
    pub(crate) app_secret_env: Option<String>,

    /// File that holds AppSecret
    #[arg(long, value_name = "FILE", group = "app_secret")]
    pub(crate) app_secret_file: Option<PathBuf>,

    /// Read AppSecret from stdin and keep it as a private file
    #[arg(long, group = "app_secret")]
    pub(crate) app_secret_stdin: bool,
}

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

impl MasterSecretFlags {
    pub(crate) fn source(&self) -> Option<SecretSource> {
        source(&self.master_secret_env, &self.master_secret_file, self.master_secret_stdin)
    }
}

impl AppSecretFlags {
    pub(crate) fn source(&self) -> Option<SecretSource> {
        source(&self.app_secret_env, &self.app_secret_file, self.app_secret_stdin)
    }
}

impl PathSecretFlags {
    pub(crate) fn source(&self) -> Option<SecretSource> {
        source(&self.path_secret_env, &self.path_secret_file, self.path_secret_stdin)
    }
}

fn source(env: &Option<String>, file: &Option<PathBuf>, stdin: bool) -> Option<SecretSource> {
    match (env, file) {
        (Some(name), _) => Some(SecretSource::Env(name.clone())),
        (None, Some(path)) => Some(SecretSource::File(path.clone())),
        (None, None) => stdin.then_some(SecretSource::Stdin),
    }
}
