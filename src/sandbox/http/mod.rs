//! What both simulated services share: the raw request, its form, the dispatch of a call, the notes on it and the log of calls.

pub mod calls;
pub(super) mod context;
pub(super) mod dispatch;
pub(crate) mod follow;
pub(super) mod form;
pub(super) mod notes;
pub(super) mod request;
mod transcript;
