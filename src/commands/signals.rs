//! What Ctrl-C and SIGTERM do while a command runs.
//!
//! Without an event loop Ctrl-C ends the process. While one runs, the first Ctrl-C ends the command cleanly, also where
//! it waits for a busy database, and a second one ends the process.

use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use signal_hook::consts::SIGINT;
use signal_hook::flag;
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::failure::{Failure, Kind, Problem, Remedy};
use crate::store;

/// Whether Ctrl-C ends the process, once the event loop's handler is there, which never goes away again.
static ENDS_PROCESS: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// Leaves Ctrl-C to the event loop for as long as it lives.
struct LoopGuard(Arc<AtomicBool>);

impl LoopGuard {
    fn new() -> std::io::Result<LoopGuard> {
        let ends_process = match ENDS_PROCESS.get() {
            Some(known) => known.clone(),
            None => {
                let made = Arc::new(AtomicBool::new(false));
                flag::register_conditional_default(SIGINT, made.clone())?;
                // Behind the line above, so that it is the second Ctrl-C that finds it set.
                flag::register(SIGINT, made.clone())?;
                flag::register(SIGINT, store::stop_flag().clone())?;
                ENDS_PROCESS.get_or_init(|| made).clone()
            }
        };
        ends_process.store(false, Ordering::Relaxed);
        Ok(LoopGuard(ends_process))
    }
}

impl Drop for LoopGuard {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// The next Ctrl-C is the prompt's.
pub(super) fn leave_to_prompt() {
    if let Some(ends_process) = ENDS_PROCESS.get() {
        ends_process.store(false, Ordering::Relaxed);
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
pub(super) fn block_on<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = runtime()?;
    let _guard = LoopGuard::new().map_err(no_signals)?;
    let result = runtime.block_on(async {
        tokio::select! {
            result = work => result,
            _ = tokio::signal::ctrl_c() => Err(interrupted()),
        }
    });
    // A name that is still being looked up must not hold the command beyond its deadline.
    runtime.shutdown_background();
    match result {
        // The work gave up a wait because of it.
        Err(_) if store::stop_flag().load(Ordering::Relaxed) => Err(interrupted()),
        result => result,
    }
}

/// Ctrl-C or SIGTERM, for commands that serve until then: to them it is not an interruption.
pub(crate) struct ShutdownSignal {
    interrupt: Signal,
    terminate: Signal,
}

impl ShutdownSignal {
    /// From here on a signal is a wish to stop cleanly. Needs a runtime.
    pub(crate) fn listen() -> Result<ShutdownSignal, Failure> {
        let listen = |kind| signal(kind).map_err(no_signals);
        Ok(ShutdownSignal {
            interrupt: listen(SignalKind::interrupt())?,
            terminate: listen(SignalKind::terminate())?,
        })
    }

    pub(crate) async fn received(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

fn no_signals(error: std::io::Error) -> Failure {
    let message = format!("signals can't be received: {error}");
    Problem::new(Kind::Listen, message, "check the limits of this process").into()
}

fn interrupted() -> Failure {
    let hint = Remedy::run("what was sent before stays sent; see what it was", "history list");
    Problem::new(Kind::Interrupted, "interrupted", hint).into()
}
