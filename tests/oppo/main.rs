//! The vendor client against a server made of raw sockets: what it puts on the wire, and what it makes of any answer.
//! Nothing in here uses the sandbox, so that a mistake made twice shows.

mod feedback;
mod hostile;
mod setup;
mod tls;
mod token;
#[path = "../vendor.rs"]
mod vendor;
mod wire;
