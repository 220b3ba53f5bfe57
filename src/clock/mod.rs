//! Time as a value: main makes the one clock that reads the system's time, everything else is handed it.
//! What time means for a rule (ten minutes, seven days) belongs to the room of that rule.

mod duration;

use std::sync::Arc;

pub(crate) use duration::{describe_duration, duration};
pub use jiff::Timestamp;

/// Gives the time, UTC. Tests hand in a fixed one, or one moved by hand.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// A clock that answers with whatever `read` returns at each call.
    pub fn new(read: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Clock(Arc::new(read))
    }

    /// A clock that always says the same.
    pub fn fixed(at: Timestamp) -> Self {
        Clock::new(move || at)
    }

    /// The time now.
    pub(crate) fn now(&self) -> Timestamp {
        (self.0)()
    }
}

impl std::fmt::Debug for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Clock")
    }
}
