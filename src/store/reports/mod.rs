//! The table of token reports.

mod many;
mod model;
mod table;

pub(crate) use many::{Counts, record_many};
pub(crate) use model::{NewReport, Report, ReportState};
pub(super) use table::select;
pub(crate) use table::{ReportFilter, any, list, record, remove, renumber_certificate};

#[cfg(test)]
mod tests;
