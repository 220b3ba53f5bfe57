//! `diagnose --bundle F.zip`: what somebody else needs to go on with the case, without any secret.
//! Deliveries and answers were masked when they were recorded.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use serde_json::{Value, json};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::Evidence;
use crate::config;
use crate::failure::{Failure, Kind, Problem};
use crate::push::bulk::{DeliveryWriter, Format, receipt_row};
use crate::session::Session;
use crate::store::deliveries::DeliveryId;
use crate::store::receipts::Receipt;

/// The zip file, with the report as JSON and as Markdown.
pub(crate) fn zip(
    session: &Session,
    evidence: &Evidence,
    report: &Value,
    markdown: String,
) -> Result<Vec<u8>, Failure> {
    let configuration = match session.found()? {
        // A file that can't be read is in the report, and no reason to make no bundle.
        Some(found) => config::masked_file(&found).unwrap_or_else(|failure| {
            failure.problems().iter().map(|one| format!("# {}\n", one.message)).collect()
        }),
        None => "# there is no configuration file\n".to_owned(),
    };
    let versions = json!({
        "opush": env!("CARGO_PKG_VERSION"),
        "system": std::env::consts::OS,
        "architecture": std::env::consts::ARCH,
        "made_at": format!("{:.3}", session.clock.now()),
    });
    let entries = [
        ("report.json", format!("{report:#}\n")),
        ("report.md", markdown),
        ("configuration.toml", configuration),
        ("deliveries.jsonl", deliveries(evidence)),
        // All that came for the regId in question, also without a delivery from here.
        ("receipts.jsonl", evidence.receipts.iter().map(|one| format!("{}\n", receipt_row(one))).collect()),
        ("versions.json", format!("{versions:#}\n")),
    ];
    zipped(entries.map(|(name, text)| (name, session.without_secrets(text)))).map_err(|error| {
        let message = format!("the bundle could not be made: {error}");
        Problem::new(Kind::Disk, message, "run the command again").into()
    })
}

fn zipped(entries: [(&str, String); 6]) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, text) in entries {
        zip.start_file(name, options)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

/// As `history export` writes them.
fn deliveries(evidence: &Evidence) -> String {
    let mut receipts: BTreeMap<DeliveryId, Vec<Receipt>> = BTreeMap::new();
    for receipt in &evidence.receipts {
        if let Some(id) = receipt.delivery_id {
            receipts.entry(id).or_default().push(receipt.clone());
        }
    }
    DeliveryWriter(Format::Jsonl).rows(&evidence.deliveries, &receipts)
}
