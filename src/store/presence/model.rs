//! What the table of presence holds: where one device's app stands, since when, and who said so.
//! What it means for a push belongs to `push`.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ValueRef};

use crate::clock::Timestamp;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$each:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$each])* $variant,)* }

        impl $name {
            pub(crate) const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The word in the database and in results.
            pub(crate) fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }

            pub(crate) fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == word)
            }
        }

        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                $name::parse(value.as_str()?).ok_or(FromSqlError::InvalidType)
            }
        }
    };
}

words! {
    /// Where an app stands (IM reference, section 4.2).
    PresenceState {
        /// Logged in, as a token report implies; whether it is connected nobody said.
        Unknown = "unknown",
        /// Connected. An app that is merely hidden is so too.
        Online = "online",
        /// Connected, and it called doBackground.
        Background = "background",
        /// The connection is gone, the login is not.
        Killed = "killed",
        LoggedOut = "logged-out",
        Kicked = "kicked",
    }
}

words! {
    /// What kind of terminal a device is, as the IM server tells them apart (IM reference, section 8).
    Platform {
        Android = "android",
        IPhone = "iphone",
        IPad = "ipad",
        Pc = "pc",
        Mac = "mac",
        Web = "web",
    }
}

words! {
    /// Who said where an app stands.
    ToldBy {
        Hand = "hand",
        /// The multi-device rule, at another device's login.
        Rule = "rule",
        /// A token report, which implies a login.
        Report = "report",
        ImServer = "im-server",
        Webhook = "webhook",
    }
}

/// Where one device's app stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Presence {
    pub(crate) profile: String,
    pub(crate) user: String,
    pub(crate) device: String,
    pub(crate) platform: Platform,
    pub(crate) state: PresenceState,
    /// When this state began.
    pub(crate) since: Timestamp,
    pub(crate) last_login_at: Option<Timestamp>,
    /// When the connection last ended.
    pub(crate) disconnected_at: Option<Timestamp>,
    pub(crate) told_by: ToldBy,
    /// What brought it about, in a few words, where there is more to say.
    pub(crate) reason: Option<String>,
}

/// What is said of a device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NewPresence {
    pub(crate) device: String,
    /// Where it is not told, what was known before, else Android.
    pub(crate) platform: Option<Platform>,
    pub(crate) state: PresenceState,
    pub(crate) told_by: ToldBy,
    pub(crate) reason: Option<String>,
}
