//! How long an operation may take in all, how long one try of it, and how long to wait between two.
//! Whether a try may be repeated belongs to `client`.

use std::time::Duration;
use tokio::time::Instant;

/// A push is requested at most this often in all.
pub(crate) const MAX_TRIES: u32 = 3;

/// A try gets at least this long, if the whole has it left: a vendor that answers late is better waited for than asked
/// again.
const SHORTEST_TRY: Duration = Duration::from_secs(10);

/// No connection takes longer than this.
const CONNECT: Duration = Duration::from_secs(5);

/// The point in time at which an operation has to have ended, all tries together.
#[derive(Clone, Copy, Debug)]
pub(super) struct Deadline {
    end: Instant,
    total: Duration,
}

impl Deadline {
    pub(crate) fn after(total: Duration) -> Deadline {
        Deadline { end: Instant::now() + total, total }
    }

    pub(crate) fn total(&self) -> Duration {
        self.total
    }

    pub(crate) fn left(&self) -> Duration {
        self.end.saturating_duration_since(Instant::now())
    }

    pub(crate) fn is_over(&self) -> bool {
        self.left().is_zero()
    }

    /// How long the next try may take: a third of the whole, at least ten seconds, never more than is left.
    pub(crate) fn of_a_try(&self) -> Duration {
        (self.total / MAX_TRIES).max(SHORTEST_TRY).min(self.left())
    }

    /// Waits 100 ms, 200 ms, ... with jitter before the try after `tries`. `false`, at once, if too little time would be
    /// left for a connection: a try that is cut off while connecting cannot tell whether anything was sent.
    pub(crate) async fn pause(&self, tries: u32) -> bool {
        let pause = back_off(tries, rand::random_range(0.5..=1.0));
        if self.left() < pause + connect_timeout(self.total) {
            return false;
        }
        tokio::time::sleep(pause).await;
        true
    }
}

/// How long a connection may take. It is always less than the whole, so that "no connection" differs from "no
/// answer".
pub(super) fn connect_timeout(total: Duration) -> Duration {
    CONNECT.min(total / MAX_TRIES)
}

fn back_off(tries: u32, jitter: f64) -> Duration {
    let doubled = Duration::from_millis(100) * 2u32.pow(tries.saturating_sub(1).min(6));
    doubled.mul_f64(jitter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double() {
        assert_eq!(back_off(1, 1.0), Duration::from_millis(100));
        assert_eq!(back_off(2, 1.0), Duration::from_millis(200));
        assert_eq!(back_off(2, 0.5), Duration::from_millis(100));
        assert_eq!(back_off(u32::MAX, 1.0), Duration::from_millis(6400));
    }

    #[test]
    fn a_connection_takes_less_than_the_whole() {
        assert_eq!(connect_timeout(Duration::from_secs(30)), Duration::from_secs(5));
        assert_eq!(connect_timeout(Duration::from_secs(3)), Duration::from_secs(1));
    }

    #[test]
    fn a_try_never_gets_more_than_is_left() {
        assert!(Deadline::after(Duration::from_secs(2)).of_a_try() <= Duration::from_secs(2));
        assert!(Deadline::after(Duration::from_secs(60)).of_a_try() <= Duration::from_secs(20));
        assert!(Deadline::after(Duration::ZERO).is_over());
    }
}
