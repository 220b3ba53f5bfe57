//! What a command is handed: the global flags, the environment, where files live, the clock, how to print.
//! The steps from these to a profile or a store stand here once; what commands do with them, in the commands.

use std::cell::{OnceCell, RefCell};
use std::future::Future;
use std::time::Duration;

use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::clock::Clock;
use crate::config::{
    self, Asked, Configuration, Environment, Found, HistorySettings, Paths, Profile, Secret, SecretRef,
    Sourced,
};
use crate::failure::{Failure, Kind, Problem};
use crate::flags::Globals;
use crate::output::{Printer, Prompt, Warning};
use crate::store::Store;
use crate::store::retention::Keep;

/// Everything that comes from outside, as values.
pub(crate) struct Ctx {
    pub(crate) globals: Globals,
    pub(crate) environment: Environment,
    pub(crate) paths: Paths,
    pub(crate) clock: Clock,
    pub(crate) printer: Printer,
    configuration: OnceCell<Configuration>,
    warned: RefCell<Vec<Problem>>,
    secrets: RefCell<Vec<(SecretRef, Secret)>>,
}

/// A shorter secret is part of ordinary words, and masking it would spoil the text without hiding anything.
const SHORTEST: usize = 6;

/// Longest time of a command's network calls where `--timeout` is not given.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);

impl Ctx {
    pub(crate) fn new(
        mut globals: Globals,
        environment: Environment,
        paths: Paths,
        clock: Clock,
        printer: Printer,
    ) -> Self {
        // clap merges flag and variable; which of them named the file is part of every message about it.
        if globals.config.as_ref().map(|path| path.as_os_str()) == environment.get_os("OPUSH_CONFIG") {
            globals.config = None;
        }
        Ctx {
            globals,
            environment,
            paths,
            clock,
            printer,
            configuration: OnceCell::new(),
            warned: RefCell::default(),
            secrets: RefCell::default(),
        }
    }

    /// The configuration file in use, if there is one.
    pub(crate) fn found(&self) -> Result<Option<Found>, Failure> {
        config::find(&self.paths, &self.environment, self.globals.config.as_deref())
    }

    /// The file that a command which writes is to change; it need not exist.
    pub(crate) fn found_for_writing(&self) -> Result<Found, Failure> {
        config::find_for_writing(&self.paths, &self.environment, self.globals.config.as_deref())
    }

    /// The configuration in use, read once; its warnings go to stderr then.
    pub(crate) fn configuration(&self) -> Result<&Configuration, Failure> {
        if let Some(known) = self.configuration.get() {
            return Ok(known);
        }
        let bad = self.environment.problems();
        if !bad.is_empty() {
            return Err(Failure::all(bad));
        }
        let found = self.found()?;
        match &found {
            Some(found) => {
                let path = self.paths.friendly(&found.path);
                self.detail(&format!("configuration {path}, found by {}", found.how.as_str()));
            }
            None => self.detail("no configuration file"),
        }
        let configuration = config::load(&self.paths, found.as_ref())?;
        for warning in &configuration.warnings {
            self.warn(warning);
        }
        Ok(self.configuration.get_or_init(|| configuration))
    }

    /// `--profile` or `OPUSH_PROFILE`, if given.
    pub(crate) fn asked(&self) -> Option<Asked> {
        let name = self.globals.profile.as_deref()?;
        // clap merges flag and variable; where both say the same, the variable is as true a source.
        let from_variable = self.environment.get("OPUSH_PROFILE") == Some(name);
        Asked::new(if from_variable { None } else { Some(name) }, &self.environment)
    }

    /// `--profile` where it was typed: a command to paste needs it too.
    pub(crate) fn profile_flag(&self) -> Option<&str> {
        let name = self.globals.profile.as_deref()?;
        (self.environment.get("OPUSH_PROFILE") != Some(name)).then_some(name)
    }

    /// The profile in force (design: flag, variable, default, only one, variables alone, else an error).
    pub(crate) fn profile(&self) -> Result<Profile, Failure> {
        let asked = self.asked();
        let (profile, because) = self.configuration()?.in_force_because(asked.as_ref(), &self.environment)?;
        self.detail(&format!("profile {} ({}), in force: {because}", profile.name, profile.region));
        Ok(profile)
    }

