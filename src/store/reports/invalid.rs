//! Token reports by many regIds at once, and their end.

use rusqlite::params;

use super::super::{Store, StoreError, to_ms};
use super::model::{Report, ReportState};
use super::table::{ReportFilter, end, select};

/// The current reports of the certificate with one of these regIds.
pub(crate) fn with_reg_ids(
    store: &Store,
    profile: &str,
    certificate_id: i64,
    reg_ids: &[String],
) -> Result<Vec<Report>, StoreError> {
    store.read(|connection| {
        let mut found = Vec::new();
        for reg_id in reg_ids {
            let filter = ReportFilter {
                profile: Some(profile),
                reg_id: Some(reg_id),
                certificate_id: Some(certificate_id),
                ..ReportFilter::default()
            };
            found.extend(select(connection, &filter)?);
        }
        Ok(found)
    })
}

/// How many current reports the certificate has.
pub(crate) fn count_of(store: &Store, profile: &str, certificate_id: i64) -> Result<u64, StoreError> {
    let sql =
        "SELECT count(*) FROM token_report WHERE profile = ?1 AND certificate_id = ?2 AND state = 'current'";
    store.read(|connection| {
        let count: i64 =
            connection.prepare_cached(sql)?.query_row(params![profile, certificate_id], |row| row.get(0))?;
        Ok(u64::try_from(count).unwrap_or(0))
    })
}

/// Ends those of `reports` that are still current, all or none, and gives them as they are then.
pub(crate) fn end_invalid(
    store: &Store,
    reports: &[Report],
    reason: &str,
) -> Result<Vec<Report>, StoreError> {
    let now = to_ms(store.now());
    store.write(|tx| {
        let mut ended = Vec::new();
        for report in reports {
            let current = "SELECT 1 FROM token_report WHERE id = ?1 AND state = 'current'";
            if tx.prepare_cached(current)?.exists([report.id])? {
                ended.push(end(tx, report.id, ReportState::Removed, reason, now)?);
            }
        }
        Ok(ended)
    })
}
