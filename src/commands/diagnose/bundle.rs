//! `diagnose --bundle F.zip`: what somebody else needs to go on with the case, without any secret.
//! The report is made elsewhere; deliveries and answers were masked when they were recorded.

use std::io::{Cursor, Write};
use std::path::Path;

use serde_json::{Value, json};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::super::context::Ctx;
use super::printed::Diagnosed;
use crate::config::{self, files};
use crate::diagnose::Evidence;
use crate::failure::{Failure, Kind, Problem};
use crate::output::{Page, Report};
use crate::store::deliveries::{Delivery, DeliveryTarget};
use crate::store::receipts::Receipt;

/// Writes the file whole or not at all, readable to its owner alone. One that exists is replaced.
pub fn write(ctx: &Ctx, file: &Path, evidence: &Evidence, report: &Diagnosed) -> Result<(), Failure> {
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
        ("deliveries.jsonl", lines(evidence.deliveries.iter().map(delivery))),
        ("receipts.jsonl", lines(evidence.receipts.iter().map(receipt))),
        ("versions.json", pretty(&versions(ctx))),
    ];
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

fn markdown(report: &Diagnosed) -> String {
    let mut page = Page::new(None, false);
    report.as_markdown(&mut page);
    page.into_text()
}

fn versions(ctx: &Ctx) -> Value {
    json!({
        "opush": env!("CARGO_PKG_VERSION"),
        "system": std::env::consts::OS,
        "architecture": std::env::consts::ARCH,
        "made_at": ctx.clock.now().to_string(),
    })
}

fn delivery(delivery: &Delivery) -> Value {
    json!({
        "id": delivery.id.0,
        "at": delivery.begun_at.to_string(),
        "profile": delivery.profile,
        "certificate_id": delivery.certificate_id,
        "user": delivery.user,
        "device": delivery.device,
        "target": delivery.target.as_ref().map(DeliveryTarget::value),
        "decision": delivery.decision,
        "status": delivery.status.as_str(),
        "message_id": delivery.message_id,
        "code": delivery.code,
        "words": delivery.words,
        "reason": delivery.reason,
        "tries": delivery.tries,
        "elapsed_ms": delivery.elapsed_ms,
        "request": delivery.request,
        "answer": delivery.answer,
    })
}

fn receipt(receipt: &Receipt) -> Value {
    json!({
        "received_at": receipt.received_at.to_string(),
        "event": receipt.receipt.event,
        "event_at": receipt.receipt.event_at.map(|at| at.to_string()),
        "message_id": receipt.receipt.message_id,
        "reg_id": receipt.receipt.reg_id,
        "parameter": receipt.receipt.parameter,
        "seen": receipt.seen,
    })
}

fn lines(values: impl Iterator<Item = Value>) -> String {
    values.map(|value| format!("{value}\n")).collect()
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}
