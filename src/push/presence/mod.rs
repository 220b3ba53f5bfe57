//! Where users' apps are: what a person or a server says of it, and what that changes.

mod by_platform;
mod set;

pub(crate) use by_platform::{KeptPresence, Overruled, ServerPresence, keep, overruled};
pub(crate) use set::of_platform;
pub use set::{PresenceChange, SetPresence, set};
