//! What clients of a listener may use.

use std::time::Duration;

/// What clients may use.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections open at once; further ones wait to be accepted.
    pub connections: usize,
    /// For a request's head, and for a connection that is kept open without one.
    pub head: Duration,
    /// For a request's body once its head is there.
    pub body: Duration,
    /// Bytes of a body.
    pub body_bytes: usize,
    /// For answers under way when the listener is stopped.
    pub stop: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            connections: 64,
            head: Duration::from_secs(10),
            body: Duration::from_secs(10),
            body_bytes: 64 * 1024,
            stop: Duration::from_secs(2),
        }
    }
}
