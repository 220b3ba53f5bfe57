//! The sandbox's own database: one SQLite file (or memory), its schema, its clock. The client's state is never read.
//! What the rows mean belongs to `vendor`, `im`, `phone` and `control`, each of which brings its own tables.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};
use tokio::sync::Notify;

use super::rules::Rules;
use super::{app, calls, control, faults, im, phone, receipts, vendor};

/// Raised whenever a table changes. Older files are brought up to date; a newer one is refused.
const SCHEMA_VERSION: i64 = 3;

/// What each version added, the first being what a new file begins with.
const STEPS: [&[&str]; SCHEMA_VERSION as usize] = [
    &[app::SCHEMA, calls::SCHEMA, vendor::SCHEMA, phone::SCHEMA, control::SCHEMA],
    &[im::SCHEMA],
    &[faults::SCHEMA, phone::SCHEMA_3, vendor::SCHEMA_3, receipts::SCHEMA],
];

/// How long a writer waits for another process before it gives up.
const BUSY: Duration = Duration::from_secs(30);

/// Why the sandbox's state can't be used.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    #[error("sandbox state: {0}")]
    Database(#[from] rusqlite::Error),
    #[error("sandbox state: {0}")]
    Io(#[from] std::io::Error),
    #[error("the sandbox's state has schema version {found}, this opush knows version {SCHEMA_VERSION}")]
    Version { found: i64 },
}

/// Milliseconds since 1970-01-01 UTC, as the vendor counts.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> i64 + Send + Sync>);

impl Clock {
    pub fn new(read: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        Clock(Arc::new(read))
    }

    pub(crate) fn now(&self) -> i64 {
        (self.0)()
    }
}

/// Everything the simulator knows. Cheap to share behind an `Arc`; safe among processes that open the same file.
pub struct State {
    connection: Mutex<Connection>,
    /// Told of every change made through this state; those of other processes go unnoticed.
    changed: Notify,
    pub(crate) clock: Clock,
    pub rules: Rules,
}

impl State {
    /// Opens (or makes, mode 0600) the file at `path`; `None` keeps everything in memory.
    pub fn open(path: Option<&Path>, clock: Clock, rules: Rules) -> Result<State, StateError> {
        let connection = match path {
            None => Connection::open_in_memory()?,
            Some(path) => {
                make_private(path)?;
                let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
                Connection::open_with_flags(path, flags)?
            }
        };
        connection.busy_timeout(BUSY)?;
        // WAL lets a command read while a running server writes; NORMAL loses nothing when a process dies.
        patiently(|| connection.pragma_update(None, "journal_mode", "WAL"))?;
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        // The log stays beside the file: carrying it over at the end of every command waits for the disk four times.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        connection.pragma_update(None, "wal_autocheckpoint", 200)?;
        connection.pragma_update(None, "foreign_keys", "ON")?;
        let state = State { connection: Mutex::new(connection), changed: Notify::new(), clock, rules };
        state.migrate()?;
        Ok(state)
    }

    /// Runs `work` in one write transaction; an error rolls everything back.
    pub fn with<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StateError> {
        let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let value = work(&transaction)?;
        transaction.commit()?;
        drop(connection);
        self.changed.notify_one();
        Ok(value)
    }

    /// Reads without holding up any writer.
    pub(super) fn look<T>(
        &self,
        read: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StateError> {
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(read(&connection)?)
    }

    /// Returns once something has changed since the last time. For one that waits; of several, one would be told.
    pub(super) async fn changed(&self) {
        self.changed.notified().await;
    }

    pub fn now(&self) -> i64 {
        self.clock.now()
    }

    fn migrate(&self) -> Result<(), StateError> {
        let version_of = |connection: &Connection| {
            connection.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0))
        };
        let before = {
            let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
            patiently(|| version_of(&connection))?
        };
        // A file that is up to date needs no write transaction, which would wait for every other writer.
        if before == SCHEMA_VERSION {
            return Ok(());
        }
        let found = self.with(|tx| {
            let version = version_of(tx)?;
            let Some(to_do) = usize::try_from(version).ok().and_then(|done| STEPS.get(done..)) else {
                return Ok(version);
            };
            for schema in to_do.iter().copied().flatten() {
                tx.execute_batch(schema)?;
            }
            if !to_do.is_empty() {
                tx.pragma_update(None, "user_version", SCHEMA_VERSION)?;
            }
            Ok(SCHEMA_VERSION)
        })?;
        if found == SCHEMA_VERSION { Ok(()) } else { Err(StateError::Version { found }) }
    }
}

