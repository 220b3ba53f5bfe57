//! The configuration in use, and the secrets that it refers to.

use super::text::Text;
use super::trust::{self, Trust};
use super::{
    AppPath, CaFile, Environment, Found, HistorySettings, Origin, Paths, Profile, ProfileSecret, Region,
    Resolved, SecretRef, Source, Sourced,
};
use crate::failure::{Kind, Problem, Remedy};

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
    /// How far it is trusted.
    pub(crate) trust: Trust,
    /// SHA-256 of its content, hex.
    pub(crate) sha256: String,
    pub(super) text: Text,
}

impl File {
    /// Trusts the file as it was loaded, in the place of an earlier content. What it holds by now may be something
    /// else, which the person has not read.
    pub(crate) fn trust(&self, paths: &Paths) -> Result<(), Problem> {
        trust::remember(paths, &self.found.path, &[&self.sha256], Trust::Granted)
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
    /// Whether values from outside the file may go where this profile leads: not while a file that is not trusted decides
    /// where that is.
    pub(crate) fn may_lead(&self, profile: &Profile) -> Result<(), Problem> {
        let Some(file) = self.untrusted(profile) else { return Ok(()) };
        let Some((key, value)) = profile.needs_trust.first() else { return Ok(()) };
        let shown = &file.found.shown;
        let message = format!(
            "{shown} is not trusted, and its {key} ({}) would get a value from outside the file",
            value.source
        );
        let hint = Remedy::run("see what the file could do, and trust it", "config trust");
        Err(Problem::new(Kind::UntrustedConfiguration, message, hint))
    }

    /// Whether variables of the environment may be filled into what this profile sends: a stranger's scenario could name
    /// any of them, and its target is the stranger's phone.
    pub(crate) fn may_fill(&self, profile: &Profile) -> Result<(), Problem> {
        self.may_lead(profile)?;
        let Some(file) = self.untrusted(profile).filter(|_| profile.region.value != Region::Sandbox) else {
            return Ok(());
        };
        let message =
            format!("{} is not trusted, so no variable is filled into what is sent", file.found.shown);
        let hint =
            Remedy::run("read the scenario and see what the file could do, then trust it", "config trust");
        Err(Problem::new(Kind::UntrustedConfiguration, message, hint))
    }

    /// Whether this secret of a profile may be got.
    pub(crate) fn may_get(&self, profile: &Profile, secret: &SecretRef) -> Result<(), Problem> {
        match secret {
            SecretRef::Plain(_) => return Ok(()),
            _ => self.may_lead(profile)?,
        }
        match (secret, self.untrusted(profile)) {
            (SecretRef::Command(_), Some(file)) if file.trust != Trust::Commands => Err(Problem::new(
                Kind::UntrustedCommand,
                format!(
                    "{} was found by searching upward, and its commands are not trusted",
                    file.found.shown
                ),
                Remedy::run("read it, then trust it", "config trust"),
            )),
            _ => Ok(()),
        }
    }

    /// The file of the profile, unless it is trusted or the profile is of no file.
    fn untrusted(&self, profile: &Profile) -> Option<&File> {
        let of_file = matches!(profile.origin, Origin::File(_));
        self.file.as_ref().filter(|file| of_file && file.trust != Trust::Granted)
    }

    /// Gets a secret of a profile; the problem says where its reference is.
    pub(crate) fn resolve(
        &self,
        profile: &Profile,
        secret: &Sourced<SecretRef>,
        env: &Environment,
    ) -> Result<Resolved, Problem> {
        let text = self.file.as_ref().map(|file| &file.text);
        let place = |problem| pointed(problem, &secret.source, text);
        self.may_get(profile, secret).map_err(place)?;
        let mut resolved = secret.resolve(env).map_err(place)?;
        resolved.warning = resolved.warning.map(place);
        Ok(resolved)
    }

    /// The authorities that a profile of this configuration names; the problem says where it does.
    pub(crate) fn ca_file(&self, profile: &Profile) -> Result<Option<CaFile>, Problem> {
        let Some(path) = &profile.ca_file else { return Ok(None) };
        let text = self.file.as_ref().map(|file| &file.text);
        CaFile::read(&path.value).map(Some).map_err(|problem| pointed(problem, &path.source, text))
    }

    /// The app file that a profile names. A file that is not trusted may only name one in its own folder.
    pub(crate) fn app<'p>(&self, profile: &'p Profile) -> Result<Option<&'p Sourced<AppPath>>, Problem> {
        let Some(app) = &profile.app else { return Ok(None) };
        match self.untrusted(profile) {
            Some(file) if !app.value.is_inside() => {
                let message = format!(
                    "{} is not trusted, and its app file lies outside of its folder",
                    file.found.shown
                );
                let hint = Remedy::run("see what the file could do, and trust it", "config trust");
                let problem = Problem::new(Kind::UntrustedConfiguration, message, hint);
                Err(pointed(problem, &app.source, Some(&file.text)))
            }
            _ => Ok(Some(app)),
        }
    }

    /// Every secret of the file.
    pub(super) fn secrets(&self) -> impl Iterator<Item = ProfileSecret<'_>> {
        self.profiles.iter().flat_map(Profile::secrets)
    }

    /// The problem of every secret with such a key that can't be got now. For `config check`.
    pub(super) fn unresolved(&self, env: &Environment, key: fn(&str) -> bool) -> Vec<Problem> {
        let of_profile = |profile: &Profile| {
            let secrets = profile.secrets().filter(|secret| key(secret.key));
            secrets
                .filter_map(|secret| self.resolve(profile, secret.reference, env).err())
                .collect::<Vec<_>>()
        };
        self.profiles.iter().flat_map(of_profile).collect()
    }

    /// The profile of this name in the file.
    pub(crate) fn find(&self, name: &str) -> Option<&Profile> {
        self.profiles.iter().find(|profile| profile.name == name)
    }
}
