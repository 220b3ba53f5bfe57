//! What a command is handed: the session of this run, and the way to the person who runs it.

use std::future::{Future, poll_fn};
use std::ops::Deref;
use std::pin::pin;

use super::signals;
use crate::failure::{Failure, Warning};
use crate::output::{Printer, Prompt};
use crate::session::{Remark, Session};

/// The session, used wherever one is needed, and what asks and prints.
pub(crate) struct Ctx {
    pub(crate) session: Session,
    pub(crate) printer: Printer,
    /// `--no-input`.
    pub(crate) never_ask: bool,
    /// Makes the whole tree of commands, for a command that walks it.
    pub(crate) tree: fn() -> clap::Command,
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
        wanted.then(signals::leave_to_prompt)?;
        Some(Prompt::new(printer.terminal.colour_on_stderr(printer.color)))
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

    /// Runs work that looks for a wish to stop by itself, and finishes what is under way.
    pub(crate) fn block_on_finishing<T>(
        &self,
        work: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        let mut work = pin!(work);
        signals::block_on_finishing(poll_fn(|waker| {
            let polled = work.as_mut().poll(waker);
            self.show_remarks();
            polled
        }))
    }

    /// Runs network work to its end, or until Ctrl-C, and shows what the session remarks while it goes on.
    pub(crate) fn block_on<T>(&self, work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
        let mut work = pin!(work);
        signals::block_on(poll_fn(|waker| {
            self.show_remarks();
            let polled = work.as_mut().poll(waker);
            self.show_remarks();
            polled
        }))
    }
}
