//! A value that several threads use one after the other, and none of them twice while another waits.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// A plain mutex would let the thread that has just let go take it again at once, as often as it likes.
pub(super) struct InTurn<T> {
    /// Held by the one that is next.
    next: Mutex<()>,
    value: Mutex<T>,
}

impl<T> InTurn<T> {
    pub(super) fn new(value: T) -> InTurn<T> {
        InTurn { next: Mutex::new(()), value: Mutex::new(value) }
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, T> {
        let _next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        self.value.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

    use super::*;

    #[test]
    fn one_that_waits_is_not_passed_by() {
        let (value, waited) = (InTurn::new(0_u64), AtomicBool::new(false));
        std::thread::scope(|scope| {
            scope.spawn(|| {
                // Without turns it would hold the value nearly all of the time.
                while !waited.load(SeqCst) {
                    *value.lock() += 1;
                }
            });
            for _ in 0..1_000 {
                *value.lock() += 1;
            }
            waited.store(true, SeqCst);
        });
    }
}
