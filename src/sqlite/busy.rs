//! Waits while another process holds the database.

use std::time::{Duration, Instant};

use rusqlite::ErrorCode;

use super::schema::OpenError;

/// How long a process waits for the others before it gives up.
pub(crate) const BUSY: Duration = Duration::from_secs(30);

/// Repeats `work` while others hold the file: for switching to WAL, and for reading while another process switches,
/// SQLite answers BUSY at once and ignores the busy timeout.
pub(super) fn retry_while_busy<T>(mut work: impl FnMut() -> Result<T, OpenError>) -> Result<T, OpenError> {
    let began = Instant::now();
    let mut pause = Duration::from_millis(1);
    loop {
        match work() {
            Err(error) if is_busy(&error) && began.elapsed() < BUSY => {
                std::thread::sleep(pause);
                pause = (pause * 2).min(Duration::from_millis(50));
            }
            done => return done,
        }
    }
}

fn is_busy(error: &OpenError) -> bool {
    let OpenError::Sql(error) = error else { return false };
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}
