//! Simulated phones: what they are, how a push reaches them or is lost, where a tap lands.
//! Whether OPPO takes a push at all belongs to `vendor`; how phones are asked for over HTTP belongs to `control`.

mod arrive;
mod change;
mod check;
mod fate;
mod intent;
mod link;
mod model;
mod new;
mod read;
mod reasons;
mod registration;
mod resolve;
mod settle;
mod tap;

#[cfg(test)]
mod tests;

pub(crate) use arrive::{Push, arrive};
pub use change::Change;
pub use change::remove;
pub use change::set;
pub(crate) use check::Flaw;
pub(crate) use model::Activity;
pub(crate) use model::Channel;
pub use model::Network;
pub(crate) use model::Phone;
pub(crate) use model::{Brand, Importance};
pub(super) use model::{Json, words};
pub use new::Click;
pub use new::New;
pub use new::add;
pub(crate) use read::Detail;
pub(crate) use read::Message;
pub(crate) use read::Stage;
pub use read::Wanted;
pub(crate) use read::find;
pub use read::list;
pub use read::messages;
pub(crate) use read::show;
pub(crate) use reasons::explain;
pub(crate) use registration::{
    Standing, delete_alias, has_ever_registered, invalid, reg_id_of_alias, standing,
};
pub use registration::{register_anew, set_alias};
pub(crate) use tap::{Dismissal, Tap, dismiss, tap};

/// Older notifications of a phone are forgotten, whatever became of them.
pub(crate) const KEPT: i64 = 1000;

/// Phones have it off until they are told.
pub(crate) const SCHEMA_3: &str = "
ALTER TABLE phone ADD COLUMN do_not_disturb INTEGER NOT NULL DEFAULT 0;
";

/// `registration` keeps every regId ever issued: one whose phone is gone is known, but not subscribed.
/// `delivery.due_at` is when passing time alone may change a held one, so that the others need no look.
pub(crate) const SCHEMA: &str = "
CREATE TABLE phone (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    name          TEXT NOT NULL UNIQUE,
    app_id        TEXT NOT NULL,
    package       TEXT NOT NULL,
    brand         TEXT NOT NULL,
    model         TEXT NOT NULL,
    android       INTEGER NOT NULL,
    network       TEXT NOT NULL,
    notifications INTEGER NOT NULL,
    registered    INTEGER NOT NULL,
    reg_id        TEXT NOT NULL,
    channels      TEXT NOT NULL,
    activities    TEXT NOT NULL
) STRICT;
CREATE TABLE registration (
    reg_id TEXT PRIMARY KEY,
    app_id TEXT NOT NULL,
    phone  INTEGER REFERENCES phone (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX registration_phone ON registration (phone);
CREATE TABLE alias (
    app_id TEXT NOT NULL,
    alias  TEXT NOT NULL,
    reg_id TEXT NOT NULL,
    PRIMARY KEY (app_id, alias),
    UNIQUE (app_id, reg_id)
) STRICT;
CREATE TABLE delivery (
    seq          INTEGER PRIMARY KEY AUTOINCREMENT,
    phone        INTEGER NOT NULL REFERENCES phone (id) ON DELETE CASCADE,
    message_id   TEXT NOT NULL,
    reg_id       TEXT NOT NULL,
    notification TEXT NOT NULL,
    notify_id    TEXT,
    stage        TEXT NOT NULL,
    reason       TEXT,
    arrived_at   INTEGER NOT NULL,
    reached_at   INTEGER,
    shown_at     INTEGER,
    hide_at      INTEGER,
    due_at       INTEGER NOT NULL,
    at           INTEGER NOT NULL
) STRICT;
CREATE INDEX delivery_phone ON delivery (phone, seq);
CREATE INDEX delivery_stage ON delivery (phone, stage, due_at);
CREATE INDEX delivery_hide ON delivery (phone, hide_at) WHERE stage = 'shown' AND hide_at IS NOT NULL;
";
