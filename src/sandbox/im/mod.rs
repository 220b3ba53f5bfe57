//! The IM server as its REST API and its push side show it: accounts, sessions, messages, the offline-push rule.
//! What OPPO makes of a push belongs to `vendor`; what a phone shows belongs to `phone`.

mod about;
mod accounts;
mod app;
mod call;
mod certificate;
mod codes;
mod decide;
mod elements;
mod fields;
mod gate;
mod login;
mod message;
mod moves;
mod notification;
mod online;
mod oppo;
mod push_info;
mod push_service;
mod pushes;
mod report;
mod send;
mod session;
mod user;
mod user_sig;

#[cfg(test)]
mod tests;

pub use app::ImApp;
pub(crate) use app::apps;
pub(crate) use app::register;
pub(crate) use call::routes;
pub use certificate::Certificate;
pub use certificate::Click;
pub(crate) use certificate::certificates;
pub(crate) use certificate::delete_certificate;
pub(crate) use certificate::save_certificate;
pub use certificate::set_up;
pub use codes::TABLE as CODES;
pub(crate) use login::{Login, login, logout};
pub(crate) use message::set_mute;
pub(crate) use moves::{background, elapse, kill, network, open};
pub(crate) use pushes::{Attempt, pushes};
pub(crate) use report::report;
pub(crate) use session::{Session, show};

/// Every path of the IM server's API begins with this.
pub(crate) const PREFIX: &str = "/v4/";

/// Why something asked of a phone's session is not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refused {
    /// Kebab-case, as the control API gives it.
    pub(crate) id: &'static str,
    pub(crate) message: String,
}

impl Refused {
    fn new(id: &'static str, message: impl Into<String>) -> Refused {
        Refused { id, message: message.into() }
    }
}

/// A change, or why there is none; the outer error is the database's.
pub(crate) type Done<T> = rusqlite::Result<Result<T, Refused>>;

/// `im_certificate.previous` holds the values before the last edit, as long as that edit is not in effect.
/// `im_session` has one row per phone: the user who logged in there last, and how that ended.
pub(crate) const SCHEMA: &str = "
CREATE TABLE im_app (
    sdk_app_id INTEGER PRIMARY KEY,
    admin      TEXT NOT NULL,
    secret_key TEXT NOT NULL
) STRICT;
CREATE TABLE im_certificate (
    sdk_app_id INTEGER NOT NULL,
    id         INTEGER NOT NULL,
    app_id     TEXT NOT NULL,
    channel_id TEXT,
    click      TEXT NOT NULL,
    saved_at   INTEGER,
    deleted    INTEGER NOT NULL DEFAULT 0,
    previous   TEXT,
    PRIMARY KEY (sdk_app_id, id)
) STRICT;
CREATE TABLE im_account (
    sdk_app_id INTEGER NOT NULL,
    user       TEXT NOT NULL,
    nick       TEXT,
    kicked_at  INTEGER,
    PRIMARY KEY (sdk_app_id, user)
) STRICT;
CREATE TABLE im_session (
    phone       TEXT PRIMARY KEY REFERENCES phone (name) ON DELETE CASCADE,
    sdk_app_id  INTEGER NOT NULL,
    user        TEXT NOT NULL,
    app         TEXT NOT NULL,
    background  INTEGER NOT NULL,
    login_at    INTEGER NOT NULL,
    since       INTEGER NOT NULL,
    lost_at     INTEGER,
    gone_at     INTEGER,
    ended       TEXT,
    refuse_once INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX im_session_user ON im_session (sdk_app_id, user);
CREATE TABLE im_report (
    phone          TEXT PRIMARY KEY REFERENCES phone (name) ON DELETE CASCADE,
    sdk_app_id     INTEGER NOT NULL,
    user           TEXT NOT NULL,
    certificate_id INTEGER,
    reg_id         TEXT NOT NULL,
    at             INTEGER NOT NULL
) STRICT;
CREATE TABLE im_mute (
    sdk_app_id INTEGER NOT NULL,
    user       TEXT NOT NULL,
    sender     TEXT NOT NULL,
    PRIMARY KEY (sdk_app_id, user, sender)
) STRICT;
CREATE TABLE im_message (
    sdk_app_id INTEGER NOT NULL,
    sender     TEXT NOT NULL,
    receiver   TEXT NOT NULL,
    random     INTEGER NOT NULL,
    second     INTEGER NOT NULL,
    msg_key    TEXT NOT NULL,
    PRIMARY KEY (sdk_app_id, sender, receiver, random, second)
) STRICT;
CREATE INDEX im_message_by_age ON im_message (second);
CREATE TABLE im_oppo_token (
    app_id TEXT PRIMARY KEY,
    token  TEXT NOT NULL
) STRICT;
CREATE TABLE im_push (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    push_id        TEXT NOT NULL,
    at             INTEGER NOT NULL,
    sdk_app_id     INTEGER NOT NULL,
    msg_key        TEXT NOT NULL,
    sender         TEXT NOT NULL,
    user           TEXT NOT NULL,
    phone          TEXT,
    reg_id         TEXT,
    certificate_id INTEGER,
    reason         TEXT,
    detail         TEXT NOT NULL,
    oppo_code      INTEGER,
    message_id     TEXT
) STRICT;
CREATE INDEX im_push_id ON im_push (push_id);
";
