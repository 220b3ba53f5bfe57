//! `opush history export`: the pushes that fit as rows for other programs, page by page, so that memory stays flat.
//! How a row is written belongs to `push`; how a file takes its place, to `config`.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::filters::Filters;
use crate::config::files::{self, Mode, Replacement};
use crate::failure::{Failure, Kind, Problem};
use crate::flags::one_of;
use crate::output::{Page, Report};
use crate::push::bulk::{DeliveryWriter, Format};
use crate::store::deliveries::Pages;
use crate::store::receipts;

/// Write pushes as lines of JSON or CSV, newest first, complete, secrets masked
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush history export > history.jsonl
  opush history export --status refused --since 7d --out refused.csv

In CSV, text that a spreadsheet would run as a formula has an apostrophe before it. Lines of JSON hold every value to
the letter.")]
pub(crate) struct Args {
    /// How the rows are written [default: by the ending of --out, else jsonl]
    #[arg(long, value_name = "FORMAT", value_parser = one_of::<Format>())]
    format: Option<Format>,

    /// Write to this file, mode 0600, which takes the old one's place when it is whole [default: stdout]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,

    #[command(flatten)]
    filters: Filters,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Exported, Failure> {
    if ctx.printer.json && args.out.is_none() {
        let hint = "name a file: --out FILE; or leave out --json: the rows are JSON anyway";
        return Err(Problem::new(Kind::MissingFlag, "--out is required with --json", hint)
            .at("--out")
            .into());
    }
    let filter = args.filters.filter(ctx)?;
    let by_name = || Format::of_name(&args.out.as_ref()?.to_string_lossy());
    let format = args.format.or_else(by_name).unwrap_or(Format::Jsonl);
    let store = ctx.store()?;
    let mut out = match &args.out {
        Some(path) => {
            let file = Replacement::begin(&ctx.paths.absolute(path), Mode::Private);
            Out::File(file.map_err(|problem| problem.at("--out"))?)
        }
        None => Out::Stdout,
    };
    let writer = DeliveryWriter(format);
    let rows = ctx.block_on(async {
        let mut rows = 0;
        let mut heard = out.write(&writer.head(), format, ctx)?;
        for page in Pages::whole(&store, filter) {
            if !heard {
                break;
            }
            let page = page?;
            let found = receipts::of_many(&store, page.iter().map(|delivery| delivery.id))?;
            heard = out.write(&writer.rows(&page, &found), format, ctx)?;
            rows += page.len() as u64;
            // Here Ctrl-C is heard; a file that is not whole goes then.
            tokio::task::yield_now().await;
        }
        Ok(rows)
    })?;
    if let Out::File(file) = out {
        file.finish()?;
    }
    Ok(Exported { file: args.out.map(|path| path.display().to_string()), format, rows })
}

enum Out {
    File(Replacement),
    Stdout,
}

impl Out {
    /// Whether anybody takes more.
    fn write(&mut self, text: &str, format: Format, ctx: &Ctx) -> Result<bool, Failure> {
        match self {
            Out::File(file) => Ok(file.write(text).map(|()| true)?),
            Out::Stdout => {
                let said = ctx.printer.rows(text, format == Format::Jsonl);
                Ok(said.map_err(|error| files::disk("write", "stdout".as_ref(), &error))?)
            }
        }
    }
}

/// What `history export --out FILE --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Exported {
    /// As it was named; null where the rows are on stdout.
    file: Option<String>,
    format: Format,
    /// Pushes that were written.
    rows: u64,
}

impl Report for Exported {
    fn text(&self, page: &mut Page) {
        if let Some(file) = &self.file {
            let pushes = if self.rows == 1 { "push" } else { "pushes" };
            page.line(format!("{} {pushes} written to {file} as {}", self.rows, self.format));
        }
    }
}
