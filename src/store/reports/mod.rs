//! The table of token reports.

mod find;
mod import;
mod invalid;
mod model;
mod renumbering;
mod table;

pub(crate) use find::list;
pub(super) use import::apply_decided;
pub(crate) use import::{Counts, Import, settle_abandoned};
pub(crate) use invalid::{count_of, end_invalid, with_reg_ids};
pub(crate) use model::{NewReport, Report, ReportState};
pub(crate) use renumbering::Renumbering;
pub(super) use table::select;
pub(crate) use table::{ReportFilter, record, remove};

#[cfg(test)]
mod tests;
