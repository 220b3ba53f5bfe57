//! What the table of token reports holds: a report as it comes in, and a binding, current or ended.
//! How they are written and found belongs to `reports`.

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ValueRef};

use crate::clock::Timestamp;

/// How a binding stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReportState {
    /// Pushes go to it.
    Current,
    /// The same user and device reported something newer.
    Superseded,
    /// Another user or device reported the same regId.
    Unbound,
    /// A person removed it.
    Removed,
}

impl ReportState {
    pub const ALL: [ReportState; 4] =
        [ReportState::Current, ReportState::Superseded, ReportState::Unbound, ReportState::Removed];

    pub fn as_str(self) -> &'static str {
        match self {
            ReportState::Current => "current",
            ReportState::Superseded => "superseded",
            ReportState::Unbound => "unbound",
            ReportState::Removed => "removed",
        }
    }
}

impl FromSql for ReportState {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let word = value.as_str()?;
        ReportState::ALL.into_iter().find(|state| state.as_str() == word).ok_or(FromSqlError::InvalidType)
    }
}

/// A report as it comes in; `push` has checked it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewReport {
    pub profile: String,
    /// The profile's region at the time, by its word.
    pub region: String,
    pub user: String,
    pub device: String,
    pub certificate_id: i64,
    pub reg_id: String,
    /// `oppo`, `realme` or `oneplus`, where it was told.
    pub brand: Option<String>,
}

/// A binding, current or ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub id: i64,
    pub profile: String,
    pub region: String,
    pub user: String,
    pub device: String,
    pub certificate_id: i64,
    pub reg_id: String,
    pub brand: Option<String>,
    pub state: ReportState,
    pub reported_at: Timestamp,
    /// When the same was last reported again; at first, `reported_at`.
    pub last_reported_at: Timestamp,
    pub ended_at: Option<Timestamp>,
    /// Why it ended, in a few words.
    pub ended_reason: Option<String>,
}
