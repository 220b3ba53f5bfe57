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
