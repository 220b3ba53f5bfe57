//! Which rows of the sandbox's state changed, each with a number, for those who follow it. The newest few thousand are kept.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::hooks::Action;
use tokio::sync::watch;

/// Of a follower that is further behind nothing is known but that it missed something.
const KEPT: usize = 8192;

/// What changed; the number is that of its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Change {
    Call(i64),
    /// A push to a phone: it came, or came to another stage.
    Message(i64),
    Phone(i64),
    /// The login on a phone.
    Session(i64),
    /// A phone is gone, or has another alias.
    Phones,
    Apps,
    Faults,
    Clock,
    /// The log of calls was cleared.
    Cleared,
    /// All that happened is forgotten.
    Reset,
}

impl Change {
    /// What the change of a row means, if it means anything to a follower.
    fn of(action: Action, table: &str, row: i64) -> Option<Change> {
        Some(match (table, action) {
            ("call", Action::SQLITE_INSERT) => Change::Call(row),
            ("delivery", Action::SQLITE_INSERT | Action::SQLITE_UPDATE) => Change::Message(row),
            ("phone", Action::SQLITE_INSERT | Action::SQLITE_UPDATE) => Change::Phone(row),
            ("im_session", Action::SQLITE_INSERT | Action::SQLITE_UPDATE) => Change::Session(row),
            ("phone" | "alias", _) => Change::Phones,
            ("app" | "im_app", _) => Change::Apps,
            ("fault", _) => Change::Faults,
            _ => return None,
        })
    }
}

/// The changes of a state in this process; those of other processes go unnoticed.
pub(crate) struct Changes {
    ring: Mutex<Ring>,
    /// The number of the newest change that is committed.
    committed: watch::Sender<u64>,
    /// Tells the numbers of this run from those of another.
    pub(crate) run: u32,
}

#[derive(Default)]
struct Ring {
    changes: VecDeque<Change>,
    /// The number of the newest.
    newest: u64,
}

impl Changes {
    pub(super) fn new() -> Changes {
        Changes { ring: Mutex::default(), committed: watch::Sender::new(0), run: rand::random() }
    }

    fn ring(&self) -> MutexGuard<'_, Ring> {
        self.ring.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes the change of a row, which is not committed yet. That it may be rolled back does no harm: followers look.
    pub(super) fn row(&self, action: Action, table: &str, row: i64) {
        if let Some(change) = Change::of(action, table, row) {
            self.note(change);
        }
    }

    pub(crate) fn note(&self, change: Change) {
        let mut ring = self.ring();
        // A push is added, and then settled.
        if ring.changes.back() == Some(&change) && ring.newest > *self.committed.borrow() {
            return;
        }
        if ring.changes.len() == KEPT {
            ring.changes.pop_front();
        }
        ring.changes.push_back(change);
        ring.newest += 1;
    }

    /// What was noted is committed.
    pub(super) fn commit(&self) {
        let newest = self.ring().newest;
        self.committed.send_if_modified(|committed| std::mem::replace(committed, newest) != newest);
    }

    /// Tells of each commit with changes.
    pub(crate) fn follow(&self) -> watch::Receiver<u64> {
        self.committed.subscribe()
    }

    /// The changes after this number up to that one, at most so many, and the number of the last; `None` where some of them
    /// are forgotten.
    pub(crate) fn between(&self, after: u64, to: u64, most: usize) -> Option<(Vec<Change>, u64)> {
        let ring = self.ring();
        let oldest = ring.newest - ring.changes.len() as u64;
        if after < oldest || after > ring.newest {
            return None;
        }
        let from = (after - oldest) as usize;
        let count = to.saturating_sub(after).min(most as u64) as usize;
        let changes: Vec<Change> = ring.changes.iter().skip(from).take(count).copied().collect();
        let last = after + changes.len() as u64;
        Some((changes, last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn followers_go_on_where_they_were_as_long_as_it_is_kept() {
        let changes = Changes::new();
        for row in 1..=3 {
            changes.note(Change::Call(row));
        }
        changes.note(Change::Call(3));
        changes.commit();
        assert_eq!(*changes.follow().borrow(), 3, "what is noted twice in a transaction counts once");
        assert_eq!(changes.between(0, 3, 2), Some((vec![Change::Call(1), Change::Call(2)], 2)));
        assert_eq!(changes.between(2, 3, 2), Some((vec![Change::Call(3)], 3)));
        assert_eq!(changes.between(3, 3, 2), Some((vec![], 3)));
        assert_eq!(changes.between(4, 4, 2), None, "a number that was never given");
        changes.note(Change::Call(3));
        changes.commit();
        assert_eq!(*changes.follow().borrow(), 4, "the same row changed again");
        for row in 0..KEPT as i64 {
            changes.note(Change::Message(row));
        }
        assert_eq!(changes.between(3, 9, 2), None, "forgotten");
        assert_eq!(changes.between(4, 9, 1), Some((vec![Change::Message(0)], 5)));
    }
}
