//! The open connections of a listener: which of them wait for their client, and which has waited longest.

use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;

/// Every open connection.
#[derive(Debug, Default)]
pub(super) struct Connections {
    open: Mutex<Vec<Arc<Connection>>>,
    /// Counts what clients do, so that connections can be ordered by it.
    steps: Arc<AtomicU64>,
    /// It is worth asking again: a connection was answered, or did not close because it was being answered.
    pub(super) idle: Arc<Notify>,
}

/// What is known of one connection.
#[derive(Debug)]
pub(super) struct Connection {
    answering: AtomicBool,
    /// The listener's count when the client last sent or took something.
    last: AtomicU64,
    steps: Arc<AtomicU64>,
    /// Bytes of answers that the client has not taken yet.
    pub(super) untaken: AtomicUsize,
    /// It is asked to close, and has not looked yet.
    asked: AtomicBool,
    close: Notify,
    idle: Arc<Notify>,
}

impl Connections {
    fn lock(&self) -> MutexGuard<'_, Vec<Arc<Connection>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn add(&self) -> Arc<Connection> {
        let connection = Arc::new(Connection {
            answering: AtomicBool::new(false),
            last: AtomicU64::new(0),
            steps: self.steps.clone(),
            untaken: AtomicUsize::new(0),
            asked: AtomicBool::new(false),
            close: Notify::new(),
            idle: self.idle.clone(),
        });
        connection.moved();
        self.lock().push(connection.clone());
        connection
    }

    pub(super) fn remove(&self, closed: &Arc<Connection>) {
        self.lock().retain(|connection| !Arc::ptr_eq(connection, closed));
    }

    #[cfg(test)]
    pub(super) fn untaken(&self) -> usize {
        self.lock().iter().filter(|connection| connection.untaken.load(SeqCst) > 0).count()
    }

    /// Asks the connection that has waited longest for its client to close.
    pub(super) fn close_idle(&self) {
        self.close_oldest(|connection| !connection.answering.load(SeqCst));
    }

    /// The same among those with a client that has not taken its answers.
    pub(super) fn close_untaken(&self) {
        self.close_oldest(|connection| connection.untaken.load(SeqCst) > 0);
    }

    fn close_oldest(&self, fits: impl Fn(&Connection) -> bool) {
        let open = self.lock();
        let fitting = open.iter().filter(|one| !one.asked.load(SeqCst) && fits(one));
        if let Some(oldest) = fitting.min_by_key(|one| one.last.load(SeqCst)) {
            oldest.asked.store(true, SeqCst);
            oldest.close.notify_one();
        }
    }
}

impl Connection {
    /// The client has sent or taken something.
    pub(super) fn moved(&self) {
        self.last.store(self.steps.fetch_add(1, SeqCst), SeqCst);
    }

    /// Returns when the client has neither sent nor taken anything for so long.
    pub(super) async fn silent_for(&self, time: Duration) {
        loop {
            let before = self.last.load(SeqCst);
            tokio::time::sleep(time).await;
            if self.last.load(SeqCst) == before {
                return;
            }
        }
    }

    /// A request is whole, or its answer is ready.
    pub(super) fn set_answering(&self, answering: bool) {
        self.answering.store(answering, SeqCst);
        if !answering {
            self.idle.notify_one();
        }
    }

    /// Returns when it is to close: it was asked to, and is not being answered.
    pub(super) async fn told_to_close(&self) {
        loop {
            self.close.notified().await;
            if !self.answering.load(SeqCst) {
                return;
            }
            // Another one is to be asked in its place.
            self.asked.store(false, SeqCst);
            self.idle.notify_one();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(connections: &[&Arc<Connection>]) -> Vec<bool> {
        connections.iter().map(|connection| connection.asked.load(SeqCst)).collect()
    }

    #[test]
    fn the_one_that_has_waited_longest_is_asked_and_none_that_is_answered() {
        let all = Connections::default();
        let (first, second, third) = (all.add(), all.add(), all.add());
        first.set_answering(true);
        second.moved();
        all.close_idle();
        assert_eq!(asked(&[&first, &second, &third]), [false, false, true]);
        // It has not closed yet: the next one is asked, and then there is none.
        all.close_idle();
        assert_eq!(asked(&[&first, &second, &third]), [false, true, true]);
        all.close_idle();
        assert_eq!(asked(&[&first, &second, &third]), [false, true, true]);
        all.remove(&third);
        first.set_answering(false);
        all.close_idle();
        assert_eq!(asked(&[&first]), [true]);
    }
}
