//! `opush sandbox fault clear [ID …]`: the faults named, or all, strike no more.
//! What they did already stays done.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::super::context::Ctx;
use super::super::place::{self, Place, Whose};
use crate::failure::{Failure, Kind, Problem};
use crate::output::{Page, Report};

/// Clear faults: those named, or all
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// A fault's number [default: all]
    #[arg(value_name = "ID")]
    ids: Vec<i64>,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<FaultClear, Failure> {
    ctx.block_on(async {
        let place = Place::find(ctx).await?;
        let set: Vec<i64> =
            place.control.faults().await.map_err(place::explain)?.iter().map(|fault| fault.id).collect();
        let missing = args.ids.iter().filter(|id| !set.contains(id));
        let problems: Vec<Problem> = missing.map(|id| unknown(*id)).collect();
        if !problems.is_empty() {
            return Err(Failure::all(problems));
        }
        let cleared = if args.ids.is_empty() {
            place.control.clear_faults(None).await.map_err(place::explain)?;
            set
        } else {
            let mut ids = args.ids;
            ids.sort_unstable();
            ids.dedup();
            for id in &ids {
                place.control.clear_faults(Some(*id)).await.map_err(place::explain)?;
            }
            ids
        };
        Ok(FaultClear { cleared, whose: place.whose() })
    })
}

fn unknown(id: i64) -> Problem {
    let hint = "opush sandbox fault list shows those that are set";
    Problem::new(Kind::NotFound, format!("there is no fault {id}"), hint).at("ID")
}

/// What `sandbox fault clear --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct FaultClear {
    /// The numbers of those that are gone.
    cleared: Vec<i64>,
    #[serde(flatten)]
    whose: Whose,
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
