//! The push API as OPPO serves it.

pub const SCHEMA: &str = "";
