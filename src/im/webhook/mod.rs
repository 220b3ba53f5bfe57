//! What the IM server posts to the app's webhook (IM reference, section 9), and what is answered.
//! What a callback means for a push belongs to `push`.

mod callback;
mod handler;

#[cfg(test)]
use callback::read;
pub(crate) use callback::{Action, Callback, Content, StateChange};
pub(crate) use handler::{Arrived, LIMITS, WebhookHandler};

#[cfg(test)]
mod tests;
