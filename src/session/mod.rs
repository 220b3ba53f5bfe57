//! What one run works with: configuration in use, current profile, secrets, store, clock, deadline, remarks.
//! It knows no terminal: who asks and prints is in `commands`.

mod destination;
mod remarks;
mod secrets;

use std::cell::{Cell, OnceCell};
use std::path::PathBuf;
use std::time::Duration;

use crate::clock::Clock;
use crate::config::{
    self, CaFile, Configuration, Environment, Found, HistorySettings, Paths, Profile, ProfileChoice, Secret,
    SecretRef, Sourced, Trust,
};
use crate::failure::{Failure, Remedy, Warning};
use crate::store::Keep;
use crate::store::reports::Renumbering;
use crate::store::{Store, reports, retention};

pub(crate) use destination::{Destination, contradictions};
pub(crate) use remarks::Remark;

use remarks::Remarks;
use secrets::Secrets;

/// Longest time of each wait of a command where `--timeout` is not given.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);

/// The global flags that decide what a run works with; each may come from its environment variable.
#[derive(Clone, Debug, Default)]
pub(crate) struct Typed {
    pub(crate) profile: Option<String>,
    pub(crate) config: Option<PathBuf>,
    pub(crate) ca_file: Option<PathBuf>,
    pub(crate) timeout: Option<Duration>,
}

/// One run: everything that comes from outside, as values, and what was read and got so far.
pub(crate) struct Session {
    pub(crate) environment: Environment,
    pub(crate) paths: Paths,
    pub(crate) clock: Clock,
    typed: Typed,
    configuration: OnceCell<Configuration>,
    secrets: Secrets,
    remarks: Remarks,
    told_of_own_state: Cell<bool>,
}

impl Session {
    pub(crate) fn new(mut typed: Typed, environment: Environment, paths: Paths, clock: Clock) -> Self {
        // clap merges flag and variable; which of them named the file is part of every message about it.
        if typed.config.as_ref().map(|path| path.as_os_str()) == environment.get_os("OPUSH_CONFIG") {
            typed.config = None;
        }
        Session {
            environment,
            paths,
            clock,
            typed,
            configuration: OnceCell::new(),
            secrets: Secrets::default(),
            remarks: Remarks::default(),
            told_of_own_state: Cell::new(false),
        }
    }

    /// The configuration file in use, if there is one.
    pub(crate) fn found(&self) -> Result<Option<Found>, Failure> {
        config::find(&self.paths, &self.environment, self.config_flag())
    }

    /// The file that a command which writes is to change; it need not exist.
    pub(crate) fn found_for_writing(&self) -> Result<Found, Failure> {
        config::find_for_writing(&self.paths, &self.environment, self.config_flag())
    }

    /// The configuration in use, read once.
    pub(crate) fn configuration(&self) -> Result<&Configuration, Failure> {
        if let Some(known) = self.configuration.get() {
            return Ok(known);
        }
        let bad = self.environment.problems();
        if !bad.is_empty() {
            return Err(Failure::all(bad));
        }
        let found = self.found()?;
        self.add_detail(match &found {
            Some(found) => {
                let path = self.paths.friendly(&found.path);
                format!("configuration {path}, found by {}", found.how.as_str())
            }
            None => "no configuration file".into(),
        });
        let configuration = config::load(&self.paths, found.as_ref())?;
        configuration.warnings.iter().for_each(|warning| self.add_warning(warning));
        Ok(self.configuration.get_or_init(|| configuration))
    }

    /// The name that `--profile` or `OPUSH_PROFILE` gives.
    pub(crate) fn profile_name(&self) -> Option<&str> {
        self.typed.profile.as_deref()
    }

    /// `--profile` where it was typed: a command to paste needs it too.
    pub(crate) fn profile_flag(&self) -> Option<&str> {
        // clap merges flag and variable; where both say the same, the variable is as true a source.
        self.profile_name().filter(|name| self.environment.get("OPUSH_PROFILE") != Some(name))
    }

    /// `--config` where it was typed.
    pub(crate) fn config_flag(&self) -> Option<&std::path::Path> {
        self.typed.config.as_deref()
    }

    /// `--profile` or `OPUSH_PROFILE`, if given.
    pub(crate) fn profile_choice(&self) -> Option<ProfileChoice> {
        self.profile_name().and_then(|_| ProfileChoice::new(self.profile_flag(), &self.environment))
    }

    /// The current profile (design: flag, variable, default, only one, variables alone, else an error).
    pub(crate) fn profile(&self) -> Result<Profile, Failure> {
        let asked = self.profile_choice();
        let (profile, because) = self.configuration()?.current_because(asked.as_ref(), &self.environment)?;
        self.add_detail(format!("profile {} ({}), current: {because}", profile.name, profile.region));
        Ok(profile)
    }

    /// The package of the current profile, for commands that work without any profile too.
    pub(crate) fn package(&self) -> Result<Option<String>, Failure> {
        Ok(self.profile_if_any()?.and_then(|profile| profile.package).map(|package| package.value))
    }

    /// The current profile, for commands that work without any too: one that is named must be there.
    pub(crate) fn profile_if_any(&self) -> Result<Option<Profile>, Failure> {
        let file_named = self.config_flag().is_some() || self.environment.get_os("OPUSH_CONFIG").is_some();
        match self.profile_choice().is_some() || file_named {
            true => self.profile().map(Some),
            false => Ok(self.profile().ok()),
        }
    }

