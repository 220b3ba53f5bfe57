//! Values as the tables keep them: times, words of closed sets, long texts.

use rusqlite::Row;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

use super::batch::{CallState, RunState};
use super::deliveries::Status;
use super::presence::{Platform, PresenceSource, PresenceState};
use super::reports::ReportState;
use super::source::FactSource;
use crate::clock::Timestamp;

/// A time as the tables keep it: milliseconds since 1970-01-01 UTC.
pub(super) fn to_ms(at: Timestamp) -> i64 {
    at.as_millisecond()
}

/// The time in column `index`; a number outside the calendar means a damaged row.
pub(super) fn time_at(row: &Row<'_>, index: usize) -> rusqlite::Result<Timestamp> {
    let ms: i64 = row.get(index)?;
    Timestamp::from_millisecond(ms).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(index, ms))
}

/// The time in column `index`, where there is one.
pub(super) fn optional_time_at(row: &Row<'_>, index: usize) -> rusqlite::Result<Option<Timestamp>> {
    row.get::<_, Option<i64>>(index)?.map(|_| time_at(row, index)).transpose()
}

/// The text, at most so many bytes of it, cut at a character.
pub(super) fn cut(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    &text[..end]
}

macro_rules! words {
    ($($name:ty)*) => {$(
        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                value.as_str()?.parse().map_err(|_| FromSqlError::InvalidType)
            }
        }

        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(<&'static str>::from(self).into())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.into())
            }
        }
    )*};
}

words! { Status Platform PresenceSource PresenceState ReportState FactSource RunState CallState }
