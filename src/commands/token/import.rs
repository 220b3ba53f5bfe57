//! `opush token import`: reports from a file or a pipe, every row checked first.
//! How rows are read and checked belongs to `push`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use crate::config::Region;
use crate::failure::{Failure, Kind, Problem, Warning};
use crate::flags::one_of;
use crate::output::{Page, Report};
use crate::push::bulk::{self, ColumnMap, Format, Imported, OnError, Source, Target};
use crate::store::source::FactSource;

/// Report the regIds of many users at once, from CSV or lines of JSON
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush token import tokens.csv
  opush token import 令牌.csv --map 用户=user,令牌=reg_id,备注=-
  zcat tokens.jsonl.gz | opush token import - --format jsonl --on-error skip

Columns, in any order: user, reg_id, and at will device, certificate_id, brand. Every row is checked first.")]
pub(crate) struct Args {
    /// A .csv, .jsonl or .ndjson file, or - for stdin
    #[arg(value_name = "FILE")]
    file: String,

    /// How the rows are written [default: by the file's ending]
    #[arg(long, value_name = "FORMAT", value_parser = one_of::<Format>())]
    format: Option<Format>,

    /// What becomes of the good rows where others are bad
    #[arg(long, value_name = "WHAT", default_value = "abort", value_parser = one_of::<OnError>())]
    on_error: OnError,

    /// What a column of another name holds; HEADER=- passes it over. May be repeated
    #[arg(long, value_name = "HEADER=COLUMN")]
    map: Vec<String>,

    /// For rows that name no certificate [default: the profile's default one]
    #[arg(long, value_name = "ID", value_parser = clap::value_parser!(i64).range(1..))]
    certificate: Option<i64>,
}

/// So many problems are printed for a person; `--json` has them all.
const SHOWN: usize = 20;

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<ImportJson, Failure> {
    let map = ColumnMap::parse(&args.map).map_err(Failure::all)?;
    let format = match args.format {
        Some(format) => format,
        None => Format::of_file(&args.file)?,
    };
    let profile = ctx.profile()?;
    let default = profile.certificate(None).ok().map(|certificate| certificate.id.get());
    let certificates: Vec<i64> =
        profile.certificates.iter().map(|certificate| certificate.id.get()).collect();
    let target = Target {
        profile: &profile.name,
        region: profile.region.value,
        certificates: &certificates,
        certificate: args.certificate.or(default),
        source: FactSource::ByHand,
    };
    let bytes = bulk::read(&args.file, &ctx.paths)?;
    let name = if args.file == "-" { "stdin" } else { args.file.as_str() };
    let source = Source { name, format, bytes: &bytes, map: &map };
    let imported = bulk::import(&ctx.store()?, &source, &target, args.on_error)?;
    Ok(ImportJson::of(imported, name, format, &profile.name, profile.region.value))
}

/// What `token import --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ImportJson {
    file: String,
    format: Format,
    /// Rows in the file, without the first line of CSV.
    rows: u64,
    /// Rows that were kept: the next four together.
    kept: u64,
    new: u64,
    unchanged: u64,
    superseded: u64,
    moved: u64,
    bad_rows: u64,
    profile: String,
    region: Region,
    warnings: Vec<Warning>,
    /// With a problem for each thing that is wrong in a row, at most 10000.
    #[serde(skip)]
    failure: Option<Failure>,
}

impl ImportJson {
    fn of(imported: Imported, file: &str, format: Format, profile: &str, region: Region) -> Self {
        let warning = imported.cut_off.then(|| {
            let message = format!("the last line of {file} has no line end");
            Warning::new(message, "if the file was cut off, get it again; the rest of its rows is missing")
        });
        ImportJson {
            file: file.to_owned(),
            format,
            rows: imported.rows,
            kept: imported.counts.all(),
            new: imported.counts.new,
            unchanged: imported.counts.unchanged,
            superseded: imported.counts.superseded,
            moved: imported.counts.moved,
            bad_rows: imported.bad_rows,
            profile: profile.to_owned(),
            region,
            warnings: warning.into_iter().collect(),
            failure: imported.failure(),
        }
    }
}

impl Report for ImportJson {
    fn text(&self, page: &mut Page) {
        if self.kept == 0 {
            if self.failure.is_none() {
                page.line(format!("{} holds no rows; nothing was kept.", self.file));
            }
            return;
        }
        page.line(format!(
            "{} of {} rows kept in profile {} ({}): {} new, {} unchanged, {} superseded, {} moved.",
            self.kept,
            self.rows,
            self.profile,
            self.region,
            self.new,
            self.unchanged,
            self.superseded,
            self.moved
        ));
    }

    fn warnings(&self) -> Vec<Warning> {
        self.warnings.clone()
    }

    fn failure(&self) -> Option<Failure> {
        self.failure.clone()
    }

    fn spoken(&self) -> Option<Failure> {
        let all = self.failure.as_ref()?.problems();
        let (sum, rows) = all.split_first()?;
        let mut shown: Vec<Problem> = rows.iter().take(SHOWN).cloned().collect();
        if rows.len() > SHOWN {
            let more = format!("{} more problems", rows.len() - SHOWN);
            shown.push(Problem::new(Kind::BadRow, more, "--json names them all"));
        }
        shown.push(Problem::new(sum.kind, "what to do", &sum.hint));
        Some(Failure::all(shown).headed(&sum.message))
    }
}
