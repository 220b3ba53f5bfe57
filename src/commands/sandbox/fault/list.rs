//! `opush sandbox fault list`: the faults that are set and how they fared; with `--known`, those there are.
//! What a fault does belongs to `sandbox/faults`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::super::context::Ctx;
use super::super::profile_view::ProfileView;
use super::super::times::WithTimes;
use super::printed;
use crate::failure::{Failure, Remedy};
use crate::output::{Page, Report, Tone};
use crate::sandbox::faults::{Fault, Row, TABLE};
use crate::services::sandbox::SandboxTarget;

/// List the faults that are set
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// List the faults there are instead, with what each does
    #[arg(long)]
    known: bool,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<FaultList, Failure> {
    ctx.block_on(async {
        let target = SandboxTarget::find(ctx).await?;
        let items = target.control.faults().await?;
        Ok(FaultList {
            items: WithTimes(items),
            known: args.known.then_some(TABLE),
            of: ProfileView::from(&target.profile),
        })
    })
}

/// What `sandbox fault list --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct FaultList {
    /// Those that are set, oldest first.
    items: WithTimes<Vec<Fault>>,
    /// With `--known`: every fault there is.
    #[serde(skip_serializing_if = "Option::is_none")]
    known: Option<&'static [Row]>,
    #[serde(flatten)]
    of: ProfileView,
}

impl Report for FaultList {
    fn text(&self, page: &mut Page) {
        if let Some(known) = self.known {
            let row = |row: &Row| vec![row.form(), row.place.to_string(), row.does.to_owned()];
            let rows: Vec<Vec<String>> = known.iter().map(row).collect();
            return page.table(&["fault", "strikes", "what it does"], &rows, &[]);
        }
        if self.items.is_empty() {
            page.line(
                page.remedy(&Remedy::run("No fault is set. See what there is", "sandbox fault list --known")),
            );
            return;
        }
        let rows: Vec<Vec<String>> = self.items.iter().map(printed::row).collect();
        let tone = |fault: &Fault| Some(if fault.spent { Tone::Ok } else { Tone::Warn });
        let tones: Vec<Option<Tone>> = self.items.iter().map(tone).collect();
        page.table(&["id", "fault", "for", "share", "struck", "of"], &rows, &tones);
    }
}
