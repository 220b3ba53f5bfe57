//! Which users are known: those with a current token report or a presence.
//! What is known of them belongs to `reports` and `presence`.

use rusqlite::params;

use super::{Store, StoreError};

/// Users of the profile with a name that begins so, in order, `most` at most.
pub(crate) fn beginning(
    store: &Store,
    profile: &str,
    prefix: &str,
    most: usize,
) -> Result<Vec<String>, StoreError> {
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    // No text that begins with the prefix is greater than the prefix and the last letter there is.
    let end = format!("{prefix}{}", char::MAX);
    store.read(|connection| {
        let mut statement = connection.prepare_cached(SELECT)?;
        statement.query_map(params![profile, prefix, end, most], |row| row.get(0))?.collect()
    })
}

/// Both tables are read along an index, and no further than wanted: there may be a million users.
const SELECT: &str = "
SELECT user_id FROM (
    SELECT DISTINCT user_id FROM token_report
    WHERE profile = ?1 AND state = 'current' AND user_id >= ?2 AND user_id < ?3 ORDER BY user_id LIMIT ?4)
UNION
SELECT user_id FROM (
    SELECT DISTINCT user_id FROM presence
    WHERE profile = ?1 AND user_id >= ?2 AND user_id < ?3 ORDER BY user_id LIMIT ?4)
ORDER BY user_id LIMIT ?4";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::{Clock, Timestamp};

    #[test]
    fn users_come_by_prefix_from_both_tables_without_a_scan() {
        let store = Store::in_memory(Clock::fixed(Timestamp::UNIX_EPOCH)).unwrap();
        store
            .write(|tx| {
                tx.execute_batch(
                    "INSERT INTO token_report (profile, region, user_id, device, certificate_id, reg_id, state,
                                               reported_at, last_reported_at, ended_at, ended_reason)
                     VALUES ('p', 'cn', 'anna', 'd', 1, 'r1', 'current', 0, 0, NULL, NULL),
                            ('p', 'cn', 'anna', 'e', 1, 'r2', 'current', 0, 0, NULL, NULL),
                            ('p', 'cn', 'ab', 'd', 1, 'r3', 'removed', 0, 0, 0, 'x'),
                            ('q', 'cn', 'other', 'd', 1, 'r4', 'current', 0, 0, NULL, NULL);
                     INSERT INTO presence (profile, user_id, device, platform, state, since, seen_at, told_by)
                     VALUES ('p', 'alice', 'd', 'android', 'online', 0, 0, 'hand'),
                            ('p', 'anna', 'd', 'android', 'online', 0, 0, 'hand'),
                            ('p', 'bob', 'd', 'android', 'online', 0, 0, 'hand');",
                )
            })
            .unwrap();
        assert_eq!(beginning(&store, "p", "a", 9).unwrap(), ["alice", "anna"]);
        assert_eq!(beginning(&store, "p", "", 2).unwrap(), ["alice", "anna"]);
        assert_eq!(beginning(&store, "p", "", 9).unwrap(), ["alice", "anna", "bob"]);
        assert!(beginning(&store, "p", "c", 9).unwrap().is_empty());
        let plan: Vec<String> = store
            .read(|connection| {
                let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {SELECT}"))?;
                statement.query_map(params!["p", "a", "b", 9], |row| row.get(3))?.collect()
            })
            .unwrap();
        let scans: Vec<_> =
            plan.iter().filter(|step| step.starts_with("SCAN") && !step.contains("subquery")).collect();
        assert!(scans.is_empty(), "{plan:#?}");
    }
}
