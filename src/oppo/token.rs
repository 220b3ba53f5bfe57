//! The auth token's cache as the client sees it: under which key, how long it is good, what a cache must be able to do.

use std::time::Duration;

use url::Url;

use super::credentials::hex_sha256;
use super::{Credentials, Endpoints, lock};
use crate::clock::Timestamp;
use crate::config::Secret;
use crate::failure::Problem;

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

/// What a token belongs to: the hosts that it goes to, AppKey and MasterSecret. Only a digest is kept, so a changed secret
/// misses, and so does a changed host.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TokenKey {
    digest: String,
}

impl TokenKey {
    pub fn new(endpoints: &Endpoints, credentials: &Credentials) -> TokenKey {
        let secret = hex_sha256(&[credentials.master_secret.reveal()]);
        let host = |url: &Option<Url>| url.as_ref().map(Url::to_string).unwrap_or_default();
        let Endpoints { push, device, media, feedback } = endpoints;
        let [device, media, feedback] = [device, media, feedback].map(host);
        // Neither a URL nor a credential has a line break in it, so no two keys run into each other.
        let parts = [push.as_str(), &device, &media, &feedback, &credentials.app_key, &secret];
        TokenKey { digest: hex_sha256(&[&parts.join("\n")]) }
    }

    /// 64 hex digits.
    pub fn digest(&self) -> &str {
        &self.digest
    }
}

#[cfg(test)]
mod tests {
    use super::super::Overrides;
    use super::*;
    use crate::config::{Region, Secret};

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

    fn key(region: Region, app_key: &str, secret: &str) -> TokenKey {
        let credentials = Credentials {
            app_id: "1".to_owned(),
            app_key: app_key.to_owned(),
            master_secret: Secret::new(secret),
        };
        TokenKey::new(&Endpoints::resolve(region, &Overrides::default()).expect("known"), &credentials)
    }

    #[test]
    fn a_changed_endpoint_app_key_or_secret_misses() {
        let one = key(Region::Cn, "k", "s");
        assert_eq!(one, key(Region::Cn, "k", "s"));
        for other in [key(Region::CnLegacy, "k", "s"), key(Region::Cn, "K", "s"), key(Region::Cn, "k", "S")] {
            assert_ne!(one, other);
        }
        assert_eq!(one.digest().len(), 64);
    }

    #[test]
    fn a_token_is_for_every_host_that_it_was_made_for_and_no_other() {
        let credentials =
            Credentials { app_id: "1".to_owned(), app_key: "k".to_owned(), master_secret: Secret::new("s") };
        let with = |change: fn(&mut Overrides, Url)| {
            let mut overrides = Overrides::default();
            change(&mut overrides, Url::parse("https://other.example").expect("a URL"));
            TokenKey::new(&Endpoints::resolve(Region::Cn, &overrides).expect("known"), &credentials)
        };
        let keys = [
            with(|_, _| {}),
            with(|overrides, url| overrides.push = Some(url)),
            with(|overrides, url| overrides.device = Some(url)),
            with(|overrides, url| overrides.media = Some(url)),
            with(|overrides, url| overrides.feedback = Some(url)),
            with(|overrides, url| overrides.all = Some(url)),
        ];
        let different: std::collections::BTreeSet<&str> = keys.iter().map(TokenKey::digest).collect();
        assert_eq!(different.len(), keys.len());
    }
}
