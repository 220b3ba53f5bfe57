//! The log of vendor calls: the raw request with secrets masked, what was checked, the dialects noted, the answer.
//! What is checked belongs to `vendor`; how the log is served belongs to `control`.

use rusqlite::Transaction;
use serde::{Deserialize, Serialize};

/// One thing that was looked at, in the order of looking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    pub name: String,
    pub ok: bool,
    pub detail: String,
}

/// One vendor call and its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    pub id: i64,
    pub at_ms: i64,
    pub app_id: Option<String>,
    pub method: String,
    pub path: String,
    pub request: String,
    pub checks: Vec<Check>,
    pub dialects: Vec<String>,
    pub code: i32,
    pub answer: String,
}

/// The calls after the one of that id, oldest first.
pub fn list(_tx: &Transaction<'_>, _after: Option<i64>, _limit: usize) -> rusqlite::Result<Vec<Call>> {
    Ok(Vec::new())
}
