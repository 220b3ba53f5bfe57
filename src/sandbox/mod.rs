//! The simulator of OPPO PUSH and of phones: reads raw requests and enforces the reference by itself.
//! Nothing of the client's models or validators belongs here; the return-code table is the one thing shared.

pub mod app;
pub mod calls;
pub mod control;
pub mod phone;
pub mod rules;
pub mod state;
pub mod vendor;
