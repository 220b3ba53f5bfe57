//! What OPPO posts to a push's call_back_url once the push's fate at its phone is known (OPPO reference, section 6).

mod body;
pub(crate) mod masking;
mod post;
mod poster;
mod queue;
mod stage;
mod target;

#[cfg(test)]
mod tests;

pub(super) use poster::{post_due, run};
pub(super) use queue::clock_moved;
pub use queue::{Receipt, list, note};
pub use stage::{Event, Stage};
pub(super) use target::is_on_this_machine;
