//! The table of presence.

mod model;
mod table;

pub(crate) use model::{NewPresence, Presence};
pub use model::{Platform, PresenceSource, PresenceState};
#[cfg(test)]
pub(crate) use table::list;
pub(crate) use table::{after, forget_set_by_hand, record};
pub(super) use table::{after_report, is_any, put, select};

#[cfg(test)]
mod tests;
