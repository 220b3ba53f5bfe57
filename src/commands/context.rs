//! What a command is handed: the session of this run, and the way to the person who runs it.

use std::future::Future;
use std::ops::Deref;

use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::failure::{Failure, Kind, Problem, Remedy, Warning};
use crate::output::{Printer, Prompt};
use crate::session::{Remark, Session};

/// The session, which it stands for wherever one is needed, and what asks and prints.
pub(crate) struct Ctx {
    pub(crate) session: Session,
    pub(crate) printer: Printer,
    /// `--no-input`.
    pub(crate) never_ask: bool,
}

impl Deref for Ctx {
    type Target = Session;

    fn deref(&self) -> &Session {
        &self.session
    }
}

impl Ctx {
    /// The prompt, if a person is there and wants to be asked.
    pub(crate) fn prompt(&self) -> Option<Prompt> {
        self.show_remarks();
        let printer = &self.printer;
        let wanted = printer.terminal.can_ask() && !self.never_ask && !printer.json;
        wanted.then(|| Prompt::new(printer.terminal.colour_on_stderr(printer.color)))
    }

    /// Shows what the session has remarked so far. That stderr is gone is no reason to stop.
    pub(crate) fn show_remarks(&self) {
        for remark in self.take_remarks() {
            let _ = match remark {
                Remark::Warning(warning) => self.printer.warn(&warning),
                Remark::Note(line) => self.printer.note(&line),
                Remark::Detail(line) => self.printer.detail(&line),
            };
        }
    }

    /// A warning on stderr, once in a run.
    pub(crate) fn warn(&self, warning: impl Into<Warning>) {
        self.add_warning(warning);
        self.show_remarks();
    }

    /// A line on stderr, unless `--quiet` or `--json`.
    pub(crate) fn note(&self, line: &str) {
        self.add_note(line);
        self.show_remarks();
    }

    /// A line on stderr with `--verbose`.
    pub(crate) fn detail(&self, line: &str) {
        self.add_detail(line);
        self.show_remarks();
    }

    /// Runs network work to its end, or until Ctrl-C.
    pub(crate) fn block_on<T>(&self, work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
        self.show_remarks();
        block_on(work)
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
fn block_on<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
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
    let hint = Remedy::run("what was sent before stays sent; see what it was", "history list");
    Problem::new(Kind::Interrupted, "interrupted", hint).into()
}
