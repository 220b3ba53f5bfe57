//! What OPPO posts to a push's call_back_url once the push's fate at its phone is known (OPPO reference, section 6).

mod body;
pub(crate) mod masking;
mod queue;
mod stage;
mod target;

#[cfg(test)]
mod tests;

pub use queue::{Receipt, list, note};
pub use stage::{Event, Stage};
pub(crate) use target::is_on_this_machine;
