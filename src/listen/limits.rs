//! What clients of a listener may use.

use std::time::Duration;

/// What clients may use.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections open at once. One more closes the one that has waited longest for its client.
    pub connections: usize,
    /// For a request's head, and for a connection that is kept open without one.
    pub head: Duration,
    /// For a request's body once its head is there.
    pub body: Duration,
    /// Bytes of a body.
    pub body_bytes: usize,
    /// For a client to take some more of its answer.
    pub write: Duration,
    /// Bytes of all answers that clients have not taken yet. More of them close the connections that have waited longest.
    pub answer_bytes: usize,
    /// For a tunnel in which nothing moves.
    pub tunnel: Duration,
    /// For answers under way when the listener is stopped.
    pub stop: Duration,
}

impl Limits {
    pub const DEFAULT: Limits = Limits {
        connections: 64,
        head: Duration::from_secs(10),
        body: Duration::from_secs(10),
        body_bytes: 64 * 1024,
        write: Duration::from_secs(10),
        answer_bytes: 4 << 20,
        tunnel: Duration::from_secs(300),
        stop: Duration::from_secs(2),
    };
}