/// Repeats `work` while others hold the file: for switching to WAL, and for reading while another process switches,
/// SQLite answers BUSY at once and never asks the busy timeout.
fn patiently<T>(mut work: impl FnMut() -> rusqlite::Result<T>) -> rusqlite::Result<T> {
    let began = Instant::now();
    loop {
        match work() {
            Err(error)
                if matches!(
                    error.sqlite_error_code(),
                    Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)
                ) && began.elapsed() < BUSY =>
            {
                std::thread::sleep(Duration::from_millis(5));
            }
            done => return done,
        }
    }
}

/// Makes the file before SQLite does, so that it never exists with wider permissions.
fn make_private(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::OpenOptions::new().create(true).append(true).mode(0o600).open(path)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock() -> Clock {
        Clock::new(|| 1_700_000_000_000)
    }

    #[test]
    fn a_file_is_private_and_opens_again() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/sandbox.db");
        drop(State::open(Some(&path), clock(), Rules::default()).unwrap());
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        State::open(Some(&path), clock(), Rules::default()).unwrap();
    }

    #[test]
    fn an_error_rolls_back() {
        let state = State::open(None, clock(), Rules::default()).unwrap();
        let failed = state.with(|tx| {
            tx.execute_batch("CREATE TABLE t (x)")?;
            tx.execute_batch("not sql")
        });
        assert!(failed.is_err());
        let tables: i64 = state
            .with(|tx| tx.query_row("SELECT count(*) FROM sqlite_master WHERE name = 't'", [], |r| r.get(0)))
            .unwrap();
        assert_eq!(tables, 0);
    }

    /// A file of every earlier version, as SQL.
    const OLDER: &[(i64, &str)] = &[
        (1, include_str!("../../tests/sandbox/states/v1.sql")),
        (2, include_str!("../../tests/sandbox/states/v2.sql")),
    ];

    /// What it knows is still known, and a phone can log in.
    #[test]
    fn an_older_file_is_brought_up_to_date() {
        let folder = tempfile::tempdir().unwrap();
        for (version, sql) in OLDER {
            let path = folder.path().join(format!("v{version}.db"));
            Connection::open(&path).unwrap().execute_batch(sql).unwrap();
            let state = State::open(Some(&path), clock(), Rules::default()).unwrap();
            let kept = state
                .with(|tx| {
                    let phones = phone::list(tx, 0)?;
                    let calls = calls::list(tx, None, 10)?;
                    Ok((
                        phones,
                        calls,
                        app::by_id(tx, "30001")?,
                        im::show(tx, &Rules::default(), 0, "find-x")?,
                    ))
                })
                .unwrap();
            let (phones, calls, app, session) = kept;
            let names: Vec<(&str, u32)> = phones.iter().map(|p| (p.name.as_str(), p.shown)).collect();
            // In version 2 an IM user was logged in, and a push of the IM server is shown beside the direct one.
            let (shown, logged, user) = if *version == 1 { (1, 2, None) } else { (2, 5, Some("bob")) };
            assert_eq!(names, [("demo", 0), ("find-x", shown)], "version {version}");
            assert!(phones.iter().all(|phone| !phone.do_not_disturb));
            assert_eq!((calls.len(), app.unwrap().package.as_str()), (logged, "com.example.demo"));
            assert_eq!(session.as_ref().map(|session| session.user.as_str()), user);
            assert_eq!(state.with(faults::list).unwrap(), []);
            drop(State::open(Some(&path), clock(), Rules::default()).unwrap());
        }
    }

    #[test]
    fn another_version_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sandbox.db");
        let state = State::open(Some(&path), clock(), Rules::default()).unwrap();
        state.with(|tx| tx.pragma_update(None, "user_version", 99)).unwrap();
        let again = State::open(Some(&path), clock(), Rules::default());
        assert!(matches!(again, Err(StateError::Version { found: 99 })));
    }
}
