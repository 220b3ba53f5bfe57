//! `opush smoke list FILE…`: the cases that a run would run, validated like there, and nothing sent.
//! What a file may say belongs to `smoke`.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use crate::failure::Failure;
use crate::output::{Page, Report};
use crate::smoke::{Planned, Suite};

/// List the cases of scenarios, validated and not run
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush smoke list smoke/*.toml
  opush smoke list smoke/order.toml --filter 'order*' --json")]
pub(crate) struct Args {
    /// Scenario files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Only cases with this in their name; with * or ?, it must match the whole name
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Listed, Failure> {
    let suite = Suite::load(ctx, &args.files)?.filtered(args.filter.as_deref())?;
    Ok(Listed { items: suite.cases.iter().map(CaseJson::from).collect() })
}

/// A case that could be run.
#[derive(Debug, Serialize, JsonSchema)]
struct CaseJson {
    name: String,
    file: String,
    line: usize,
    profile: String,
    region: String,
    /// Null where the default of the profile, or a user's report, decides.
    certificate_id: Option<i64>,
    /// Whom it goes to, in words.
    target: String,
    /// What is expected, in words.
    expected: String,
    /// How often it may be repeated.
    retries: u32,
}

impl From<&Planned> for CaseJson {
    fn from(planned: &Planned) -> Self {
        let case = &planned.case;
        CaseJson {
            name: case.name.clone(),
            file: case.file.clone(),
            line: case.line,
            profile: planned.profile.name.clone(),
            region: planned.profile.region.to_string(),
            certificate_id: case.certificate.as_ref().map(|id| id.get()),
            target: case.target.words(),
            expected: case.expect.words(),
            retries: case.retries,
        }
    }
}

/// What `smoke list --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Listed {
    items: Vec<CaseJson>,
}

impl Report for Listed {
    fn text(&self, page: &mut Page) {
        let row = |case: &CaseJson| {
            vec![
                case.name.clone(),
                format!("{}:{}", case.file, case.line),
                case.profile.clone(),
                case.target.clone(),
                case.expected.clone(),
            ]
        };
        let rows: Vec<Vec<String>> = self.items.iter().map(row).collect();
        page.table(&["case", "place", "profile", "target", "expects"], &rows, &[]);
    }
}
