//! How long this process waits for others, such as the holder of a lock: a limit for each wait, and a flag that ends all of them.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

/// Longest pause between two tries. Who holds a lock for long pauses for longer between its pieces: see [`let_others_in`].
const LONGEST_PAUSE: Duration = Duration::from_millis(20);

static LIMIT_MS: AtomicU64 = AtomicU64::new(30_000);
static STOP: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);

/// Once it is set, no wait goes on: the process is to end.
pub(crate) fn stop_flag() -> &'static Arc<AtomicBool> {
    &STOP
}

pub(crate) fn is_stopped() -> bool {
    STOP.load(Ordering::Relaxed)
}

/// How long each wait of this process may take.
pub(crate) fn limit() -> Duration {
    Duration::from_millis(LIMIT_MS.load(Ordering::Relaxed))
}

/// Sets it from `--timeout`, before the command begins.
pub(crate) fn set_limit(limit: Duration) {
    LIMIT_MS.store(u64::try_from(limit.as_millis()).unwrap_or(u64::MAX), Ordering::Relaxed);
}

/// Gives every process that waits for a lock a chance to take it, between two pieces of long work.
pub(crate) fn let_others_in() {
    std::thread::sleep(LONGEST_PAUSE + LONGEST_PAUSE / 4);
}

/// One wait: pauses that grow, until the time is over or the process is to end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wait {
    deadline: Option<Instant>,
    pause: Duration,
}

impl Wait {
    pub(crate) fn begin() -> Wait {
        Wait::at_most(limit())
    }

    pub(crate) fn at_most(limit: Duration) -> Wait {
        Wait { deadline: Instant::now().checked_add(limit), pause: Duration::from_millis(1) }
    }

    /// Pauses before the next try; false if there is to be none.
    pub(crate) fn goes_on(&mut self) -> bool {
        let left = self.left();
        if left.is_zero() || is_stopped() {
            return false;
        }
        std::thread::sleep(self.pause.min(left));
        self.pause = (self.pause * 2).min(LONGEST_PAUSE);
        true
    }

    pub(crate) fn left(&self) -> Duration {
        self.deadline.map_or(Duration::MAX, |deadline| deadline.saturating_duration_since(Instant::now()))
    }
}
