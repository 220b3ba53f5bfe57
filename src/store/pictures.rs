//! The table of uploaded pictures: which id OPPO gave for which bytes, and until when it keeps them.

use rusqlite::{OptionalExtension, params};

use super::{Store, StoreError, time_at, to_ms};
use crate::clock::Timestamp;

/// Which upload: the same bytes at the same endpoint, for the same app, as the same kind.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PictureKey<'a> {
    pub(crate) endpoint: &'a str,
    pub(crate) app_id: &'a str,
    pub(crate) kind: &'a str,
    /// SHA-256 of the bytes, in hex.
    pub(crate) digest: &'a str,
}

/// An upload that is not over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KeptPicture {
    pub(crate) picture_id: String,
    pub(crate) over_at: Timestamp,
}

/// The upload, while OPPO keeps it.
pub(crate) fn find(store: &Store, key: PictureKey<'_>) -> Result<Option<KeptPicture>, StoreError> {
    let now = to_ms(store.now());
    store.read(|connection| {
        connection
            .prepare_cached(
                "SELECT picture_id, over_at FROM picture
                 WHERE endpoint = ?1 AND app_id = ?2 AND kind = ?3 AND digest = ?4 AND over_at > ?5",
            )?
            .query_row(params![key.endpoint, key.app_id, key.kind, key.digest, now], |row| {
                Ok(KeptPicture { picture_id: row.get(0)?, over_at: time_at(row, 1)? })
            })
            .optional()
    })
}

/// Keeps an upload in place of any before; those that are over go.
pub(crate) fn put(store: &Store, key: PictureKey<'_>, picture: &KeptPicture) -> Result<(), StoreError> {
    let now = to_ms(store.now());
    store.write(|tx| {
        tx.execute("DELETE FROM picture WHERE over_at <= ?1", [now])?;
        tx.execute(
            "INSERT INTO picture (endpoint, app_id, kind, digest, picture_id, uploaded_at, over_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (endpoint, app_id, kind, digest) DO UPDATE
             SET picture_id = excluded.picture_id, uploaded_at = excluded.uploaded_at, over_at = excluded.over_at",
            params![
                key.endpoint,
                key.app_id,
                key.kind,
                key.digest,
                picture.picture_id,
                now,
                to_ms(picture.over_at)
            ],
        )?;
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;

    #[test]
    fn an_id_is_found_for_the_same_bytes_until_its_time_is_over() {
        let at = |ms| Timestamp::from_millisecond(ms).unwrap();
        let key = PictureKey { endpoint: "https://m.example", app_id: "1", kind: "big-picture", digest: "d" };
        let kept = KeptPicture { picture_id: "p".into(), over_at: at(2_000) };
        for (now, over) in [(1_000, false), (1_999, false), (2_000, true)] {
            let store = Store::in_memory(Clock::fixed(at(now))).unwrap();
            put(&store, key, &kept).unwrap();
            assert_eq!(find(&store, key).unwrap(), Some(kept.clone()).filter(|_| !over), "{now}");
            for other in [PictureKey { app_id: "2", ..key }, PictureKey { digest: "e", ..key }] {
                assert_eq!(find(&store, other).unwrap(), None);
            }
        }
    }
}
