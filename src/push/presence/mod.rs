//! Where users' apps are: what a person or a server says of it, and what that changes.

mod by_platform;
mod set;

pub(crate) use by_platform::{DeviceMeaning, KeptPresence, ServerPresence, keep};
pub(crate) use set::of_platform;
pub use set::{PresenceChange, SetPresence, set};
