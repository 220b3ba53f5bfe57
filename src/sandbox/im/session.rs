//! A user's session on a phone, and its presence by the clock (IM reference, section 4.2).
//! What begins and ends one belongs to `login` and `moves`; what it means for a push to `decide`.

use rusqlite::{OptionalExtension, Row, Transaction, params};
use serde::{Deserialize, Serialize};

use super::super::phone::words;
use super::super::rules::{ExpiryFrom, RestState, Rules};
use super::report;

/// A lost connection is noticed when heartbeats have failed for this long (IM reference, section 4.2).
pub(super) const TIMEOUT_MS: i64 = 400_000;
/// How long a phone may be away before its login ends.
const AWAY_MS: i64 = 7 * 86_400_000;

words! {
    /// What the app on the phone does.
    pub(crate) App {
        Foreground = "foreground",
        /// Out of sight: online for the server, unless doBackground was called.
        Hidden = "hidden",
        Killed = "killed",
    }
}

words! {
    /// How a login ended.
    pub(crate) End {
        LoggedOut = "logged-out",
        Kicked = "kicked",
        KickedByServer = "kicked-by-server",
        Expired = "expired",
    }
}

/// Presence in the REST API's words, the least present first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rest {
    Offline,
    PushOnline,
    Online,
}

impl Rest {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Rest::Online => "Online",
            Rest::PushOnline => "PushOnline",
            Rest::Offline => "Offline",
        }
    }

    /// The client SDK's word, whose OFFLINE is not REST's Offline (IM reference, section 1).
    fn sdk(self) -> &'static str {
        match self {
            Rest::Online => "ONLINE",
            Rest::PushOnline => "OFFLINE",
            Rest::Offline => "UNLOGINED",
        }
    }
}

/// The session as it is kept; `lost_at` is when the connection went, `gone_at` when the server notices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Kept {
    pub(crate) phone: String,
    pub(crate) sdk_app_id: i64,
    pub(crate) user: String,
    pub(crate) app: App,
    /// Whether the server knows of doBackground: what an app without a connection does, it does not learn.
    pub(crate) background: bool,
    pub(crate) login_at: i64,
    pub(crate) since: i64,
    pub(crate) lost_at: Option<i64>,
    pub(crate) gone_at: Option<i64>,
    pub(crate) ended: Option<End>,
    /// Kicked while away: the next login fails once (IM reference, section 4.3).
    pub(crate) refuse_once: bool,
}

/// How a session stands at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    pub(crate) rest: Rest,
    pub(crate) ended: Option<End>,
    pub(crate) state: &'static str,
    pub(crate) since: i64,
}

impl Kept {
    pub(crate) fn standing(&self, rules: &Rules, now: i64) -> Standing {
        let over = |ended: End, since| {
            let kicked = matches!(ended, End::Kicked | End::KickedByServer);
            let rest = match rules.im_state_after_kick {
                RestState::PushOnline if kicked => Rest::PushOnline,
                _ => Rest::Offline,
            };
            let state = if kicked { "kicked" } else { ended.as_str() };
            Standing { rest, ended: Some(ended), state, since }
        };
        if let Some(ended) = self.ended {
            return over(ended, self.since);
        }
        let lives = |rest, state, since| Standing { rest, ended: None, state, since };
        if let (Some(lost_at), Some(gone_at)) = (self.lost_at, self.gone_at) {
            let from = match rules.im_expiry_from {
                ExpiryFrom::Disconnect => lost_at,
                ExpiryFrom::PushOnline => gone_at,
                ExpiryFrom::LastLogin => self.login_at,
            };
            let expires = (from + AWAY_MS).max(gone_at);
            return match now {
                _ if now >= expires => over(End::Expired, expires),
                _ if now >= gone_at => lives(Rest::PushOnline, "push-online", gone_at),
                _ if self.background => lives(Rest::Online, "online-background", self.since),
                _ => lives(Rest::Online, "online-unreachable", lost_at),
            };
        }
        let state = match self.app {
            _ if self.background => "online-background",
            App::Hidden => "online-hidden",
            App::Foreground | App::Killed => "online-foreground",
        };
        lives(Rest::Online, state, self.since)
    }

    pub(crate) fn save(&self, tx: &Transaction<'_>) -> rusqlite::Result<()> {
        tx.prepare_cached(
            "INSERT OR REPLACE INTO im_session (phone, sdk_app_id, user, app, background, login_at, since, lost_at,
                gone_at, ended, refuse_once) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![
            self.phone,
            self.sdk_app_id,
            self.user,
            self.app,
            self.background,
            self.login_at,
            self.since,
            self.lost_at,
            self.gone_at,
            self.ended,
            self.refuse_once
        ])?;
        Ok(())
    }
}

const SELECT: &str =
    "SELECT phone, sdk_app_id, user, app, background, login_at, since, lost_at, gone_at, ended,
    refuse_once FROM im_session";

fn read(row: &Row<'_>) -> rusqlite::Result<Kept> {
    Ok(Kept {
        phone: row.get(0)?,
        sdk_app_id: row.get(1)?,
        user: row.get(2)?,
        app: row.get(3)?,
        background: row.get(4)?,
        login_at: row.get(5)?,
        since: row.get(6)?,
        lost_at: row.get(7)?,
        gone_at: row.get(8)?,
        ended: row.get(9)?,
        refuse_once: row.get(10)?,
    })
}

/// The last session on a phone.
pub(super) fn of_phone(tx: &Transaction<'_>, phone: &str) -> rusqlite::Result<Option<Kept>> {
    tx.prepare_cached(&format!("{SELECT} WHERE phone = ?1"))?.query_row([phone], read).optional()
}

/// The user's sessions, by phone.
pub(super) fn of_user(tx: &Transaction<'_>, sdk_app_id: i64, user: &str) -> rusqlite::Result<Vec<Kept>> {
    tx.prepare_cached(&format!("{SELECT} WHERE sdk_app_id = ?1 AND user = ?2 ORDER BY phone"))?
        .query_map(params![sdk_app_id, user], read)?
        .collect()
}

/// A phone's session as the control API gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Session {
    pub(crate) user: String,
    pub(crate) sdk_app_id: i64,
    /// online-foreground, online-hidden, online-background, online-unreachable, push-online, logged-out, kicked or
    /// expired.
    pub(crate) state: String,
    /// Online, PushOnline or Offline, as the REST API says.
    pub(crate) rest_state: String,
    /// ONLINE, OFFLINE or UNLOGINED, as the client SDK says.
    pub(crate) sdk_state: String,
    /// Milliseconds since 1970-01-01 UTC.
    pub(crate) since: i64,
    /// The certificate that the app reported; null when it reported none.
    pub(crate) certificate_id: Option<i64>,
}

/// The last session on the phone; `None` when nobody has ever logged in there.
pub(crate) fn show(
    tx: &Transaction<'_>,
    rules: &Rules,
    now: i64,
    phone: &str,
) -> rusqlite::Result<Option<Session>> {
    let Some(row) = of_phone(tx, phone)? else { return Ok(None) };
    let standing = row.standing(rules, now);
    let certificate_id = report::of_phone(tx, phone)?.and_then(|report| report.certificate_id);
    Ok(Some(Session {
        user: row.user,
        sdk_app_id: row.sdk_app_id,
        state: standing.state.to_owned(),
        rest_state: standing.rest.as_str().to_owned(),
        sdk_state: standing.rest.sdk().to_owned(),
        since: standing.since,
        certificate_id,
    }))
}
