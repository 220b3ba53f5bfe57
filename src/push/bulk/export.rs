//! Reports as rows of a file that an import takes back.
//! Which reports, and where they are written to, is the caller's business.

use super::column::Column;
use super::format::Format;
use crate::store::reports::Report;

/// Writes rows piece by piece.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Writer {
    format: Format,
}

impl Writer {
    pub(crate) fn new(format: Format) -> Self {
        Writer { format }
    }

    /// What is before the rows.
    pub(crate) fn head(&self) -> String {
        match self.format {
            Format::Jsonl => String::new(),
            Format::Csv => {
                let names = COLUMNS.map(Column::name).join(",");
                format!("{names},reported_at,last_reported_at\n")
            }
        }
    }

    /// These reports as rows.
    pub(crate) fn rows(&self, reports: &[Report]) -> String {
        match self.format {
            Format::Csv => csv(reports),
            Format::Jsonl => reports.iter().map(json).collect(),
        }
    }
}

const COLUMNS: [Column; 5] =
    [Column::User, Column::Device, Column::Certificate, Column::RegId, Column::Brand];

fn csv(reports: &[Report]) -> String {
    let mut writer = ::csv::WriterBuilder::new().has_headers(false).from_writer(Vec::new());
    for report in reports {
        let certificate = report.certificate_id.to_string();
        let (reported, last) = (report.reported_at.to_string(), report.last_reported_at.to_string());
        let brand = report.brand.as_deref().unwrap_or_default();
        let row = [&report.user, &report.device, &certificate, &report.reg_id, brand, &reported, &last];
        // Memory takes everything, and every row has as many fields.
        let _ = writer.write_record(row);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

fn json(report: &Report) -> String {
    let mut row = serde_json::json!({
        "user": report.user,
        "device": report.device,
        "certificate_id": report.certificate_id,
        "reg_id": report.reg_id,
        "brand": report.brand,
        "reported_at": report.reported_at.to_string(),
        "last_reported_at": report.last_reported_at.to_string(),
    })
    .to_string();
    row.push('\n');
    row
}
