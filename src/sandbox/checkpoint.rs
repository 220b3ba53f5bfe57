//! Carries SQLite's log over into the file on a thread of its own, so that calls don't wait for the disk.

use std::ffi::c_int;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::hooks::Wal;
use rusqlite::wal::CheckpointMode;
use rusqlite::{Connection, DEFAULT_NAME};

use super::schema::SCHEMA;
use crate::sqlite;

/// Pages in the log from which on it is carried over: 8 MB.
const LOG_PAGES: c_int = 2000;

/// Where the thread can't keep up, a commit carries over the rest itself: 24 MB.
const MOST_PAGES: c_int = 3 * LOG_PAGES;

/// Each time there is less left to carry over: what came during the time before.
const PASSES: usize = 3;

/// How far it is.
#[derive(Default)]
struct Progress {
    asked: AtomicBool,
    /// All but what has come since is in the file.
    nearly_done: AtomicBool,
    /// Held while a checkpoint runs: there can be one alone.
    at_work: Mutex<()>,
}

impl Progress {
    fn turn(&self) -> MutexGuard<'_, ()> {
        self.at_work.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The log of this connection, which alone writes much, is carried over in the background from now on.
pub(super) fn in_background(connection: &mut Connection, path: &Path) -> rusqlite::Result<()> {
    let progress = Arc::new(Progress::default());
    let (ask, asked) = sync_channel(1);
    let (path, of_thread) = (path.to_owned(), progress.clone());
    // It ends with the connection, which has the hook.
    std::thread::spawn(move || carry_over(&path, &asked, &of_thread));
    connection.wal_hook(Some(move |log: &mut Wal, pages| {
        committed(log, pages, &progress, &ask);
        Ok(())
    }))
}

/// The log begins anew only when all of it is in the file, which the thread alone never reaches under load.
fn committed(log: &mut Wal, pages: c_int, progress: &Progress, ask: &SyncSender<()>) {
    if progress.nearly_done.swap(false, SeqCst) || pages >= MOST_PAGES {
        // SQLite itself would not wait for the thread.
        let _turn = progress.turn();
        // Where it fails, it is done later: the log is as good as the file.
        let _ = log.checkpoint_v2(CheckpointMode::PASSIVE);
        progress.asked.store(false, SeqCst);
    } else if pages >= LOG_PAGES && !progress.asked.swap(true, SeqCst) {
        let _ = ask.try_send(());
    }
}

fn carry_over(path: &Path, asked: &Receiver<()>, progress: &Progress) {
    let mut own = None;
    while asked.recv().is_ok() {
        if own.is_none() {
            own = sqlite::open(path, SCHEMA).ok();
        }
        let Some(connection) = &own else { return };
        for _ in 0..PASSES {
            let _turn = progress.turn();
            let _ = connection.wal_checkpoint_v2(DEFAULT_NAME, CheckpointMode::PASSIVE);
        }
        progress.nearly_done.store(true, SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(connection: &Connection, rows: usize) {
        for _ in 0..rows {
            // More than a page each.
            connection.execute("INSERT INTO t VALUES (zeroblob(8000))", []).unwrap();
        }
    }

    #[test]
    fn the_log_begins_anew_and_nothing_in_it_is_lost() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sandbox.db");
        let mut connection = sqlite::open(&path, SCHEMA).unwrap();
        connection.execute_batch("CREATE TABLE t (x)").unwrap();
        in_background(&mut connection, &path).unwrap();
        let rows = 4 * LOG_PAGES as usize;
        write(&connection, rows);
        let log = std::fs::metadata(folder.path().join("sandbox.db-wal")).unwrap().len();
        // A commit may add some pages more. All that was written is 128 MB.
        assert!(log < 5000 * u64::from(MOST_PAGES.unsigned_abs()), "{log}");
        let kept: i64 = connection.query_row("SELECT count(*) FROM t", [], |row| row.get(0)).unwrap();
        assert_eq!(kept, rows as i64);
    }
}
