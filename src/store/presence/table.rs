//! The table of presence: the state of each device's app, and since when.
//! Who is kicked by a login, and what the seven days end, belongs to `push`.

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::super::{Store, StoreError, optional_time_at, time_at, to_ms};
use super::model::{NewPresence, Platform, Presence, PresenceSource, PresenceState};
use crate::clock::Timestamp;

const COLUMNS: &str = "profile, user_id, device, platform, state, since, seen_at, last_login_at, disconnected_at, \
                       told_by, reason";

/// Records what is said of one device at `at`.
pub(crate) fn record(
    store: &Store,
    profile: &str,
    user: &str,
    new: &NewPresence,
    at: Timestamp,
) -> Result<Presence, StoreError> {
    store.write(|tx| put(tx, profile, user, new, at))
}

/// What was said of the devices of one user, or of every user, for tests.
#[cfg(test)]
pub(crate) fn list(store: &Store, profile: &str, user: Option<&str>) -> Result<Vec<Presence>, StoreError> {
    store.read(|connection| select(connection, profile, user))
}

/// A report implies a login: what had ended, or was killed, is logged in again, its state not known.
pub(in super::super) fn after_report(
    tx: &Transaction<'_>,
    profile: &str,
    user: &str,
    device: &str,
    now: i64,
) -> rusqlite::Result<()> {
    tx.prepare_cached(
        "UPDATE presence SET state = 'unknown', since = ?4, seen_at = ?4, last_login_at = ?4, told_by = 'report', reason = NULL
         WHERE profile = ?1 AND user_id = ?2 AND device = ?3
               AND state IN ('killed', 'logged-out', 'not-logged-in', 'kicked')",
    )?
    .execute(params![profile, user, device, now])
    .map(drop)
}

/// Whether anything is said of anybody in the profile.
pub(in super::super) fn is_any(connection: &Connection, profile: &str) -> rusqlite::Result<bool> {
    connection
        .query_row("SELECT EXISTS (SELECT 1 FROM presence WHERE profile = ?1)", [profile], |row| row.get(0))
}

pub(in super::super) fn select(
    connection: &Connection,
    profile: &str,
    user: Option<&str>,
) -> rusqlite::Result<Vec<Presence>> {
    let of_user = if user.is_some() { "user_id = ?2" } else { "?2 IS NULL" };
    let sql = format!(
        "SELECT {COLUMNS} FROM presence WHERE profile = ?1 AND {of_user} ORDER BY profile, user_id, device"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    statement.query_map(params![profile, user], Presence::read)?.collect()
}

/// Forgets what a person said of these devices, and what followed from that: the whole profile's where no user is named.
pub(crate) fn forget_set_by_hand(
    store: &Store,
    profile: &str,
    user: Option<&str>,
    device: Option<&str>,
) -> Result<Vec<Presence>, StoreError> {
    store.write(|tx| {
        let mut told = select(tx, profile, user)?;
        told.retain(|one| {
            let by_hand = matches!(one.source, PresenceSource::Hand | PresenceSource::Rule);
            by_hand && device.is_none_or(|device| one.device == device)
        });
        let mut delete =
            tx.prepare_cached("DELETE FROM presence WHERE profile = ?1 AND user_id = ?2 AND device = ?3")?;
        for one in &told {
            delete.execute([&one.profile, &one.user, &one.device])?;
        }
        Ok(told)
    })
}

pub(in super::super) fn put(
    tx: &Transaction<'_>,
    profile: &str,
    user: &str,
    new: &NewPresence,
    at: Timestamp,
) -> rusqlite::Result<Presence> {
    let sql = format!("SELECT {COLUMNS} FROM presence WHERE profile = ?1 AND user_id = ?2 AND device = ?3");
    let before = tx.query_row(&sql, params![profile, user, new.device], Presence::read).optional()?;
    let presence = after(before.as_ref(), profile, user, new, at);
    tx.execute(
        "INSERT OR REPLACE INTO presence (profile, user_id, device, platform, state, since, seen_at,
                                          last_login_at, disconnected_at, told_by, reason)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        params![
            presence.profile,
            presence.user,
            presence.device,
            presence.platform,
            presence.state,
            presence.since.map(to_ms),
            to_ms(presence.seen_at),
            presence.last_login_at.map(to_ms),
            presence.disconnected_at.map(to_ms),
            presence.source,
            presence.reason,
        ],
    )?;
    Ok(presence)
}

/// The row that follows. Saying the same again begins nothing anew, but every `online` that is not only seen is a login.
pub(crate) fn after(
    before: Option<&Presence>,
    profile: &str,
    user: &str,
    new: &NewPresence,
    at: Timestamp,
) -> Presence {
    use PresenceState::{Background, Kicked, Killed, LoggedOut, NotLoggedIn, Online, Unknown};
    // As the table keeps it, so that what is answered now is what is read later.
    let at = Timestamp::from_millisecond(to_ms(at)).unwrap_or(at);
    // A state that the IM server was asked about began at some time before.
    let began = (new.source != PresenceSource::ImServer).then_some(at);
    let same = before.filter(|before| before.state == new.state);
    let connected = before.is_none_or(|before| matches!(before.state, Unknown | Online | Background));
    let ends = matches!(new.state, Killed | LoggedOut | NotLoggedIn | Kicked);
    // An answer of the IM server's says nothing of when: what a person or a rule said of that is no part of it.
    let by_server =
        |one: &&Presence| matches!(one.source, PresenceSource::ImServer | PresenceSource::Webhook);
    let dated = same.filter(|same| began.is_some() || by_server(same));
    let earlier = before.and_then(|before| before.disconnected_at);
    let disconnected_at = match (new.state, same) {
        (Killed, Some(_)) => dated.and_then(|same| same.disconnected_at).or(began),
        // Said to be killed is to be logged in, so an end that was known before is void.
        (Killed, None) => began,
        _ if ends && connected => began,
        _ => earlier,
    };
    Presence {
        profile: profile.to_owned(),
        user: user.to_owned(),
        device: new.device.clone(),
        platform: new.platform.or(before.map(|before| before.platform)).unwrap_or(Platform::Android),
        state: new.state,
        since: dated.and_then(|same| same.since).or(began),
        seen_at: at,
        last_login_at: match (new.state, began) {
            (Online, Some(at)) => Some(at),
            _ => before.and_then(|before| before.last_login_at),
        },
        disconnected_at,
        source: new.source,
        reason: new.reason.clone().or(same.and_then(|same| same.reason.clone())),
    }
}

impl Presence {
    fn read(row: &Row<'_>) -> rusqlite::Result<Presence> {
        Ok(Presence {
            profile: row.get(0)?,
            user: row.get(1)?,
            device: row.get(2)?,
            platform: row.get(3)?,
            state: row.get(4)?,
            since: optional_time_at(row, 5)?,
            seen_at: time_at(row, 6)?,
            last_login_at: optional_time_at(row, 7)?,
            disconnected_at: optional_time_at(row, 8)?,
            source: row.get(9)?,
            reason: row.get(10)?,
        })
    }
}
