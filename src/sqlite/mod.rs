//! A private SQLite file: made with mode 0600, its schema brought up to date, the locks of other processes waited for.

mod busy;
mod look;
mod open;
mod schema;

#[cfg(test)]
mod tests;

pub(crate) use look::{Look, is_writable, look};
pub(crate) use open::{MEMORY, memory, open};
pub(crate) use schema::{OpenError, Schema};
