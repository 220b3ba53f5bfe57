//! The table of what the IM server's webhook reported: presence and pushes, as evidence for later; never changed once written.
//! What an event means for presence belongs to `presence`; how a callback is read, to `im`.

use rusqlite::{Row, params};

use super::query::Query;
use super::{Store, StoreError, cut, optional_time_at, retention, time_at, to_ms};
use crate::clock::Timestamp;

/// Longest body kept, in bytes; a real one has less than 2 KB.
const BODY_KEPT: usize = 64 * 1024;

/// An event as it comes in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewImEvent {
    pub(crate) profile: String,
    pub(crate) sdk_app_id: u32,
    /// Such as `State.StateChange`.
    pub command: String,
    /// Whom it is about.
    pub user: Option<String>,
    /// The terminal's or the vendor's platform.
    pub(crate) platform: Option<String>,
    /// `Login`, `Logout`, `Disconnect`; `sent`, `reached`, `clicked`.
    pub what: Option<String>,
    /// Why, in the server's word.
    pub(crate) reason: Option<String>,
    pub push_id: Option<String>,
    pub(crate) message_key: Option<String>,
    /// The vendor's code; 0 is good.
    pub(crate) code: Option<i64>,
    /// When it happened by the server's clock, where it says so.
    pub(crate) event_at: Option<Timestamp>,
    /// The JSON as it came; cut after 64 KiB.
    pub body: String,
}

/// An event as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImEvent {
    pub(crate) id: i64,
    pub(crate) received_at: Timestamp,
    pub event: NewImEvent,
}

/// Which events to list; the default is every one.
#[derive(Clone, Debug, Default)]
pub struct ImEventFilter<'a> {
    pub(crate) profile: Option<&'a str>,
    pub(crate) user: Option<&'a str>,
    pub(crate) command: Option<&'a str>,
    pub(crate) push_id: Option<&'a str>,
    pub(crate) since: Option<Timestamp>,
    pub(crate) limit: Option<usize>,
}

/// Keeps the events of one callback, all or none.
pub(crate) fn record(store: &Store, events: &[NewImEvent]) -> Result<(), StoreError> {
    let now = to_ms(store.now());
    store.write(|tx| {
        let mut insert = tx.prepare_cached(
            "INSERT INTO im_event (received_at, profile, sdk_app_id, command, user_id, platform, what, reason, push_id,
                                   message_key, code, event_at, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?;
        let ages = retention::ages(tx, now)?;
        let mut written = Vec::with_capacity(events.len());
        for event in events {
            insert.execute(params![
                now,
                event.profile,
                event.sdk_app_id,
                event.command,
                event.user,
                event.platform,
                event.what,
                event.reason,
                event.push_id,
                event.message_key,
                event.code,
                event.event_at.map(to_ms),
                cut(&event.body, BODY_KEPT)
            ])?;
            written.push(tx.last_insert_rowid());
        }
        retention::now_and_then(tx, store.keep(), ages, written, now)
    })
}

/// Events, newest first.
pub fn list(store: &Store, filter: &ImEventFilter<'_>) -> Result<Vec<ImEvent>, StoreError> {
    let query = Query::new(
        "SELECT id, received_at, profile, sdk_app_id, command, user_id, platform, what, reason, push_id, message_key,
                code, event_at, body
         FROM im_event",
    )
    .texts([
        ("profile", filter.profile),
        ("user_id", filter.user),
        ("command", filter.command),
        ("push_id", filter.push_id),
    ])
    .and("received_at >= ?", filter.since.map(to_ms))
    .tail("ORDER BY received_at DESC, id DESC")
    .limit(filter.limit);
    store.read(|connection| query.rows(connection, event))
}

fn event(row: &Row<'_>) -> rusqlite::Result<ImEvent> {
    Ok(ImEvent {
        id: row.get(0)?,
        received_at: time_at(row, 1)?,
        event: NewImEvent {
            profile: row.get(2)?,
            sdk_app_id: row.get(3)?,
            command: row.get(4)?,
            user: row.get(5)?,
            platform: row.get(6)?,
            what: row.get(7)?,
            reason: row.get(8)?,
            push_id: row.get(9)?,
            message_key: row.get(10)?,
            code: row.get(11)?,
            event_at: optional_time_at(row, 12)?,
            body: row.get(13)?,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;

    fn new(user: &str, command: &str) -> NewImEvent {
        NewImEvent {
            profile: "demo".into(),
            sdk_app_id: u32::MAX,
            command: command.into(),
            user: Some(user.into()),
            push_id: Some("p1".into()),
            event_at: Some(Timestamp::from_millisecond(1_699_999_999_000).unwrap()),
            body: "{}".into(),
            ..NewImEvent::default()
        }
    }

    #[test]
    fn what_was_kept_is_found_newest_first() {
        let now = Timestamp::from_millisecond(1_700_000_000_000).unwrap();
        let store = Store::in_memory(Clock::fixed(now)).unwrap();
        let events = [new("alice", "State.StateChange"), new("bob", "Push.OfflinePush")];
        record(&store, &events).unwrap();
        let all = list(&store, &ImEventFilter::default()).unwrap();
        assert_eq!(
            all.iter().map(|kept| kept.event.clone()).collect::<Vec<_>>(),
            [events[1].clone(), events[0].clone()]
        );
        assert_eq!((all[0].received_at, all[0].id), (now, 2));
        let count = |filter: ImEventFilter| list(&store, &filter).unwrap().len();
        assert_eq!(count(ImEventFilter { user: Some("alice"), ..Default::default() }), 1);
        assert_eq!(count(ImEventFilter { command: Some("Push.OfflinePush"), ..Default::default() }), 1);
        assert_eq!(count(ImEventFilter { push_id: Some("p1"), limit: Some(1), ..Default::default() }), 1);
        assert_eq!(count(ImEventFilter { profile: Some("other"), ..Default::default() }), 0);
        let later = Timestamp::from_millisecond(1_700_000_000_001).unwrap();
        assert_eq!(count(ImEventFilter { since: Some(later), ..Default::default() }), 0);
        assert_eq!(count(ImEventFilter { since: Some(now), ..Default::default() }), 2);
    }

    #[test]
    fn a_body_is_cut_at_a_character() {
        let store = Store::in_memory(Clock::fixed(Timestamp::UNIX_EPOCH)).unwrap();
        let long = NewImEvent { body: "你".repeat(BODY_KEPT), ..new("a", "x") };
        record(&store, &[long]).unwrap();
        let kept = &list(&store, &ImEventFilter::default()).unwrap()[0].event.body;
        assert!(kept.len() <= BODY_KEPT && kept.ends_with('你'));
    }
}
