//! Finds reports. What concerns a whole profile waits for imports that were decided, so that it sees all of one or nothing.

use super::super::{Store, StoreError};
use super::import::apply_decided;
use super::model::Report;
use super::table::{ReportFilter, select};

/// The reports that fit, by profile, user, device; newest first within a device.
pub(crate) fn list(store: &Store, filter: &ReportFilter<'_>) -> Result<Vec<Report>, StoreError> {
    if filter.user.is_none() && filter.reg_id.is_none() {
        apply_decided(store)?;
    }
    store.read(|connection| select(connection, filter))
}

/// Whether the profile ever had a report here.
pub(crate) fn any(store: &Store, profile: &str) -> Result<bool, StoreError> {
    store.read(|connection| {
        let sql = "SELECT EXISTS (SELECT 1 FROM token_report WHERE profile = ?1)";
        connection.query_row(sql, [profile], |row| row.get(0))
    })
}
