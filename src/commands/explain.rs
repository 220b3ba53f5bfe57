//! `opush explain CODE`: what a return code of OPPO means, what usually causes it, and what to do.
//! The words stand in the return-code table.

use schemars::JsonSchema;
use serde::Serialize;

use super::context::Ctx;
use crate::failure::{Failure, Kind, Problem};
use crate::output::{Page, Report};
use crate::return_codes::{self, ReturnCode};

/// Say what a return code of OPPO means and what to do about it
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:\n  opush explain 16\n  opush explain --json 10000")]
pub struct Args {
    /// A return code, such as 16, 67, 10000 or -1
    #[arg(value_name = "CODE", allow_negative_numbers = true)]
    code: String,
}

pub fn run(args: Args, _: &Ctx) -> Result<Explained, Failure> {
    let row = args.code.trim().parse().ok().and_then(return_codes::find).ok_or_else(|| {
        let known: Vec<String> = return_codes::TABLE.iter().map(|row| row.code.to_string()).collect();
        let message = format!("OPPO's table has no code {}", args.code);
        Problem::new(Kind::UnknownCode, message, format!("known codes: {}", known.join(", "))).at("CODE")
    })?;
    Ok(Explained::from(row))
}

/// One row of the return-code table.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Explained {
    /// The number in `vendor.code`.
    code: i32,
    /// The vendor's own message.
    name: String,
    meaning: String,
    cause: String,
    remedy: String,
}

impl From<&'static ReturnCode> for Explained {
    fn from(row: &'static ReturnCode) -> Self {
        Explained {
            code: row.code,
            name: row.name.into(),
            meaning: row.meaning.into(),
            cause: row.cause.into(),
            remedy: row.remedy.into(),
        }
    }
}

impl Report for Explained {
    fn text(&self, page: &mut Page) {
        page.line(format!("{}  {}", self.code, self.name));
        page.pairs(&[("meaning", &self.meaning), ("cause", &self.cause), ("remedy", &self.remedy)]);
    }

    fn json(&self) -> serde_json::Value {
        serde_json::json!(self)
    }
}
