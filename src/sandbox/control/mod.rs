//! The control API and its client.

pub const SCHEMA: &str = "";