    /// The package of the profile in force, for commands that work without any profile too.
    pub(crate) fn package(&self) -> Result<Option<String>, Failure> {
        let file_named = self.globals.config.is_some() || self.environment.get_os("OPUSH_CONFIG").is_some();
        if self.asked().is_some() || file_named {
            return Ok(self.profile()?.package.map(|package| package.value));
        }
        let profile = self.profile().ok();
        Ok(profile.and_then(|profile| profile.package).map(|package| package.value))
    }

    /// A secret, got now because it is used now, and once in a run: a command may ask a person for it.
    pub(crate) fn secret(&self, reference: &Sourced<SecretRef>) -> Result<Secret, Failure> {
        let known = self.secrets.borrow().iter().find(|(one, _)| *one == reference.value).cloned();
        if let Some((_, secret)) = known {
            return Ok(secret);
        }
        let resolved = self.configuration()?.resolve(reference, &self.environment)?;
        if let Some(warning) = &resolved.warning {
            self.warn(warning);
        }
        self.secrets.borrow_mut().push((reference.value.clone(), resolved.secret.clone()));
        Ok(resolved.secret)
    }

    /// A text for somebody else, with every secret that this run has got masked, wherever it came from.
    pub(crate) fn without_secrets(&self, text: String) -> String {
        self.secrets.borrow().iter().fold(text, |text, (_, secret)| match secret.reveal() {
            short if short.len() < SHORTEST => text,
            secret => text.replace(secret, "********"),
        })
    }

    /// The state database. A command that has read the configuration keeps the history within its limits as it writes.
    pub(crate) fn store(&self) -> Result<Store, Failure> {
        let store = Store::open(&self.paths.state_home.join("state.db"), self.clock.clone())?;
        Ok(match self.configuration.get() {
            Some(configuration) => {
                let HistorySettings { keep_for, keep } = &configuration.history;
                store.keeping(Keep { age: Some(keep_for.value), count: Some(keep.value) })
            }
            None => store,
        })
    }

    /// The prompt, if a person is there and wants to be asked.
    pub(crate) fn prompt(&self) -> Option<Prompt> {
        let printer = &self.printer;
        let wanted = printer.terminal.can_ask() && !self.globals.no_input && !printer.json;
        wanted.then(|| Prompt::new(printer.terminal.colour_on_stderr(printer.color)))
    }

    pub(crate) fn timeout(&self) -> Duration {
        self.globals.timeout.unwrap_or(DEFAULT_TIMEOUT)
    }

    /// A warning on stderr, once in a run. That stderr is gone is no reason to stop.
    pub(crate) fn warn(&self, problem: &Problem) {
        if self.warned.borrow().contains(problem) {
            return;
        }
        self.warned.borrow_mut().push(problem.clone());
        let _ = self.printer.warn(&Warning::from(problem));
    }

    /// A line on stderr, unless `--quiet` or `--json`.
    pub(crate) fn note(&self, line: &str) {
        let _ = self.printer.note(line);
    }

    /// A line on stderr with `--verbose`.
    pub(crate) fn detail(&self, line: &str) {
        let _ = self.printer.detail(line);
    }
}

/// The event loop for network work: one thread, made only where it is needed.
pub(crate) fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| {
        let message = format!("no event loop could be started: {error}");
        Problem::new(Kind::Disk, message, "check the limit of open files").into()
    })
}

/// Runs network work to its end, or until Ctrl-C.
pub(crate) fn block_on<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = runtime()?;
    let result = runtime.block_on(async {
        tokio::select! {
            result = work => result,
            _ = tokio::signal::ctrl_c() => Err(interrupted()),
        }
    });
    // A name that is still being looked up must not hold the command beyond its deadline.
    runtime.shutdown_background();
    result
}

/// The wish to stop, by Ctrl-C or SIGTERM, for commands that serve until then: to them it is no interruption.
pub(crate) struct Stop {
    interrupt: Signal,
    terminate: Signal,
}

impl Stop {
    /// From here on a signal is a wish to stop cleanly. Needs a runtime.
    pub(crate) fn armed() -> Result<Stop, Failure> {
        let listen = |kind| {
            signal(kind).map_err(|error| {
                let message = format!("signals can't be received: {error}");
                Failure::from(Problem::new(Kind::Listen, message, "check the limits of this process"))
            })
        };
        Ok(Stop { interrupt: listen(SignalKind::interrupt())?, terminate: listen(SignalKind::terminate())? })
    }

    /// Returns once it is wished.
    pub(crate) async fn wished(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

fn interrupted() -> Failure {
    let hint = "what was sent before stays sent; see opush history list";
    Problem::new(Kind::Interrupted, "interrupted", hint).into()
}
