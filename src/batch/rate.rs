//! Recipients per second over all calls, as OPPO counts: slower when the vendor throttles, and back again.

use std::cell::RefCell;
use std::time::Duration;

use tokio::time::Instant;

use crate::waiting;

/// The rate never falls below this part of what was asked for.
const SLOWEST: f64 = 64.0;

/// What each accepted call brings back of the rate.
const RECOVERY: f64 = 0.05;

/// Without a limit, throttling begins from here.
const UNLIMITED: f64 = 50_000.0;

/// A wait is looked at this often for a wish to stop.
const LOOK: Duration = Duration::from_millis(50);

/// Lets calls go one after the other.
#[derive(Debug)]
pub(crate) struct Rate(RefCell<State>);

#[derive(Debug)]
struct State {
    asked: Option<f64>,
    /// Recipients per second now; `None` is no limit.
    now: Option<f64>,
    next: Instant,
}

/// A person asked to stop while a call waited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stopped;

impl Rate {
    pub(crate) fn new(asked: Option<u64>) -> Rate {
        let asked = asked.map(|rate| rate as f64);
        Rate(RefCell::new(State { asked, now: asked, next: Instant::now() }))
    }

    /// Waits until so many recipients may go.
    pub(crate) async fn wait(&self, recipients: usize) -> Result<(), Stopped> {
        let at = self.0.borrow_mut().reserve(recipients, Instant::now());
        pause_until(at).await
    }

    /// The vendor throttles: half the rate, and nothing for a while.
    pub(crate) fn slow_down(&self, pause: Duration) {
        self.0.borrow_mut().slow_down(pause, Instant::now());
    }

    pub(crate) fn recover(&self) {
        self.0.borrow_mut().recover();
    }
}

/// Sleeps, unless a person asks to stop.
pub(super) async fn pause_until(at: Instant) -> Result<(), Stopped> {
    loop {
        if waiting::is_stopped() {
            return Err(Stopped);
        }
        let left = at.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(());
        }
        tokio::time::sleep(left.min(LOOK)).await;
    }
}

impl State {
    fn reserve(&mut self, recipients: usize, now: Instant) -> Instant {
        let at = self.next.max(now);
        if let Some(rate) = self.now {
            self.next = at + Duration::from_secs_f64(recipients as f64 / rate);
        }
        at
    }

    fn slow_down(&mut self, pause: Duration, now: Instant) {
        let asked = self.asked.unwrap_or(UNLIMITED);
        self.now = Some((self.now.unwrap_or(asked) / 2.0).max(asked / SLOWEST));
        self.next = self.next.max(now + pause);
    }

    fn recover(&mut self) {
        let Some(rate) = self.now else { return };
        let asked = self.asked.unwrap_or(UNLIMITED);
        let faster = rate + asked * RECOVERY;
        self.now = if faster < asked { Some(faster) } else { self.asked };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_spread_by_their_recipients() {
        let start = Instant::now();
        let mut state = State { asked: Some(1000.0), now: Some(1000.0), next: start };
        let at: Vec<Duration> = [500, 1000, 1].map(|count| state.reserve(count, start) - start).to_vec();
        assert_eq!(at, [0, 500, 1500].map(Duration::from_millis));
        let later = start + Duration::from_secs(9);
        assert_eq!(state.reserve(1, later), later);
    }

    #[test]
    fn throttling_halves_the_rate_and_success_brings_it_back() {
        let start = Instant::now();
        let mut state = State { asked: Some(1000.0), now: Some(1000.0), next: start };
        state.slow_down(Duration::from_secs(1), start);
        assert_eq!(state.now, Some(500.0));
        assert_eq!(state.reserve(1, start), start + Duration::from_secs(1));
        (0..20).for_each(|_| state.slow_down(Duration::ZERO, start));
        assert_eq!(state.now, Some(1000.0 / SLOWEST));
        (0..20).for_each(|_| state.recover());
        assert_eq!(state.now, Some(1000.0));
        let mut unlimited = State { asked: None, now: None, next: start };
        unlimited.slow_down(Duration::ZERO, start);
        assert!(unlimited.now.is_some());
        (0..30).for_each(|_| unlimited.recover());
        assert_eq!(unlimited.now, None);
    }
}
