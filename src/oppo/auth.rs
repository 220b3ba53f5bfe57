//! The auth call, and the rule that it is made once however many sends and processes need a token at once.

use std::time::{Duration, Instant};

use serde_json::{Map, Value};

use super::deadline::{Deadline, MAX_TRIES};
use super::error::Cause;
use super::{
    CachedToken, Call, CallError, Client, ClockDifference, Credentials, Exchange, Request, TokenCache,
    TokenKey,
};
use crate::clock::Timestamp;
use crate::config::Secret;

/// How long to wait before looking again whether another process is done authenticating.
const LOCK_POLL: Duration = Duration::from_millis(5);

/// What a successful auth call yields.
#[derive(Debug)]
pub(super) struct Granted {
    pub(crate) token: Secret,
    /// The vendor's `create_time`.
    pub(crate) created: Option<Timestamp>,
    pub(crate) asked_at: Timestamp,
}

impl Client {
    /// A token that is good now: the cached one, else a new one; and the requests that were made for it.
    pub(crate) async fn auth_token(
        &self,
        credentials: &Credentials,
        cache: &dyn TokenCache,
    ) -> Result<(Secret, Vec<Exchange>), CallError> {
        let mut exchanges = Vec::new();
        let deadline = Deadline::after(self.timeout);
        match self.token(credentials, cache, None, &deadline, &mut exchanges).await {
            Ok(token) => Ok((token, exchanges)),
            Err(cause) => Err(CallError { cause, exchanges }),
        }
    }

    /// A token from the cache, or a new one. `refused` is one that the vendor has just called invalid.
    pub(super) async fn token(
        &self,
        credentials: &Credentials,
        cache: &dyn TokenCache,
        refused: Option<&Secret>,
        deadline: &Deadline,
        log: &mut Vec<Exchange>,
    ) -> Result<Secret, Cause> {
        let key = TokenKey::new(&self.endpoints, credentials);
        if let Some(token) = self.cached(cache, &key, refused)? {
            return Ok(token);
        }
        let guard = loop {
            if let Some(guard) = cache.try_lock(&key).map_err(kept)? {
                break guard;
            }
            if deadline.is_over() {
                let doing = "waiting for another opush to finish authenticating".to_owned();
                return Err(Cause::Timeout { after: deadline.total(), doing });
            }
            tokio::time::sleep(LOCK_POLL).await;
        };
        // Whoever held the lock before may have put a token there.
        if let Some(token) = self.cached(cache, &key, refused)? {
            return Ok(token);
        }
        if let Some(refused) = refused {
            cache.forget(&key, refused).map_err(kept)?;
        }
        let granted = self.authenticate(credentials, deadline, log).await?;
        let token = CachedToken { token: granted.token, obtained_at: granted.asked_at };
        cache.put(&key, &token).map_err(kept)?;
        drop(guard);
        Ok(token.token)
    }

    fn cached(
        &self,
        cache: &dyn TokenCache,
        key: &TokenKey,
        refused: Option<&Secret>,
    ) -> Result<Option<Secret>, Cause> {
        let found = cache.get(key).map_err(kept)?;
        // Read after the cache: a token put there meanwhile is not from the future.
        let now = self.clock.now();
        let usable = found.filter(|found| found.is_fresh(now) && Some(&found.token) != refused);
        Ok(usable.map(|found| found.token))
    }

    /// The auth call itself. It pushes nothing, so it is repeated wherever another try could help.
    pub(super) async fn authenticate(
        &self,
        credentials: &Credentials,
        deadline: &Deadline,
        log: &mut Vec<Exchange>,
    ) -> Result<Granted, Cause> {
        for number in 1.. {
            // Each try is signed anew: the vendor compares the timestamp with its own clock.
            let asked_at = self.clock.now();
            let request = Request::auth(&self.endpoints, credentials, asked_at);
            let (exchange, result) = self.http.call(&request, number, deadline).await;
            log.push(exchange);
            let (cause, again) = match self.http.data(Call::Auth, result, deadline) {
                Ok(data) => {
                    let token = token_in(&data)
                        .ok_or_else(|| self.http.bad_answer(Call::Auth, "a success without an auth token"))?;
                    return Ok(Granted { token, created: created_in(&data), asked_at });
                }
                Err(failed) => failed,
            };
            if !again || number >= MAX_TRIES || !deadline.pause(number).await {
                return Err(cause);
            }
        }
        unreachable!("the last try returns")
    }
}

fn kept(problem: crate::failure::Problem) -> Cause {
    Cause::TokenCache(Box::new(problem))
}

fn token_in(data: &Map<String, Value>) -> Option<Secret> {
    let token = ["auth_token", "authToken"].iter().find_map(|key| data.get(*key)?.as_str())?;
    let usable = !token.is_empty() && token.len() <= 4096 && !token.chars().any(char::is_control);
    usable.then(|| Secret::new(token))
}

fn created_in(data: &Map<String, Value>) -> Option<Timestamp> {
    let value = ["create_time", "createTime"].iter().find_map(|key| data.get(*key))?;
    let millis = value.as_i64().or_else(|| value.as_str()?.parse().ok())?;
    Timestamp::from_millisecond(millis).ok()
}

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
            return Err(CallError { cause: kept(problem), exchanges });
        }
        Ok(Verified { clock, created, exchanges, elapsed: started.elapsed() })
    }
}