    /// A secret, got now because it is used now, and once in a run: a command may ask a person for it.
    pub(crate) fn secret(
        &self,
        profile: &Profile,
        reference: &Sourced<SecretRef>,
    ) -> Result<Secret, Failure> {
        let configuration = self.configuration()?;
        // What one profile may have got, another one may not.
        if configuration.may_get(profile, reference).is_ok()
            && let Some(known) = self.secrets.known(&reference.value)
        {
            return Ok(known);
        }
        let resolved = configuration.resolve(profile, reference, &self.environment)?;
        if let Some(warning) = &resolved.warning {
            self.add_warning(warning);
        }
        self.secrets.keep(&reference.value, &resolved.secret);
        Ok(resolved.secret)
    }

    /// The authorities that a profile's hosts may have beside the system's: by flag or variable, else the profile's own.
    pub(crate) fn ca_file(
        &self,
        configuration: &Configuration,
        profile: &Profile,
    ) -> Result<Option<CaFile>, Failure> {
        let Some(path) = &self.typed.ca_file else { return Ok(configuration.ca_file(profile)?) };
        let place = if self.ca_file_flag().is_some() { "--ca-file" } else { "OPUSH_CA_FILE" };
        let read = CaFile::read(&self.paths.absolute(path));
        Ok(Some(read.map_err(|problem| problem.at(place))?))
    }

    /// `--ca-file` where it was typed: a command to paste needs it too.
    pub(crate) fn ca_file_flag(&self) -> Option<&std::path::Path> {
        let of_variable = self.environment.get_os("OPUSH_CA_FILE");
        self.typed.ca_file.as_deref().filter(|path| Some(path.as_os_str()) != of_variable)
    }

    /// A text for somebody else, with every secret that this run has got masked, wherever it came from.
    pub(crate) fn without_secrets(&self, text: String) -> String {
        self.secrets.masked(&text)
    }

    /// The state database. Once the configuration is read, the history is kept within its limits.
    pub(crate) fn store(&self) -> Result<Store, Failure> {
        let store = Store::open(&self.state_file()?, self.clock.clone())?;
        reports::settle_abandoned(&store)?;
        Ok(match self.configuration.get() {
            Some(configuration) => {
                let HistorySettings { keep_for, keep } = &configuration.history;
                // That it can't be remembered now is no reason to fail: the next write tries again.
                if let Ok(Some(gap)) = retention::notice_gap(&store) {
                    self.add_warning(long_gap(gap));
                }
                self.settle_renumberings(&store, configuration)?;
                store.keeping(Keep { age: Some(keep_for.value), count: Some(keep.value) })
            }
            None => store,
        })
    }

    /// Where the state database lies: the user's own, or that of a file that is not trusted.
    pub(crate) fn state_file(&self) -> Result<PathBuf, Failure> {
        let file = match self.configuration.get() {
            Some(known) => known.file.as_ref().map(|file| (file.found.clone(), file.trust)),
            None => self.found()?.map(|found| {
                let trust = config::trust_now(&self.paths, &found);
                (found, trust)
            }),
        };
        let file = file.as_ref().map(|(found, trust)| (found, *trust));
        if let Some((found, Trust::Commands | Trust::Withheld)) = file
            && !self.told_of_own_state.replace(true)
        {
            let shown = &found.shown;
            self.add_note(
                Remedy::from(format!("{shown} is not trusted, so it has a state of its own"))
                    .command("config trust")
                    .to_string(),
            );
        }
        Ok(config::state_file(&self.paths, file))
    }

    /// Finishes what a run that was killed began to renumber, if this configuration has the new ID, and forgets it otherwise.
    fn settle_renumberings(&self, store: &Store, configuration: &Configuration) -> Result<(), Failure> {
        let Some(file) = &configuration.file else { return Ok(()) };
        for left in Renumbering::abandoned(store, &file.found.path.to_string_lossy())? {
            let has = |id: i64| {
                let profile = configuration.find(&left.profile);
                profile.is_some_and(|profile| profile.certificates.iter().any(|one| one.id.value.get() == id))
            };
            if has(left.new) && !has(left.old) {
                left.finish(store)?;
            } else {
                left.cancel(store)?;
            }
        }
        Ok(())
    }

    /// Longest time of each wait of this command.
    pub(crate) fn timeout(&self) -> Duration {
        self.typed.timeout.unwrap_or(DEFAULT_TIMEOUT)
    }

    /// `--timeout`, if given.
    pub(crate) fn timeout_flag(&self) -> Option<Duration> {
        self.typed.timeout
    }

    /// A warning for the person, once in a run.
    pub(crate) fn add_warning(&self, warning: impl Into<Warning>) {
        self.remarks.warn(warning.into());
    }

    /// A line of progress or explanation for the person.
    pub(crate) fn add_note(&self, line: impl Into<String>) {
        self.remarks.add(Remark::Note(line.into()));
    }

    /// A line for a person who wants to know more.
    pub(crate) fn add_detail(&self, line: impl Into<String>) {
        self.remarks.add(Remark::Detail(line.into()));
    }

    /// What was remarked since the last call.
    pub(crate) fn take_remarks(&self) -> Vec<Remark> {
        self.remarks.take()
    }
}

fn long_gap(gap: Duration) -> Warning {
    let days = gap.as_secs() / 86_400;
    let message = format!(
        "nothing was recorded for {days} days, so nothing is removed from the history for its age yet"
    );
    let hint = "see that the clock of this machine is right; a run at least an hour from now removes what is too old";
    Warning::new(message, hint).with_id("history-gap")
}
