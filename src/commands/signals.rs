//! What Ctrl-C, SIGTERM and SIGHUP do while a command runs.
//!
//! Without an event loop they end the process. While one runs, the first of them ends the command cleanly, also where it
//! waits for a busy database or a lock, and a second one ends the process. At a prompt the terminal is given back first.

use std::future::{Future, poll_fn};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::task::Poll;
use std::time::Duration;

use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::iterator::Signals;
use signal_hook::{flag, low_level};
use tokio::runtime::{Builder, Runtime};
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::failure::{Failure, Kind, Problem, Remedy};
use crate::output::TerminalMode;
use crate::waiting;

const ENDING: [i32; 3] = [SIGINT, SIGTERM, SIGHUP];

/// Whether these signals end the process, once the handlers are there, which never go away again.
static ENDS_PROCESS: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// Whether an event loop runs, which ends the command by itself.
static IN_LOOP: AtomicBool = AtomicBool::new(false);

/// How long a prompt has to end by itself.
const MOMENT: Duration = Duration::from_millis(200);

/// Started by the first prompt.
static RESTORER: OnceLock<()> = OnceLock::new();

/// Leaves the signals to the event loop for as long as it lives.
struct LoopGuard(Arc<AtomicBool>);

impl LoopGuard {
    fn new() -> std::io::Result<LoopGuard> {
        let ends_process = match ENDS_PROCESS.get() {
            Some(known) => known.clone(),
            None => {
                let made = Arc::new(AtomicBool::new(false));
                for signal in ENDING.into_iter().filter(|signal| !is_ignored(*signal)) {
                    flag::register_conditional_default(signal, made.clone())?;
                    // Behind the line above, so that it is the second signal that finds it set.
                    flag::register(signal, made.clone())?;
                    flag::register(signal, waiting::stop_flag().clone())?;
                }
                ENDS_PROCESS.get_or_init(|| made).clone()
            }
        };
        IN_LOOP.store(true, Ordering::Relaxed);
        ends_process.store(false, Ordering::Relaxed);
        Ok(LoopGuard(ends_process))
    }
}

impl Drop for LoopGuard {
    fn drop(&mut self) {
        IN_LOOP.store(false, Ordering::Relaxed);
        self.0.store(true, Ordering::Relaxed);
    }
}

/// The signals that this process was started to ignore, as `nohup` does with SIGHUP: a bit each. They stay ignored.
static IGNORED: OnceLock<u64> = OnceLock::new();

fn is_ignored(signal: i32) -> bool {
    let mask = IGNORED.get_or_init(|| {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
        mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
    });
    mask & (1 << (signal - 1)) != 0
}

/// The next Ctrl-C is the prompt's. It also ends every wait, and every other signal gives the terminal back first.
pub(super) fn leave_to_prompt() {
    if let Some(ends_process) = ENDS_PROCESS.get() {
        ends_process.store(false, Ordering::Relaxed);
    }
    RESTORER.get_or_init(|| {
        let _ = flag::register(SIGINT, waiting::stop_flag().clone());
        let mode = TerminalMode::now();
        let wanted = [SIGTERM, SIGHUP, SIGQUIT].into_iter().filter(|signal| !is_ignored(*signal));
        // Without the handlers a signal ends the process as it always did.
        let Ok(mut signals) = Signals::new(wanted) else { return };
        std::thread::spawn(move || {
            for signal in signals.forever() {
                mode.restore();
                // Most often the prompt was interrupted by it too, and says so before it ends the command.
                std::thread::sleep(MOMENT);
                if signal == SIGQUIT || !IN_LOOP.load(Ordering::Relaxed) {
                    let _ = low_level::emulate_default_handler(signal);
                }
            }
        });
    });
}

/// The event loop for network work: one thread, made only where it is needed.
pub(crate) fn runtime() -> Result<Runtime, Failure> {
    Builder::new_current_thread().enable_all().build().map_err(no_loop)
}

/// The event loop of a server that many clients use at once, on two threads.
pub(super) fn server_runtime() -> Result<Runtime, Failure> {
    Builder::new_multi_thread().worker_threads(2).enable_all().build().map_err(no_loop)
}

fn no_loop(error: std::io::Error) -> Failure {
    let message = format!("no event loop could be started: {error}");
    Problem::new(Kind::Disk, message, "check the limits of open files and of threads").into()
}

/// Runs network work to its end, or until a signal.
pub(super) fn block_on<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = runtime()?;
    let _guard = LoopGuard::new().map_err(no_signals)?;
    let result = runtime.block_on(async {
        let mut signals = ShutdownSignal::listen()?;
        tokio::select! {
            // What has an end already is told, not called interrupted.
            biased;
            result = work => result,
            () = signals.received() => Err(interrupted()),
        }
    });
    // A name that is still being looked up must not hold the command beyond its deadline.
    runtime.shutdown_background();
    interrupted_if_stopped(result)
}

/// Runs work that ends by itself soon after a signal, because it looks for one: what is under way is finished.
pub(super) fn block_on_finishing<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = runtime()?;
    let _guard = LoopGuard::new().map_err(no_signals)?;
    let result = runtime.block_on(work);
    runtime.shutdown_background();
    interrupted_if_stopped(result)
}

/// Work that gave up a wait because of a signal was interrupted.
pub(super) fn interrupted_if_stopped<T>(result: Result<T, Failure>) -> Result<T, Failure> {
    match result {
        Err(failure) if waiting::is_stopped() && !is_interruption(&failure) => Err(interrupted()),
        result => result,
    }
}

fn is_interruption(failure: &Failure) -> bool {
    failure.problems().iter().any(|problem| problem.kind == Kind::Interrupted)
}

/// Ctrl-C, SIGTERM or SIGHUP, for commands that serve until then: to them it is not an interruption.
pub(crate) struct ShutdownSignal(Vec<Signal>);

impl ShutdownSignal {
    /// From here on a signal is a wish to stop cleanly. Needs a runtime.
    pub(crate) fn listen() -> Result<ShutdownSignal, Failure> {
        let wanted = ENDING.into_iter().filter(|number| !is_ignored(*number));
        let signals = wanted.map(|number| signal(SignalKind::from_raw(number))).collect::<Result<_, _>>();
        signals.map(ShutdownSignal).map_err(no_signals)
    }

    pub(crate) async fn received(&mut self) {
        poll_fn(|waker| {
            let received = self.0.iter_mut().any(|signal| signal.poll_recv(waker).is_ready());
            if received { Poll::Ready(()) } else { Poll::Pending }
        })
        .await
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
