//! `opush explain CODE`: what a return code of OPPO or a code of the IM server means, what causes it, and what to do.
//! The words stand in the two tables.

use clap::ValueEnum;
use schemars::JsonSchema;
use serde::Serialize;

use super::context::Ctx;
use crate::failure::{Failure, Kind, Problem};
use crate::im::codes::{self, ImCode};
use crate::output::{Page, Report};
use crate::return_codes::{self, ReturnCode};

/// Say what a code of OPPO or of the IM server means and what to do about it
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:\n  opush explain 16\n  opush explain 70001\n  opush explain --json 10000")]
pub struct Args {
    /// A return code of OPPO, such as 16, 67, 10000 or -1, or a code of the IM server, such as 70001
    #[arg(value_name = "CODE", allow_negative_numbers = true)]
    code: String,

    /// Only the one side's, for a number that both have [default: OPPO first, then the IM server]
    #[arg(long, value_name = "SOURCE")]
    source: Option<Source>,
}

/// Whose code it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Source {
    Oppo,
    Im,
}

pub fn run(args: Args, _: &Ctx) -> Result<Explained, Failure> {
    let wanted = |source| args.source.is_none_or(|asked| asked == source);
    let code: Option<i64> = args.code.trim().parse().ok();
    let of_oppo = code.and_then(|code| i32::try_from(code).ok()).and_then(return_codes::find);
    let of_oppo = of_oppo.filter(|_| wanted(Source::Oppo)).map(Row::of_oppo);
    let of_im =
        code.and_then(|code| Some(Row::of_im(code, codes::find(code)?))).filter(|_| wanted(Source::Im));
    let mut rows = of_oppo.into_iter().chain(of_im);
    let first = rows.next().ok_or_else(|| unknown(&args.code))?;
    Ok(Explained { first, also: rows.collect() })
}

fn unknown(code: &str) -> Failure {
    let known: Vec<String> = return_codes::TABLE.iter().map(|row| row.code.to_string()).collect();
    let message = format!("OPPO's table has no code {code}, and neither has the IM server's");
    let hint = format!("known codes: {}; the IM server's are in docs/im-codes.md", known.join(", "));
    Problem::new(Kind::UnknownCode, message, hint).at("CODE").into()
}

/// What is known about the code.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Explained {
    #[serde(flatten)]
    first: Row,
    /// The other side's row, where both have this number.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    also: Vec<Row>,
}

/// One row of a table of codes.
#[derive(Debug, Serialize, JsonSchema)]
struct Row {
    /// The number in `vendor.code`, or the IM server's ErrorCode.
    code: i64,
    source: Source,
    /// OPPO's own message; for the IM server, where the code comes from.
    name: String,
    meaning: String,
    cause: String,
    remedy: String,
}

impl Row {
    fn of_oppo(row: &'static ReturnCode) -> Self {
        Row {
            code: row.code.into(),
            source: Source::Oppo,
            name: row.name.into(),
            meaning: row.meaning.into(),
            cause: row.cause.into(),
            remedy: row.remedy.into(),
        }
    }

    fn of_im(code: i64, row: &'static ImCode) -> Self {
        Row {
            code,
            source: Source::Im,
            name: row.area.as_str().into(),
            meaning: row.meaning.into(),
            cause: row.cause.into(),
            remedy: row.remedy.into(),
        }
    }
}

impl Report for Explained {
    fn text(&self, page: &mut Page) {
        for row in std::iter::once(&self.first).chain(&self.also) {
            let side = match row.source {
                Source::Oppo if self.also.is_empty() => "",
                Source::Oppo => "  (OPPO)",
                Source::Im => "  (IM server)",
            };
            page.line(format!("{}  {}{side}", row.code, row.name));
            page.pairs(&[("meaning", &row.meaning), ("cause", &row.cause), ("remedy", &row.remedy)]);
        }
    }

    fn json(&self) -> serde_json::Value {
        serde_json::json!(self)
    }
}
