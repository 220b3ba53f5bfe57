//! The crate's face for the binary, the tests and the benches: the rooms, and nothing of its own.
//! What each room is for is in ARCHITECTURE.md.

#![deny(unreachable_pub)]

mod app;
mod batch;
pub mod click;
pub mod clock;
pub mod commands;
mod completion;
pub mod config;
pub mod demo;
mod device;
pub mod diagnose;
pub mod failure;
pub mod flags;
pub mod im;
mod lint;
pub mod listen;
mod masking;
pub mod notification;
pub mod oppo;
pub mod output;
pub mod push;
pub mod receipts;
pub mod return_codes;
pub mod sandbox;
mod services;
mod session;
pub mod smoke;
pub mod snippet;
pub(crate) mod sqlite;
pub mod store;
pub mod transport;
mod waiting;
