//! The readers of app files, compiled from opush's own sources without the rest of it.
#![allow(dead_code, unused_imports)]

#[path = "../../src/app/mod.rs"]
mod app;
#[path = "../../src/failure/mod.rs"]
mod failure;

/// Hands the bytes to one reader.
pub fn read(reader: &str, bytes: &[u8]) {
    app::fuzz::read(reader, bytes);
}
