//! The sandbox's own database: one SQLite file (or memory), and its clock. The client's state is never read.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::mpsc::SyncSender;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, Transaction, TransactionBehavior};
use tokio::sync::{Notify, Semaphore, mpsc};

use super::changes::Changes;
use super::checkpoint;
use super::clock::{self, ClockShown};
use super::draw;
use super::in_turn::InTurn;
use super::moment::Moment;
use super::oppo::dedup;
use super::rules::Rules;
use super::schema::SCHEMA;
use crate::sqlite::{self, OpenError};

/// Why the sandbox's state can't be used.
#[derive(Debug, thiserror::Error)]
#[error("the sandbox's state: {0}")]
pub struct StateError(#[from] pub(crate) OpenError);

impl StateError {
    /// The thread that writes is no more.
    pub(super) fn gone() -> StateError {
        StateError(std::io::Error::other("its writer ended").into())
    }

    /// Whether a later opush wrote the file.
    pub(crate) fn is_newer(&self) -> bool {
        matches!(self.0, OpenError::Newer { .. })
    }
}

impl From<rusqlite::Error> for StateError {
    fn from(error: rusqlite::Error) -> StateError {
        StateError(error.into())
    }
}

/// How many may wait for a message at once: half of the connections, so that others get in.
pub(super) const WAITERS: usize = 128;

/// Errors of the sandbox itself that wait to be read.
const ERRORS: usize = 64;

const CACHE_KIB: i64 = 16 << 10;

/// Statements that are kept prepared: more than all calls together have.
const STATEMENTS: usize = 512;

/// The machine's clock: milliseconds since 1970-01-01 UTC, as OPPO counts.
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
    connection: InTurn<Connection>,
    /// Notified of every change made through this state; those of other processes go unnoticed.
    changed: Notify,
    /// Which rows changed, for those who follow.
    pub(super) changes: Arc<Changes>,
    /// Told of every call that was logged, if there is one.
    calls: Mutex<Option<SyncSender<()>>>,
    errors: (mpsc::Sender<String>, tokio::sync::Mutex<mpsc::Receiver<String>>),
    clock: Clock,
    /// How far the sandbox's clock is ahead of the machine's, as it was last read.
    ahead_ms: AtomicI64,
    /// Room for those who wait for a message.
    pub(super) waiters: Semaphore,
    pub rules: Rules,
}

impl State {
    /// Opens (or makes, mode 0600) the file at `path`; `None` keeps everything in memory.
    pub fn open(path: Option<&Path>, clock: Clock, rules: Rules) -> Result<State, StateError> {
        let mut connection = match path {
            None => sqlite::memory(SCHEMA)?,
            Some(path) => sqlite::open(path, SCHEMA)?,
        };
        dedup::take_over(&mut connection)?;
        let ahead_ms = AtomicI64::new(clock::ahead(&connection)?);
        let changes = Arc::new(Changes::new());
        let noting = changes.clone();
        connection
            .update_hook(Some(move |action, _: &str, table: &str, row| noting.row(action, table, row)))?;
        let (report, reported) = mpsc::channel(ERRORS);
        let errors = (report, tokio::sync::Mutex::new(reported));
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        let waiters = Semaphore::new(WAITERS);
        let (connection, calls) = (InTurn::new(connection), Mutex::default());
        Ok(State {
            connection,
            changed: Notify::new(),
            changes,
            calls,
            errors,
            clock,
            ahead_ms,
            waiters,
            rules,
        })
    }

    /// For a server at work: the log is carried over into the file in the background, and more of the file stays in memory.
    pub(super) fn expect_load(&self) -> Result<(), StateError> {
        let mut connection = self.connection.lock();
        if let Some(path) = connection.path().filter(|path| !path.is_empty()).map(PathBuf::from) {
            checkpoint::in_background(&mut connection, &path)?;
        }
        Ok(connection.pragma_update(None, "cache_size", -CACHE_KIB)?)
    }

