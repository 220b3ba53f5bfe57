//! `opush smoke list FILE…`: the cases that a run would run, validated like there, and nothing sent.

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
    let item = |planned: &Planned| ListedCase {
        case: CaseJson::of(planned, planned.case.line),
        certificate_id: planned.case.certificate.as_ref().map(|id| id.get()),
        retries: planned.case.retries,
    };
    Ok(Listed { items: suite.cases.iter().map(item).collect() })
}

/// A case: where it is, and what it does, in words.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct CaseJson {
    pub(super) name: String,
    /// The scenario file as it was named.
    pub(super) file: String,
    /// Where the case begins; of a case that was run, the line of the expectation.
    pub(super) line: usize,
    pub(super) profile: String,
    pub(super) region: String,
    /// Where it goes to, in words.
    pub(super) target: String,
    /// What is expected, in words.
    pub(super) expected: String,
}

impl CaseJson {
    pub(super) fn of(planned: &Planned, line: usize) -> CaseJson {
        let case = &planned.case;
        CaseJson {
            name: case.name.clone(),
            file: case.file.clone(),
            line,
            profile: planned.profile.name.clone(),
            region: planned.profile.region.to_string(),
            target: case.target.words(),
            expected: case.expect.words(),
        }
    }
}

/// A case that could be run.
#[derive(Debug, Serialize, JsonSchema)]
struct ListedCase {
    #[serde(flatten)]
    case: CaseJson,
    /// Null where the default of the profile, or a user's report, decides.
    certificate_id: Option<i64>,
    /// How often it may be repeated.
    retries: u32,
}

/// What `smoke list --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Listed {
    items: Vec<ListedCase>,
}

impl Report for Listed {
    fn text(&self, page: &mut Page) {
        let row = |ListedCase { case, .. }: &ListedCase| {
            let place = format!("{}:{}", case.file, case.line);
            vec![case.name.clone(), place, case.profile.clone(), case.target.clone(), case.expected.clone()]
        };
        let rows: Vec<Vec<String>> = self.items.iter().map(row).collect();
        page.table(&["case", "place", "profile", "target", "expects"], &rows, &[]);
    }
}
