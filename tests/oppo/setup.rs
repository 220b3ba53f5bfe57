//! Credentials, clients, targets and a token cache for the tests of this folder.

use opush::clock::{Clock, Timestamp};
use opush::config::{Region, Secret};
use opush::failure::Problem;
use opush::oppo::{
    CachedToken, CallError, Client, Credentials, Endpoints, Overrides, Push, RegId, Sent, Target, TokenCache,
    TokenKey, Verified, lock,
};
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tempfile::TempDir;
use url::Url;

/// The reference's time of its examples.
pub const NOW: i64 = 1_700_000_000_000;

/// Long enough for any answer that comes.
pub const AMPLE: Duration = Duration::from_secs(60);

/// Kept in memory; the lock is the real one, on a file. Clones share both, as processes share a state folder.
#[derive(Clone)]
pub struct MemoryCache {
    tokens: Arc<Mutex<HashMap<String, CachedToken>>>,
    pub folder: Arc<TempDir>,
}

impl MemoryCache {
    pub fn empty() -> MemoryCache {
        MemoryCache { tokens: Arc::default(), folder: Arc::new(tempfile::tempdir().expect("a folder")) }
    }

    pub fn holds(&self) -> Vec<String> {
        let tokens = self.tokens.lock().expect("not poisoned");
        tokens.values().map(|cached| cached.token.reveal().to_owned()).collect()
    }
}

impl TokenCache for MemoryCache {
    fn get(&self, key: &TokenKey) -> Result<Option<CachedToken>, Problem> {
        Ok(self.tokens.lock().expect("not poisoned").get(key.digest()).cloned())
    }

    fn put(&self, key: &TokenKey, token: &CachedToken) -> Result<(), Problem> {
        self.tokens.lock().expect("not poisoned").insert(key.digest().to_owned(), token.clone());
        Ok(())
    }

    fn forget(&self, key: &TokenKey, token: &Secret) -> Result<(), Problem> {
        let mut tokens = self.tokens.lock().expect("not poisoned");
        if tokens.get(key.digest()).is_some_and(|cached| cached.token == *token) {
            tokens.remove(key.digest());
        }
        Ok(())
    }

    fn try_lock(&self, key: &TokenKey) -> Result<Option<lock::Guard>, Problem> {
        Ok(lock::try_lock(self.folder.path(), key).expect("the folder exists"))
    }
}

pub fn credentials() -> Credentials {
    Credentials {
        app_id: "30001".to_owned(),
        app_key: "demo-app-key".to_owned(),
        master_secret: Secret::new("demo-master-secret"),
    }
}

pub fn now() -> Timestamp {
    Timestamp::from_millisecond(NOW).expect("in range")
}

pub fn endpoints(url: &str) -> Endpoints {
    let all = Some(Url::parse(url).expect("a URL"));
    Endpoints::resolve(Region::Sandbox, &Overrides { all, ..Default::default() }).expect("loopback")
}

pub fn client_at(url: &str, timeout: Duration, at: Timestamp) -> Client {
    Client::new(endpoints(url), Clock::fixed(at), timeout).expect("a client")
}

pub fn client(url: &str, timeout: Duration) -> Client {
    client_at(url, timeout, now())
}

pub fn reg_id() -> Target {
    Target::RegId(RegId::parse("OPPO_CN_00000000000000000000000000000001").expect("a regId"))
}

pub fn notification() -> Map<String, Value> {
    let value = json!({"app_message_id": "m-1", "title": "Hi", "content": "hello"});
    value.as_object().expect("an object").clone()
}

pub fn wait_for<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(future)
}

/// Pushes [`notification`] to `target`.
pub fn push(client: &Client, cache: &MemoryCache, target: &Target) -> Result<Sent, CallError> {
    let notification = notification();
    let push = Push { target, notification: &notification, verify_registration_id: false };
    wait_for(client.unicast(&credentials(), cache, &push))
}

pub fn verify(client: &Client, cache: &MemoryCache) -> Result<Verified, CallError> {
    wait_for(client.verify(&credentials(), cache))
}
