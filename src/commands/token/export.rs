//! `opush token export`: the current token reports as rows that `token import` takes back.
//! How a row is written belongs to `push`.

use serde::Serialize;

use super::super::context::Ctx;
use super::binding::Bindings;
use crate::config::files;
use crate::failure::Failure;
use crate::flags::one_of;
use crate::output::{Page, Report};
use crate::push::bulk::{Format, Writer};
use crate::store::reports::{self, ReportFilter};

/// Write the token reports of the current profile as CSV or lines of JSON
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush token export > tokens.csv
  opush token export --format jsonl --certificate 7005")]
pub(crate) struct Args {
    /// How the rows are written
    #[arg(long, value_name = "FORMAT", default_value = "csv", value_parser = one_of::<Format>())]
    format: Format,

    /// Only this user's
    #[arg(long, value_name = "USER")]
    user: Option<String>,

    /// Only those with this certificate ID
    #[arg(long, value_name = "ID", value_parser = clap::value_parser!(i64).range(1..))]
    certificate: Option<i64>,
}

/// So many rows are written in one go.
const ROWS: usize = 10_000;

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Exported, Failure> {
    let profile = ctx.profile()?;
    let filter = ReportFilter {
        profile: Some(&profile.name),
        user: args.user.as_deref(),
        certificate_id: args.certificate,
        ..ReportFilter::default()
    };
    let found = reports::list(&ctx.store()?, &filter)?;
    if ctx.printer.json {
        return Ok(Exported(Some(Bindings::new(&profile, found, String::new()))));
    }
    let writer = Writer(args.format);
    let print = |text: &str| {
        ctx.printer
            .rows(text, args.format == Format::Jsonl)
            .map(|_| ())
            .map_err(|error| files::disk("write", "stdout".as_ref(), &error))
    };
    print(&writer.head())?;
    for rows in found.chunks(ROWS) {
        print(&writer.rows(rows))?;
    }
    Ok(Exported(None))
}

/// The rows are on stdout already, but for `--json`, which prints them as `token list` does.
#[derive(Debug, Serialize)]
pub(crate) struct Exported(Option<Bindings>);

impl Report for Exported {
    fn text(&self, _: &mut Page) {}
}
