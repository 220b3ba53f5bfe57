//! OPPO's push API: from the raw request to the envelope, every step noted in the log of calls.

mod about;
mod alias;
mod auth;
mod batch;
mod body;
mod broadcast;
pub(super) mod dedup;
mod early;
mod envelope;
mod feedback;
mod fields;
mod kept;
mod message;
mod multipart;
mod notification;
mod path;
mod picture;
mod push;
mod quota;
mod reg_id;
mod save;
mod senders;
mod service;
mod statistics;
mod tags;
mod token;
mod twice;
mod unicast;

pub(super) use broadcast::{is_due, run_due};
pub(crate) use kept::{Broadcast, Saved};
pub(super) use kept::{broadcasts, find_broadcast, find_saved, saved};
pub(super) use senders::recognise;
pub use senders::{DIALECTS, Dialect};
pub(super) use service::Oppo;

/// Whether this is one of the forms of a regId.
pub(super) fn is_reg_id(text: &str) -> bool {
    reg_id::region(text).is_some()
}
