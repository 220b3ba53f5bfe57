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
