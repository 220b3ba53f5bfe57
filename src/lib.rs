//! The crate's face for the binary, the tests and the benches: the rooms, and nothing of its own.
//! What each room is for stands in ARCHITECTURE.md.

pub mod click;
pub mod clock;
pub mod config;
pub mod failure;
pub mod notification;
pub mod oppo;
pub mod push;
pub mod return_codes;
pub mod sandbox;
pub mod store;
