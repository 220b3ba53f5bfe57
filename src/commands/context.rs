//! What a command is handed: the global flags, the environment, where files live, the clock, how to print.
//! The steps from these to a profile or a store stand here once; what commands do with them, in the commands.

use std::future::Future;
use std::time::Duration;

use crate::clock::Clock;
use crate::config::{Environment, Paths};
use crate::failure::{Failure, Kind, Problem};
use crate::flags::Globals;
use crate::output::{Printer, Prompt};

/// Everything that comes from outside, as values.
pub struct Ctx {
    pub globals: Globals,
    pub environment: Environment,
    pub paths: Paths,
    pub clock: Clock,
    pub printer: Printer,
}

/// Longest time of a command's network calls where `--timeout` is not given.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);

impl Ctx {
    /// The prompt, if a person is there and wants to be asked.
    pub fn prompt(&self) -> Option<Prompt> {
        let printer = &self.printer;
        let wanted = printer.terminal.can_ask() && !self.globals.no_input && !printer.json;
        wanted.then(|| Prompt::new(printer.terminal.colour_on_stderr(printer.color)))
    }

    pub fn timeout(&self) -> Duration {
        self.globals.timeout.unwrap_or(DEFAULT_TIMEOUT)
    }
}

/// Runs network work to its end, or until Ctrl-C.
pub fn block_on<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| {
        Problem::new(Kind::Disk, format!("no event loop could be started: {error}"), "check the limit of open files")
    })?;
    runtime.block_on(async {
        tokio::select! {
            result = work => result,
            _ = tokio::signal::ctrl_c() => Err(interrupted()),
        }
    })
}

fn interrupted() -> Failure {
    let hint = "what was sent before stays sent; see opush history list";
    Problem::new(Kind::Interrupted, "interrupted", hint).into()
}
