//! What both simulated services share: the raw request, its form, the notes on a call and the log of calls.

pub mod calls;
pub(super) mod form;
pub(super) mod notes;
pub(super) mod request;
