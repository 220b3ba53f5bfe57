//! The table of token reports.

mod find;
mod import;
mod model;
mod table;

pub(crate) use find::{any, list};
pub(super) use import::apply_decided;
pub(crate) use import::{Counts, Import, settle_abandoned};
pub(crate) use model::{NewReport, Report, ReportState};
pub(super) use table::select;
pub(crate) use table::{ReportFilter, record, remove, renumber_certificate};

#[cfg(test)]
mod tests;
