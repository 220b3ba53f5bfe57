//! `diagnose --bundle F.zip`: what somebody else needs to go on with the case, without any secret.
//! The report is made elsewhere; deliveries and answers were masked when they were recorded.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::path::Path;

use serde_json::{Value, json};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::super::context::Ctx;
use super::printed::DiagnosisView;
use crate::config::{self, files};
use crate::diagnose::Evidence;
use crate::failure::{Failure, Kind, Problem};
use crate::output::{Page, ToJson};
use crate::push::bulk::{DeliveryWriter, Format, receipt_row};
use crate::store::deliveries::DeliveryId;
use crate::store::receipts::Receipt;

/// Writes the file whole or not at all, readable to its owner alone. One that exists is replaced.
pub(crate) fn write(
    ctx: &Ctx,
    file: &Path,
    evidence: &Evidence,
    report: &DiagnosisView,
) -> Result<(), Failure> {
    let configuration = match ctx.found()? {
        // A file that can't be read is the report's business, not a reason to make no bundle.
        Some(found) => config::masked_file(&found).unwrap_or_else(|failure| {
            let why = failure.problems().first().map(|problem| problem.message.clone()).unwrap_or_default();
            format!("# {why}\n")
        }),
        None => "# there is no configuration file\n".to_owned(),
    };
    let entries = [
        ("report.json", pretty(&report.json())),
        ("report.md", markdown(report)),
        ("configuration.toml", configuration),
        ("deliveries.jsonl", deliveries(evidence)),
        ("receipts.jsonl", receipts(evidence)),
        ("versions.json", pretty(&versions(ctx))),
    ];
    let entries = entries.map(|(name, text)| (name, ctx.without_secrets(text)));
    let bytes = zipped(&entries).map_err(|error| {
        let message = format!("the bundle could not be made: {error}");
        Problem::new(Kind::Disk, message, "run the command again")
    })?;
    files::replace(file, &bytes, files::Mode::Private)?;
    ctx.note(&format!("wrote {}: secrets are masked in it; users, regIds and texts are not", file.display()));
    Ok(())
}

fn zipped(entries: &[(&str, String)]) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, text) in entries {
        zip.start_file(*name, options)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

fn markdown(report: &DiagnosisView) -> String {
    let mut page = Page::new(None, false);
    report.as_markdown(&mut page);
    page.into_text()
}

fn versions(ctx: &Ctx) -> Value {
    json!({
        "opush": env!("CARGO_PKG_VERSION"),
        "system": std::env::consts::OS,
        "architecture": std::env::consts::ARCH,
        "made_at": format!("{:.3}", ctx.clock.now()),
    })
}

/// As `history export` writes them.
fn deliveries(evidence: &Evidence) -> String {
    let mut receipts: BTreeMap<DeliveryId, Vec<Receipt>> = BTreeMap::new();
    for receipt in &evidence.receipts {
        if let Some(id) = receipt.delivery_id {
            receipts.entry(id).or_default().push(receipt.clone());
        }
    }
    DeliveryWriter::new(Format::Jsonl).rows(&evidence.deliveries, &receipts)
}

/// All that came for the regId in question, with a known delivery or without.
fn receipts(evidence: &Evidence) -> String {
    evidence.receipts.iter().map(|receipt| format!("{}\n", receipt_row(receipt))).collect()
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}
