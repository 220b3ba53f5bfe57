//! `opush im` as a person or script runs it, against an IM server made of raw sockets, and against the sandbox.

mod bad_input;
mod calls;
mod hostile;
mod sandbox;
mod send;
mod server;
mod user_sig;
mod webhook;
