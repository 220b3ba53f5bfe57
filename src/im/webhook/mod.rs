//! What the IM server posts to the app's webhook (IM reference, section 9), and what is answered.
//! What a callback means for a push belongs to `push`.

mod callback;
mod events;
mod handler;

#[cfg(test)]
use callback::read;
pub(crate) use callback::{Callback, Content};
pub(crate) use events::{Action, StateChange};
pub(crate) use handler::{Arrived, LIMITS, WebhookHandler};

#[cfg(test)]
mod tests;
