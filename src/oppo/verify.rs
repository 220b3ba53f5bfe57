//! Proves AppKey and MasterSecret by a new auth call, and compares this machine's clock with the vendor's.

use super::deadline::Deadline;
use super::{CachedToken, CallError, Client, ClockDifference, Credentials, Exchange, TokenCache, TokenKey};
use crate::clock::Timestamp;
use std::time::{Duration, Instant};

/// OPPO accepted AppKey and MasterSecret just now.
#[derive(Clone, Debug)]
pub struct Verified {
    /// `None` if the answer had no Date header.
    pub clock: Option<ClockDifference>,
    /// When OPPO made the token, by its own clock.
    pub created: Option<Timestamp>,
    pub(crate) exchanges: Vec<Exchange>,
    pub(crate) elapsed: Duration,
}

impl Client {
    /// Always authenticates again. The new token goes into the cache: whether it voids the older one is not known
    /// (OPPO reference, section 2).
    pub async fn verify(
        &self,
        credentials: &Credentials,
        cache: &dyn TokenCache,
    ) -> Result<Verified, CallError> {
        let started = Instant::now();
        let deadline = Deadline::after(self.timeout);
        let mut exchanges = Vec::new();
        let granted = match self.authenticate(credentials, &deadline, &mut exchanges).await {
            Ok(granted) => granted,
            Err(cause) => return Err(CallError { cause, exchanges }),
        };
        let clock = exchanges.last().and_then(|exchange| exchange.clock);
        let created = granted.created;
        let token = CachedToken { token: granted.token, obtained_at: granted.asked_at };
        if let Err(problem) = cache.put(&TokenKey::new(&self.endpoints, credentials), &token) {
            return Err(CallError { cause: super::Cause::TokenCache(Box::new(problem)), exchanges });
        }
        Ok(Verified { clock, created, exchanges, elapsed: started.elapsed() })
    }
}
