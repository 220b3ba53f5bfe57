//! Waits while another process holds the database.

use std::cell::Cell;

use rusqlite::ErrorCode;

use super::schema::OpenError;
use crate::waiting::Wait;

thread_local! {
    /// The wait under way: SQLite tells only how often it has tried.
    static WAIT: Cell<Option<Wait>> = const { Cell::new(None) };
}

/// Whether SQLite is to try again after so many tries; waits before it says yes.
pub(super) fn try_again(tries: i32) -> bool {
    let before = WAIT.get().filter(|_| tries > 0);
    let mut wait = before.unwrap_or_else(Wait::begin);
    let again = wait.goes_on();
    WAIT.set(Some(wait));
    again
}

/// Repeats `work` while others hold the file: for switching to WAL, and for reading while another process switches,
/// SQLite answers BUSY at once and ignores the busy timeout.
pub(super) fn retry_while_busy<T>(mut work: impl FnMut() -> Result<T, OpenError>) -> Result<T, OpenError> {
    let mut wait = Wait::begin();
    loop {
        match work() {
            Err(error) if is_busy(&error) && wait.goes_on() => {}
            done => return done,
        }
    }
}

fn is_busy(error: &OpenError) -> bool {
    let OpenError::Sql(error) = error else { return false };
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}