    /// Runs `work` in one write transaction; an error rolls everything back.
    pub fn with<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StateError> {
        let mut connection = self.connection.lock();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another process may have moved it.
        self.clock_is_ahead(clock::ahead(&transaction)?);
        let value = work(&transaction)?;
        transaction.commit()?;
        drop(connection);
        self.changes.commit();
        self.changed.notify_one();
        Ok(value)
    }

    /// Reads without holding up any writer.
    pub(super) fn look<T>(
        &self,
        read: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StateError> {
        Ok(read(&self.connection.lock())?)
    }

    /// Returns once something has changed since the last time. For one waiter: of several, one would return.
    pub(super) async fn changed(&self) {
        self.changed.notified().await;
    }

    /// Told of calls from now on, until the next such wish. Several of them may be one message.
    pub(super) fn tell_of_calls(&self, follower: Option<SyncSender<()>>) {
        *self.calls.lock().unwrap_or_else(PoisonError::into_inner) = follower;
    }

    pub(super) fn call_logged(&self) {
        if let Some(follower) = &*self.calls.lock().unwrap_or_else(PoisonError::into_inner) {
            // One that is there already says as much.
            let _ = follower.try_send(());
        }
    }

    /// Reports an error of the sandbox itself, which is not an answer of a simulated service.
    pub(super) fn report_error(&self, text: String) {
        // Where they are not read, those beyond the first are dropped.
        let _ = self.errors.0.try_send(text);
    }

    /// The next error of the sandbox itself, for the process that runs it.
    pub async fn next_error(&self) -> String {
        match self.errors.1.lock().await.recv().await {
            Some(text) => text,
            // The sender lives as long as this value.
            None => std::future::pending().await,
        }
    }

    /// What is decided in this transaction, and now.
    pub fn moment<'a>(&'a self, tx: &'a Transaction<'_>) -> Moment<'a> {
        Moment { tx, rules: &self.rules, now: self.now() }
    }

    /// The sandbox's time.
    pub fn now(&self) -> i64 {
        self.time().now
    }

    pub(crate) fn time(&self) -> ClockShown {
        ClockShown::new(self.clock.now(), self.ahead_ms.load(Ordering::Relaxed))
    }

    /// What is kept of the clock has changed to this.
    pub(super) fn clock_is_ahead(&self, ahead_ms: i64) {
        self.ahead_ms.store(ahead_ms, Ordering::Relaxed);
    }

    /// At the start of a sandbox: its clock and the seed of its ids.
    pub fn start(&self, time: Option<i64>, seed: Option<u32>) -> Result<(), StateError> {
        self.with(|tx| {
            clock::start(tx, self.clock.now(), time)?;
            draw::set_seed(tx, seed)?;
            self.clock_is_ahead(clock::ahead(tx)?);
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::http::calls;
    use super::super::{app, faults, im, phone};
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
        (3, include_str!("../../tests/sandbox/states/v3.sql")),
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
                    Ok((phones, calls, app::by_id(tx, "30001")?, im::show(state.moment(tx), "find-x")?))
                })
                .unwrap();
            let (phones, calls, app, session) = kept;
            let names: Vec<(&str, u32)> = phones.iter().map(|p| (p.name.as_str(), p.shown)).collect();
            // Since version 2 an IM user was logged in, and a push of the IM server is shown beside the direct one.
            let (shown, logged, user) = if *version == 1 { (1, 2, None) } else { (2, 5, Some("bob")) };
            assert_eq!(names, [("demo", 0), ("find-x", shown)], "version {version}");
            assert!(phones.iter().all(|phone| !phone.do_not_disturb));
            assert_eq!((calls.len(), app.unwrap().package.as_str()), (logged, "com.example.demo"));
            assert_eq!(session.as_ref().map(|session| session.user.as_str()), user);
            assert_eq!(state.with(faults::list).unwrap(), []);
            let count = "SELECT count(*) FROM repeat";
            let repeats: u32 = state.look(|db| db.query_row(count, [], |row| row.get(0))).unwrap();
            assert_eq!(repeats, shown, "what was pushed before is still known");
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
        assert!(matches!(again, Err(StateError(OpenError::Newer { found: 99, .. }))));
    }
}
