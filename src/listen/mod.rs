//! A small HTTP server: loopback unless allowed otherwise, limited in connections, sizes and times, stopped cleanly.

mod body;
mod connection;
mod connections;
mod exchange;
mod hosts;
mod limits;
mod names;
mod opening;
mod pieces;
mod server;
mod service;
mod stream;
mod untaken;

pub(crate) use exchange::{Delivery, Fault, Request, Response};
pub use limits::Limits;
pub use names::TlsNames;
pub use server::{ListenError, ListenOn};
pub(crate) use server::{Running, bind, start};
pub(crate) use service::{Answering, Handler, Service};

#[cfg(test)]
mod tests;
