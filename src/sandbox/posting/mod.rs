//! Posts what the sandbox has to tell: OPPO's receipts and the IM server's callbacks, in the background of one that runs.

mod post;
mod poster;
mod queue;

#[cfg(test)]
mod tests;

pub(super) use post::PostRequest;
pub(super) use poster::{clock_moved, post_due, run};
pub(super) use queue::Queued;
