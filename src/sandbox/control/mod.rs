//! The control API: phones, messages, apps and the log of calls over HTTP, for commands and for other people's tests.
//! It is described in docs/sandbox-control-api.md.

mod admin;
mod ask;
mod brief;
mod bulk;
mod client;
mod clock;
mod events;
mod faults;
mod guard;
mod im;
mod log;
mod made;
mod messages;
mod openapi;
mod operations;
mod phones;
mod pictures;
mod refusal;
pub(crate) mod registration;
mod routes;
mod sections;
mod setup;
mod token;
mod transport;
mod types;
mod with_session;

#[cfg(test)]
mod tests;

pub(crate) use client::Control;
pub(crate) use log::CallShown;
pub(crate) use made::in_words;
pub(crate) use operations::PREFIX;
pub(crate) use refusal::refusal;
pub(crate) use registration::{find, register};
pub(crate) use routes::{answer, body_bytes};
pub use token::ControlToken;
pub(crate) use transport::ControlError;
pub(crate) use types::NewPhone;
