//! The simulator of OPPO PUSH, of the IM server in front of it, and of phones: reads raw requests and enforces the reference by itself.

pub mod app;
mod calendar;
mod changes;
mod checkpoint;
pub(crate) mod clock;
pub(crate) mod control;
pub(crate) mod draw;
mod due;
pub mod faults;
pub(crate) mod glance;
mod hex;
pub mod http;
pub mod im;
mod in_turn;
mod moment;
pub(crate) mod oppo;
mod outgoing;
mod page;
pub mod phone;
pub(crate) mod pictures;
mod posting;
pub mod push;
pub mod receipts;
pub mod rules;
mod schema;
mod server;
pub mod state;
pub(crate) mod tls;
mod words;
mod writer;

pub use control::ControlToken;
pub use oppo::{DIALECTS, Dialect};
pub(crate) use server::Running;
pub use server::{LIMITS, Options, start};
