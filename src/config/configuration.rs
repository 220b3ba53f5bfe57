//! The configuration in use, and the secrets that it refers to.

use super::text::Text;
use super::trust::{self, Trust};
use super::{Environment, Found, HistorySettings, Paths, Profile, Resolved, SecretRef, Source, Sourced};
use crate::failure::Problem;

/// The key of a certificate's secret that only the app itself needs.
pub(super) const APP_SECRET: &str = "app_secret";

/// The configuration in use; without a file it has no profiles but the built-in ones.
#[derive(Clone, Debug, Default)]
pub(crate) struct Configuration {
    pub(crate) file: Option<File>,
    pub(crate) default_profile: Option<Sourced<String>>,
    /// In the order of the file.
    pub(crate) profiles: Vec<Profile>,
    /// How long the history is kept.
    pub(crate) history: HistorySettings,
    /// What a person should know, such as plain secrets that others can read.
    pub(crate) warnings: Vec<Problem>,
}

/// The file that a configuration was read from.
#[derive(Clone, Debug)]
pub(crate) struct File {
    pub(crate) found: Found,
    /// Whether its `{ command }` secrets may run.
    pub(crate) trust: Trust,
    /// SHA-256 of its content, hex.
    pub(crate) sha256: String,
    pub(super) text: Text,
}

impl File {
    /// Trusts the file as it was loaded, in the place of an earlier content. What it holds by now may be something
    /// else, which the person has not read.
    pub(crate) fn trust(&self, paths: &Paths) -> Result<(), Problem> {
        trust::remember(paths, &self.found.path, &self.sha256)
    }
}

/// Gives a problem the place of a value, and its line where that is in the file.
pub(super) fn pointed(problem: Problem, source: &Source, text: Option<&Text>) -> Problem {
    let problem = problem.at(source.to_string());
    match (source, text) {
        (Source::File { span, path, .. }, Some(text)) if path == text.name() => {
            let label = problem.hint.to_string();
            problem.with_excerpt(text.excerpt(span.clone(), &label))
        }
        _ => problem,
    }
}

impl Configuration {
    /// Gets a secret of one of the profiles; the problem says where its reference is.
    pub(crate) fn resolve(
        &self,
        secret: &Sourced<SecretRef>,
        env: &Environment,
    ) -> Result<Resolved, Problem> {
        let text = self.file.as_ref().map(|file| &file.text);
        let trust = self.file.as_ref().map_or(&Trust::Granted, |file| &file.trust);
        let place = |problem| pointed(problem, &secret.source, text);
        let mut resolved = secret.resolve(env, trust).map_err(place)?;
        resolved.warning = resolved.warning.map(place);
        Ok(resolved)
    }

    /// Every secret of the file with its key, in the order of the profiles.
    pub(super) fn secrets(&self) -> impl Iterator<Item = (&'static str, &Sourced<SecretRef>)> {
        let certificates = self.profiles.iter().flat_map(|profile| &profile.certificates);
        let keys = self.profiles.iter().filter_map(|profile| Some(&profile.im.as_ref()?.secret_key));
        certificates
            .flat_map(|certificate| {
                let app_secret = certificate.app_secret.as_ref().map(|secret| (APP_SECRET, secret));
                [Some(("master_secret", &certificate.master_secret)), app_secret]
            })
            .flatten()
            .chain(keys.map(|secret| ("secret_key", secret)))
    }

    /// The problem of every secret with such a key that can't be got now. For `config check`.
    pub(super) fn unresolved(&self, env: &Environment, key: fn(&str) -> bool) -> Vec<Problem> {
        let secrets = self.secrets().filter(|(name, _)| key(name));
        secrets.filter_map(|(_, secret)| self.resolve(secret, env).err()).collect()
    }

    /// The profile of this name in the file.
    pub(crate) fn find(&self, name: &str) -> Option<&Profile> {
        self.profiles.iter().find(|profile| profile.name == name)
    }
}
