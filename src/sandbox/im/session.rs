//! A user's session on a phone, and its presence by the clock (IM reference, section 4.2).

use rusqlite::{OptionalExtension, Transaction, params};

use super::super::moment::Moment;
use super::super::phone::{PresenceState, RestState};
use super::super::rules::{self, ExpiryFrom};
use super::super::words::{from_row, words};

/// A lost connection is noticed when heartbeats have failed for this long (IM reference, section 4.2).
pub(super) const TIMEOUT_MS: i64 = 400_000;
/// How long a phone may be away before its login ends.
const AWAY_MS: i64 = 7 * 86_400_000;

words! {
    /// What the app on the phone does.
    pub(crate) enum AppState in "kebab-case" {
        Foreground,
        /// Out of sight: online for the server, unless doBackground was called.
        Hidden,
        Killed,
    }

    /// How a login ended.
    pub(crate) enum SessionEnd in "kebab-case" {
        LoggedOut,
        Kicked,
        KickedByServer,
        Expired,
    }
}

/// The session as it is kept; `lost_at` is when the connection went, `gone_at` when the server notices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StoredSession {
    pub(crate) phone: String,
    pub(crate) sdk_app_id: i64,
    pub(crate) user: String,
    pub(crate) app: AppState,
    /// Whether the server knows of doBackground: what an app without a connection does, it does not learn.
    pub(crate) background: bool,
    pub(crate) login_at: i64,
    pub(crate) since: i64,
    pub(crate) lost_at: Option<i64>,
    pub(crate) gone_at: Option<i64>,
    pub(crate) ended: Option<SessionEnd>,
    /// Kicked while away: the next login fails once (IM reference, section 4.3).
    pub(crate) refuse_once: bool,
}

/// What a session is at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SessionState {
    pub(crate) rest: RestState,
    pub(crate) ended: Option<SessionEnd>,
    pub(crate) state: PresenceState,
    pub(crate) since: i64,
}

impl StoredSession {
    pub(crate) fn state_at(&self, at: Moment<'_>) -> SessionState {
        let over = |ended: SessionEnd, since| {
            let kicked = matches!(ended, SessionEnd::Kicked | SessionEnd::KickedByServer);
            let rest = match at.rules.im_state_after_kick {
                rules::RestState::PushOnline if kicked => RestState::PushOnline,
                _ => RestState::Offline,
            };
            let state = match ended {
                SessionEnd::Kicked | SessionEnd::KickedByServer => PresenceState::Kicked,
                SessionEnd::LoggedOut => PresenceState::LoggedOut,
                SessionEnd::Expired => PresenceState::Expired,
            };
            SessionState { rest, ended: Some(ended), state, since }
        };
        if let Some(ended) = self.ended {
            return over(ended, self.since);
        }
        let lives = |rest, state, since| SessionState { rest, ended: None, state, since };
        if let (Some(lost_at), Some(gone_at)) = (self.lost_at, self.gone_at) {
            let from = match at.rules.im_expiry_from {
                ExpiryFrom::Disconnect => lost_at,
                ExpiryFrom::PushOnline => gone_at,
                ExpiryFrom::LastLogin => self.login_at,
            };
            let expires = (from + AWAY_MS).max(gone_at);
            return match at.now {
                _ if at.now >= expires => over(SessionEnd::Expired, expires),
                _ if at.now >= gone_at => lives(RestState::PushOnline, PresenceState::PushOnline, gone_at),
                _ if self.background => lives(RestState::Online, PresenceState::OnlineBackground, self.since),
                _ => lives(RestState::Online, PresenceState::OnlineUnreachable, lost_at),
            };
        }
        let state = match self.app {
            _ if self.background => PresenceState::OnlineBackground,
            AppState::Hidden => PresenceState::OnlineHidden,
            AppState::Foreground | AppState::Killed => PresenceState::OnlineForeground,
        };
        lives(RestState::Online, state, self.since)
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

from_row! {
    StoredSession: phone, sdk_app_id, user, app, background, login_at, since, lost_at, gone_at, ended, refuse_once
}

/// The last session on a phone.
pub(super) fn of_phone(tx: &Transaction<'_>, phone: &str) -> rusqlite::Result<Option<StoredSession>> {
    tx.prepare_cached("SELECT * FROM im_session WHERE phone = ?1")?
        .query_row([phone], StoredSession::read)
        .optional()
}

/// The user's sessions, by phone.
pub(super) fn of_user(
    tx: &Transaction<'_>,
    sdk_app_id: i64,
    user: &str,
) -> rusqlite::Result<Vec<StoredSession>> {
    tx.prepare_cached("SELECT * FROM im_session WHERE sdk_app_id = ?1 AND user = ?2 ORDER BY phone")?
        .query_map(params![sdk_app_id, user], StoredSession::read)?
        .collect()
}
