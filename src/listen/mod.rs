//! A small HTTP server: loopback unless allowed otherwise, limited in connections, sizes and times, stopped cleanly.

mod body;
mod connection;
mod exchange;
mod limits;
mod reset;
mod server;
mod service;

pub(crate) use exchange::{BodyFault, Delivery, Request, Response};
pub use limits::Limits;
pub use server::ListenError;
pub(crate) use server::{Running, bind, start};
pub(crate) use service::{Answering, Handler, Service};

#[cfg(test)]
mod tests;
