//! What the steps of a call work with, and its answer.

use rusqlite::Transaction;
use serde_json::Value;

use super::super::rules::Rules;
use super::notes::Notes;

pub(crate) struct Context<'a, 'c> {
    pub(crate) tx: &'a Transaction<'c>,
    pub(crate) rules: &'a Rules,
    pub(crate) now: i64,
    /// What a request's times are compared with; `now` unless a fault shifts it.
    pub(crate) server_time: i64,
    pub(crate) notes: &'a mut Notes,
}

/// A service's envelope, and the return code in it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Reply {
    pub(crate) code: i32,
    pub(crate) body: Value,
}
