//! What a step is decided in: the transaction, the rules that apply, the time.

use rusqlite::Transaction;

use super::rules::Rules;

/// The transaction, the rules that apply, and the time in milliseconds since 1970-01-01 UTC.
#[derive(Clone, Copy)]
pub struct Moment<'a> {
    pub(crate) tx: &'a Transaction<'a>,
    pub(crate) rules: &'a Rules,
    pub(crate) now: i64,
}
