//! Reports as rows of a file that an import takes back.

use serde_json::json;

use super::format::Format;
use super::rows::{Fields, cells, csv, head, line, object};
use crate::store::reports::Report;

const FIELDS: &Fields<Report> = &[
    ("user", |report| json!(report.user)),
    ("device", |report| json!(report.device)),
    ("certificate_id", |report| json!(report.certificate_id)),
    ("reg_id", |report| json!(report.reg_id)),
    ("brand", |report| json!(report.brand)),
    ("reported_at", |report| json!(report.reported_at)),
    ("last_reported_at", |report| json!(report.last_reported_at)),
];

/// Writes rows piece by piece.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Writer(pub(crate) Format);

impl Writer {
    /// What is before the rows.
    pub(crate) fn head(&self) -> String {
        head(self.0, FIELDS, &[])
    }

    /// These reports as rows.
    pub(crate) fn rows(&self, reports: &[Report]) -> String {
        match self.0 {
            Format::Csv => csv(reports.iter().map(|report| cells(FIELDS, report, |text| text))),
            Format::Jsonl => reports.iter().map(|report| line(object(FIELDS, report))).collect(),
        }
    }
}
