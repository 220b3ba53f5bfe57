//! Token reports in bulk, and deliveries on their way out.

mod column;
mod csv;
mod deliveries;
mod export;
mod file;
mod format;
mod import;
mod jsonl;
mod place;
mod rows;

pub(crate) use column::ColumnMap;
pub(crate) use deliveries::{DeliveryWriter, receipt_row};
pub(crate) use export::Writer;
pub(crate) use file::read;
pub(crate) use format::{Format, Source};
pub(crate) use import::{Imported, OnError, Target, import, report_json};
