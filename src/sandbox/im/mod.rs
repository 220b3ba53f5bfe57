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
mod oppo_client;
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
