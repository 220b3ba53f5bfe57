//! Simulated phones.

pub const SCHEMA: &str = "";
