//! The table of cached auth tokens, one per endpoint, AppKey and MasterSecret.
//! How long one is used, and when it is renewed, belongs to `oppo`.

use rusqlite::{OptionalExtension, params};

use super::{Store, StoreError, time_at, to_ms};
use crate::clock::Timestamp;
use crate::config::Secret;

/// Tokens are valid for 24 h (OPPO reference, section 2); what is older than this is only a secret lying about.
const KEPT_MS: i64 = 48 * 60 * 60 * 1000;

/// A token of the vendor's, as it was obtained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AuthToken {
    pub(crate) token: Secret,
    pub(crate) obtained_at: Timestamp,
}

/// What a token belongs to. The digest covers endpoint, AppKey and MasterSecret, so that a changed secret misses.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TokenOwner<'a> {
    pub(crate) key_digest: &'a str,
    pub(crate) endpoint: &'a str,
    pub(crate) app_key: &'a str,
}

/// The token kept under `key_digest`, however old.
pub(crate) fn auth_token(store: &Store, key_digest: &str) -> Result<Option<AuthToken>, StoreError> {
    store.read(|connection| {
        let mut statement =
            connection.prepare_cached("SELECT token, obtained_at FROM auth_token WHERE key_digest = ?1")?;
        statement
            .query_row([key_digest], |row| {
                Ok(AuthToken { token: Secret::new(row.get::<_, String>(0)?), obtained_at: time_at(row, 1)? })
            })
            .optional()
    })
}

/// Keeps `token`, in place of any that was kept under the same digest. Tokens long expired are wiped on the way.
pub(crate) fn put_auth_token(
    store: &Store,
    owner: TokenOwner<'_>,
    token: &AuthToken,
) -> Result<(), StoreError> {
    let now = to_ms(store.now());
    store.write(|tx| {
        tx.execute("DELETE FROM auth_token WHERE obtained_at < ?1", [now - KEPT_MS])?;
        tx.execute(
            "INSERT INTO auth_token (key_digest, endpoint, app_key, token, obtained_at)
             VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (key_digest) DO UPDATE
             SET endpoint = excluded.endpoint, app_key = excluded.app_key,
                 token = excluded.token, obtained_at = excluded.obtained_at",
            params![
                owner.key_digest,
                owner.endpoint,
                owner.app_key,
                token.token.reveal(),
                to_ms(token.obtained_at)
            ],
        )?;
        Ok(())
    })
}

/// Forgets `token`, which the vendor called invalid. One that another process put in its place meanwhile stays;
/// `false` says so.
pub(crate) fn forget_auth_token(store: &Store, key_digest: &str, token: &Secret) -> Result<bool, StoreError> {
    store.write(|tx| {
        let gone = tx.execute(
            "DELETE FROM auth_token WHERE key_digest = ?1 AND token = ?2",
            params![key_digest, token.reveal()],
        )?;
        Ok(gone > 0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;

    const OWNER: TokenOwner<'_> =
        TokenOwner { key_digest: "d1", endpoint: "https://push.example", app_key: "key" };

    fn at(ms: i64) -> Timestamp {
        Timestamp::from_millisecond(ms).unwrap()
    }

    fn token(text: &str, ms: i64) -> AuthToken {
        AuthToken { token: Secret::new(text), obtained_at: at(ms) }
    }

    #[test]
    fn the_newest_token_is_kept_under_its_digest_alone() {
        let store = Store::in_memory(Clock::fixed(at(2_000))).unwrap();
        assert_eq!(auth_token(&store, "d1").unwrap(), None);
        put_auth_token(&store, OWNER, &token("a", 1_000)).unwrap();
        put_auth_token(&store, OWNER, &token("b", 2_000)).unwrap();
        assert_eq!(auth_token(&store, "d1").unwrap(), Some(token("b", 2_000)));
        assert_eq!(auth_token(&store, "d2").unwrap(), None);
    }

    #[test]
    fn forgetting_an_old_token_leaves_the_renewed_one() {
        let store = Store::in_memory(Clock::fixed(at(2_000))).unwrap();
        put_auth_token(&store, OWNER, &token("renewed", 2_000)).unwrap();
        assert!(!forget_auth_token(&store, "d1", &Secret::new("old")).unwrap());
        assert!(auth_token(&store, "d1").unwrap().is_some());
        assert!(forget_auth_token(&store, "d1", &Secret::new("renewed")).unwrap());
        assert_eq!(auth_token(&store, "d1").unwrap(), None);
    }

    #[test]
    fn tokens_long_expired_are_wiped() {
        let store = Store::in_memory(Clock::fixed(at(KEPT_MS + 1_001))).unwrap();
        put_auth_token(&store, OWNER, &token("old", 1_000)).unwrap();
        let other = TokenOwner { key_digest: "d2", ..OWNER };
        put_auth_token(&store, other, &token("new", KEPT_MS)).unwrap();
        assert_eq!(auth_token(&store, "d1").unwrap(), None);
        assert!(auth_token(&store, "d2").unwrap().is_some());
    }
}
