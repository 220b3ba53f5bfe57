//! Shows what arrives on a thread of its own: a reader that is slow, or gone, holds up no answer to OPPO.
//! What is shown belongs to `printed`.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::json;

use super::printed::{ReceiptJson, rejected_line};
use crate::failure::{Failure, Kind, Problem, Warning};
use crate::output::Printer;
use crate::receipts::Event;

/// Lines that wait for their reader; further ones are left out and counted.
const WAITING: usize = 4096;

/// How long the end of the command waits for a reader.
const PATIENCE: Duration = Duration::from_secs(2);

/// The hand that gives lines to the thread.
#[derive(Clone)]
pub(crate) struct Live {
    lines: SyncSender<Line>,
    json: bool,
    left_out: Arc<AtomicU64>,
    failed: Arc<Mutex<Option<Problem>>>,
}

enum Line {
    Receipt(String),
    Note(String),
    Warning(Problem),
}

/// The thread at work.
pub(crate) struct Shown {
    done: Receiver<()>,
    left_out: Arc<AtomicU64>,
    failed: Arc<Mutex<Option<Problem>>>,
}

/// Shows receipts as results on stdout; with `--json`, where stdout gets one object at the end, as lines of JSON on stderr.
pub(crate) fn start(printer: Printer) -> (Live, Shown) {
    let json = printer.json;
    let (lines, waiting) = sync_channel(WAITING);
    let (finished, done) = sync_channel(1);
    let (left_out, failed) = (Arc::default(), Arc::default());
    std::thread::spawn(move || {
        for line in waiting {
            // A reader that went away is no reason to stop.
            let _ = match line {
                Line::Receipt(line) if printer.json => printer.must_say(&line),
                Line::Receipt(line) => printer.stdout(&format!("{line}\n")),
                Line::Note(line) => printer.note(&line),
                Line::Warning(problem) => printer.warn(&Warning::from(&problem)),
            };
        }
        let _ = finished.send(());
    });
    let live = Live { lines, json, left_out: Arc::clone(&left_out), failed: Arc::clone(&failed) };
    (live, Shown { done, left_out, failed })
}

impl Live {
    pub(crate) fn tell(&self, event: &Event<'_>) {
        self.say(match event {
            Event::Stored(receipt) => {
                let shown = ReceiptJson::from(*receipt);
                Line::Receipt(if self.json { json!(shown).to_string() } else { shown.line() })
            }
            Event::Rejected(rejected) => Line::Note(rejected_line(rejected)),
            Event::Failed { callbacks, error } => {
                let message =
                    format!("{callbacks} callbacks were answered 503, for they could not be stored: {error}");
                let hint = "fix the state database; OPPO may post them again";
                let problem = Problem::new(Kind::StateDatabase, message, hint);
                *self.failed.lock().unwrap_or_else(PoisonError::into_inner) = Some(problem.clone());
                Line::Warning(problem)
            }
        });
    }

    fn say(&self, line: Line) {
        if self.lines.try_send(line).is_err() {
            self.left_out.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl Shown {
    /// Waits until everything is shown, but not for a reader that does not read. Gives the number of lines left out,
    /// and why the last of the callbacks that could not be stored was not.
    pub(crate) fn finish(self) -> (u64, Option<Failure>) {
        let _ = self.done.recv_timeout(PATIENCE);
        let failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner).take();
        (self.left_out.load(Ordering::Relaxed), failed.map(Failure::from))
    }
}
