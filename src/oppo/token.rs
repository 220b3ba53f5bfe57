//! The auth token's cache as the client sees it: under which key, how long it is good, what a cache must be able to do.
//! Where tokens are kept belongs to `store`; when one is fetched, to `auth`.

use super::{TokenKey, lock};
use crate::clock::Timestamp;
use crate::config::Secret;
use crate::failure::Problem;
use std::time::Duration;

/// A token is used this long. OPPO's last 24 hours; the rest is for clocks and for sends that are under way
/// (OPPO reference, section 2).
pub(crate) const USED_FOR: Duration = Duration::from_secs(20 * 3600);

/// A token that seems to come from the future by more than this was cached while the clock was wrong.
const CLOCK_SLACK: Duration = Duration::from_secs(10 * 60);

/// A token, and when it was asked for by our own clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CachedToken {
    pub token: Secret,
    pub obtained_at: Timestamp,
}

/// Keeps tokens for many opush processes at once.
pub trait TokenCache {
    fn get(&self, key: &TokenKey) -> Result<Option<CachedToken>, Problem>;

    fn put(&self, key: &TokenKey, token: &CachedToken) -> Result<(), Problem>;

    /// Removes the token, but only if it is still this one: another process may have renewed it already.
    fn forget(&self, key: &TokenKey, token: &Secret) -> Result<(), Problem>;

    /// The right to authenticate for this key, held by one holder across all processes; `None` while somebody else has
    /// it. It must not outlive its process.
    fn try_lock(&self, key: &TokenKey) -> Result<Option<lock::Guard>, Problem>;
}

impl CachedToken {
    /// Whether it may still be used.
    pub(crate) fn is_fresh(&self, now: Timestamp) -> bool {
        let age = now.duration_since(self.obtained_at);
        if age.is_negative() { age.unsigned_abs() < CLOCK_SLACK } else { age.unsigned_abs() < USED_FOR }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_used_for_twenty_hours() {
        let at = |seconds: i64| Timestamp::from_second(1_700_000_000 + seconds).expect("in range");
        let token = CachedToken { token: Secret::new("t"), obtained_at: at(0) };
        assert!(token.is_fresh(at(0)));
        assert!(token.is_fresh(at(20 * 3600 - 1)));
        assert!(!token.is_fresh(at(20 * 3600)));
        assert!(token.is_fresh(at(-599)));
        assert!(!token.is_fresh(at(-600)));
    }
}
