//! What the IM server posts to the app's webhook: presence, and the life of pushes (IM reference, section 9).

mod address;
mod events;
mod queue;

pub(crate) use address::{address, set_address};
pub(super) use events::{Change, elapsed, push_sent, reconnected, state_changed};
pub(in crate::sandbox) use events::{PushStage, push_went};
pub(crate) use queue::{Callback, list};
