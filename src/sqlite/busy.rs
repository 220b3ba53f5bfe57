//! Waits while another process holds the database.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use rusqlite::ErrorCode;

use super::schema::OpenError;

/// How long a process waits for the others before it gives up.
pub(crate) const BUSY: Duration = Duration::from_secs(30);

/// Longest pause between two tries.
const PAUSE: Duration = Duration::from_millis(50);

static STOP: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);

/// Once it is set, no wait for another process goes on: Ctrl-C was pressed.
pub(crate) fn stop_flag() -> &'static Arc<AtomicBool> {
    &STOP
}

fn stopped() -> bool {
    STOP.load(Ordering::Relaxed)
}

/// Whether SQLite is to try again after so many tries; waits before it says yes.
pub(super) fn try_again(tries: i32) -> bool {
    if stopped() || i64::from(tries) * PAUSE.as_millis() as i64 > BUSY.as_millis() as i64 {
        return false;
    }
    std::thread::sleep(PAUSE.min(Duration::from_millis(1 << tries.clamp(0, 6))));
    true
}

/// Repeats `work` while others hold the file: for switching to WAL, and for reading while another process switches,
/// SQLite answers BUSY at once and ignores the busy timeout.
pub(super) fn retry_while_busy<T>(mut work: impl FnMut() -> Result<T, OpenError>) -> Result<T, OpenError> {
    let began = Instant::now();
    let mut pause = Duration::from_millis(1);
    loop {
        match work() {
            Err(error) if is_busy(&error) && began.elapsed() < BUSY && !stopped() => {
                std::thread::sleep(pause);
                pause = (pause * 2).min(PAUSE);
            }
            done => return done,
        }
    }
}

fn is_busy(error: &OpenError) -> bool {
    let OpenError::Sql(error) = error else { return false };
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}
