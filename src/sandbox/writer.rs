//! Carries out what has come in the meantime in one transaction; each is answered once that is committed.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use rusqlite::Transaction;
use tokio::runtime::Handle;
use tokio::sync::oneshot;

use super::http::context::Setup;
use super::state::{State, StateError};

/// What shares a transaction at most, so that none waits long for the others.
const AT_ONCE: usize = 128;

/// A transaction that takes longer takes no more, so that small calls don't wait for many large ones.
const LONG: Duration = Duration::from_millis(3);

/// A thread that writes for those who ask. It ends once this is dropped and all are answered.
pub(super) struct Writer {
    jobs: Sender<Box<dyn Job>>,
}

impl Writer {
    /// On the current runtime.
    pub(super) fn start(state: Arc<State>) -> Writer {
        let (jobs, asked) = channel();
        let runtime = Handle::current();
        std::thread::spawn(move || write(&state, &asked, &runtime));
        Writer { jobs }
    }

    /// What `work` gives, once it is committed. It may be carried out again where another's failure rolled it back.
    pub(super) async fn run<T, W>(&self, work: W) -> Result<T, StateError>
    where
        T: Send + 'static,
        W: Fn(&Transaction<'_>, Setup) -> rusqlite::Result<T> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        // Of both errors there is one alone: the thread panicked.
        let _ = self.jobs.send(Box::new(Asked { work, done: None, answer }));
        answered.await.unwrap_or_else(|_| Err(StateError::gone()))
    }
}

trait Job: Send {
    fn run(&mut self, tx: &Transaction<'_>, setup: Setup) -> rusqlite::Result<()>;
    /// Answers; without an error what was done last.
    fn answer(self: Box<Self>, error: Option<StateError>);
}

struct Asked<T, W> {
    work: W,
    done: Option<T>,
    answer: oneshot::Sender<Result<T, StateError>>,
}

impl<T, W> Job for Asked<T, W>
where
    T: Send,
    W: Fn(&Transaction<'_>, Setup) -> rusqlite::Result<T> + Send,
{
    fn run(&mut self, tx: &Transaction<'_>, setup: Setup) -> rusqlite::Result<()> {
        self.done = Some((self.work)(tx, setup)?);
        Ok(())
    }

    fn answer(self: Box<Self>, error: Option<StateError>) {
        let answer = match (self.done, error) {
            (Some(done), None) => Ok(done),
            (_, error) => Err(error.unwrap_or_else(StateError::gone)),
        };
        // Nobody waits any more: the connection was closed.
        let _ = self.answer.send(answer);
    }
}

fn write(state: &State, asked: &Receiver<Box<dyn Job>>, runtime: &Handle) {
    let mut waiting = VecDeque::new();
    loop {
        if waiting.is_empty() {
            let Ok(first) = asked.recv() else { return };
            waiting.push_back(first);
        }
        // What comes from now on is for the next transaction: while the answers to this one are read, that is carried out.
        waiting.extend(asked.try_iter().take(AT_ONCE.saturating_sub(waiting.len())));
        let mut jobs = Vec::with_capacity(waiting.len());
        let all = unless_it_panics(|| {
            state.with(|tx| {
                let (began, setup) = (Instant::now(), Setup::read(tx)?);
                while let Some(job) = waiting.pop_front() {
                    // Kept before it is carried out: it is to be answered whatever happens.
                    jobs.push(job);
                    jobs.last_mut().map_or(Ok(()), |job| job.run(tx, setup))?;
                    if began.elapsed() > LONG {
                        break;
                    }
                }
                Ok(())
            })
        });
        answer(state, jobs, all, runtime);
        state.call_logged();
    }
}

fn answer(state: &State, jobs: Vec<Box<dyn Job>>, all: Result<(), StateError>, runtime: &Handle) {
    if all.is_ok() {
        // There, to wake all who wait costs less than one does from here.
        runtime.spawn(async move { jobs.into_iter().for_each(|job| job.answer(None)) });
        return;
    }
    // One of them failed, and everything was rolled back: each again, by itself.
    for mut job in jobs {
        let alone = || state.with(|tx| job.run(tx, Setup::read(tx)?));
        let error = unless_it_panics(alone).err();
        job.answer(error);
    }
}

/// A mistake in one call must not end the thread that answers all of them.
fn unless_it_panics(work: impl FnOnce() -> Result<(), StateError>) -> Result<(), StateError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(StateError::gone()))
}

#[cfg(test)]
mod tests {
    use super::super::state::Clock;
    use super::*;

    fn state() -> Arc<State> {
        let state = State::open(None, Clock::new(|| 0), Default::default()).unwrap();
        state.with(|tx| tx.execute_batch("CREATE TABLE t (x INTEGER PRIMARY KEY)")).unwrap();
        Arc::new(state)
    }

    fn rows(state: &State) -> Vec<i64> {
        let rows =
            |tx: &Transaction<'_>| tx.prepare("SELECT x FROM t")?.query_map([], |row| row.get(0))?.collect();
        state.with(rows).unwrap()
    }

    #[tokio::test]
    async fn of_those_that_share_a_transaction_only_what_failed_is_undone() {
        let state = state();
        let writer = Writer::start(state.clone());
        let add = |x: i64| {
            writer.run(move |tx, _| {
                assert_ne!(x, 13, "a mistake");
                tx.execute("INSERT INTO t VALUES (?1)", [x])?;
                if x == 7 { tx.execute("INSERT INTO t VALUES (1)", []) } else { Ok(1) }
            })
        };
        // All of them are asked for while the writer can't begin.
        let mut asked: Vec<_> = Vec::new();
        let (held, hold) = (state.clone(), std::sync::mpsc::channel::<()>());
        let (has, is_held) = std::sync::mpsc::channel();
        let holder = std::thread::spawn(move || {
            held.with(|_| {
                has.send(()).unwrap();
                let _ = hold.1.recv();
                Ok(())
            })
        });
        is_held.recv().unwrap();
        for x in [1, 7, 13, 2] {
            let mut one = Box::pin(add(x));
            assert!(
                std::future::poll_fn(|context| std::task::Poll::Ready(
                    one.as_mut().poll(context).is_pending()
                ))
                .await
            );
            asked.push(one);
        }
        drop(hold.0);
        let mut done = Vec::new();
        for one in asked {
            done.push(one.await.is_ok());
        }
        holder.join().unwrap().unwrap();
        assert_eq!(done, [true, false, false, true]);
        assert_eq!(rows(&state), [1, 2]);
        assert!(add(3).await.is_ok(), "the writer goes on");
    }
}
