//! `opush sandbox fault clear [ID …]`: the faults named, or all, strike no more.
//! What they did already stays done.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::super::context::Ctx;
use super::super::profile_view::ProfileView;
use crate::failure::{Failure, Kind, Problem, Remedy};
use crate::output::{Page, Report};
use crate::services::sandbox::SandboxTarget;

/// Clear faults: those named, or all
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// A fault's number [default: all]
    #[arg(value_name = "ID")]
    ids: Vec<i64>,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<FaultClear, Failure> {
    ctx.block_on(async {
        let target = SandboxTarget::find(ctx).await?;
        let set: Vec<i64> = target.control.faults().await?.iter().map(|fault| fault.id).collect();
        let missing = args.ids.iter().filter(|id| !set.contains(id));
        let problems: Vec<Problem> = missing.map(|id| unknown(*id)).collect();
        if !problems.is_empty() {
            return Err(Failure::all(problems));
        }
        let cleared = if args.ids.is_empty() {
            target.control.clear_faults(None).await?;
            set
        } else {
            let mut ids = args.ids;
            ids.sort_unstable();
            ids.dedup();
            for id in &ids {
                target.control.clear_faults(Some(*id)).await?;
            }
            ids
        };
        Ok(FaultClear { cleared, of: ProfileView::from(&target.profile) })
    })
}

fn unknown(id: i64) -> Problem {
    let hint = Remedy::run("see which are set", "sandbox fault list");
    Problem::new(Kind::NotFound, format!("there is no fault {id}"), hint).at("ID")
}

/// What `sandbox fault clear --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct FaultClear {
    /// The numbers of those that are gone.
    cleared: Vec<i64>,
    #[serde(flatten)]
    of: ProfileView,
}

impl Report for FaultClear {
    fn text(&self, page: &mut Page) {
        match self.cleared.as_slice() {
            [] => page.line("No fault was set."),
            [one] => page.line(format!("Cleared fault {one}.")),
            several => page.line(format!("Cleared {} faults.", several.len())),
        }
    }
}
