//! `opush batch report`: each row of a run with what became of it, as CSV, lines of JSON or one object.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::super::send::VendorJson;
use super::runs;
use crate::batch::RowResult;
use crate::failure::Failure;
use crate::output::{Page, Report};
use crate::return_codes;

/// Each row of a run with what became of it
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush batch report 3 > run3.csv
  opush batch report 3 --only refused --jsonl
  opush batch report 3 --json")]
pub(crate) struct Args {
    /// The number of the run
    #[arg(value_name = "RUN")]
    run: i64,

    /// Comma-separated; this is the default
    #[arg(long, conflicts_with = "jsonl")]
    csv: bool,

    /// A JSON object a line
    #[arg(long)]
    jsonl: bool,

    /// Only rows with this result
    #[arg(long, value_name = "RESULT", value_parser = crate::flags::one_of::<RowStatus>())]
    only: Option<RowStatus>,
}

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[derive(strum::EnumMessage, strum::EnumString, strum::IntoStaticStr, strum::VariantArray)]
#[strum(serialize_all = "snake_case")]
pub(crate) enum RowStatus {
    /// OPPO took the push and gave a message_id.
    Accepted,
    /// OPPO answered with a code for this row.
    Refused,
    /// It left, and what became of it is not known.
    Unknown,
    /// Not sent yet.
    Left,
    /// An earlier row says the same, and is sent.
    Repeat,
}

/// One row.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct RowJson {
    /// Its line in the file.
    line: u64,
    reg_id: Option<String>,
    alias: Option<String>,
    user: Option<String>,
    device: Option<String>,
    status: RowStatus,
    message_id: Option<String>,
    app_message_id: String,
    /// The code that refused it, and what it means.
    vendor: Option<VendorJson>,
}

const HEADER: &str = "line,reg_id,alias,user,device,status,message_id,app_message_id,code,meaning\n";

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Reported, Failure> {
    ctx.configuration()?;
    let store = ctx.store()?;
    let run = runs::find(&store, args.run)?;
    let mut items = Vec::new();
    let streamed = !ctx.printer.json;
    if streamed && !args.jsonl {
        rows(ctx, HEADER, false)?;
    }
    runs::each_call(&store, run.id, &mut |chunk, results| {
        let mut text = String::new();
        for (item, result) in chunk.items()?.iter().zip(results) {
            let row = RowJson::of(item, result, &run.id_prefix);
            if args.only.is_some_and(|only| only != row.status) {
                continue;
            }
            match (streamed, args.jsonl) {
                (false, _) => items.push(row),
                (true, true) => text.push_str(&format!("{}\n", serde_json::json!(row))),
                (true, false) => text.push_str(&row.csv()),
            }
        }
        if streamed && !text.is_empty() { rows(ctx, &text, args.jsonl) } else { Ok(true) }
    })?;
    Ok(Reported { run: run.id, items })
}

fn rows(ctx: &Ctx, text: &str, are_json: bool) -> Result<bool, Failure> {
    ctx.printer.rows(text, are_json).map_err(|error| {
        let message = format!("the report can't be written: {error}");
        crate::failure::Problem::new(crate::failure::Kind::Disk, message, "make room, or give another place")
            .into()
    })
}

impl RowJson {
    fn of(item: &crate::batch::Item<'_>, result: &RowResult, prefix: &str) -> RowJson {
        let (status, message_id, code) = match result {
            RowResult::Planned => (RowStatus::Left, None, None),
            RowResult::Accepted { message_id } => (RowStatus::Accepted, Some(message_id.clone()), None),
            RowResult::Refused { code } => (RowStatus::Refused, None, Some(*code)),
            RowResult::Unknown => (RowStatus::Unknown, None, None),
            RowResult::Repeat => (RowStatus::Repeat, None, None),
        };
        let target = Some(item.target.to_owned());
        let meaning = |code: i64| {
            let row = i32::try_from(code).ok().and_then(return_codes::find);
            row.map(|row| row.meaning.to_owned()).unwrap_or_default()
        };
        RowJson {
            line: item.line,
            reg_id: target.clone().filter(|_| !item.is_alias),
            alias: target.filter(|_| item.is_alias),
            user: item.user.map(str::to_owned),
            device: item.device.map(str::to_owned),
            status,
            message_id,
            app_message_id: format!("{prefix}-{}", item.number),
            vendor: code.map(|code| VendorJson { code, message: meaning(code) }),
        }
    }

    fn csv(&self) -> String {
        let text = |value: &Option<String>| quoted(value.as_deref().unwrap_or_default());
        let vendor = self.vendor.as_ref();
        let code = vendor.map(|vendor| vendor.code.to_string()).unwrap_or_default();
        let status: &'static str = self.status.into();
        let cells = [
            self.line.to_string(),
            text(&self.reg_id),
            text(&self.alias),
            text(&self.user),
            text(&self.device),
            status.to_owned(),
            text(&self.message_id),
            self.app_message_id.clone(),
            code,
            quoted(vendor.map_or("", |vendor| &vendor.message)),
        ];
        format!("{}\n", cells.join(","))
    }
}

fn quoted(cell: &str) -> String {
    match cell.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.to_owned(),
    }
}

/// What `batch report --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Reported {
    run: i64,
    items: Vec<RowJson>,
}

impl Report for Reported {
    fn text(&self, _page: &mut Page) {}
}
