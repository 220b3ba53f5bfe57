//! `opush history prune`: remove what is too old or too many, now and all of it.
//! What goes by itself as pushes are recorded, and how, belongs to `store`.

use std::time::Duration;

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use crate::failure::{Failure, Warning};
use crate::flags::{describe_duration, duration};
use crate::output::{Page, Report};
use crate::store::retention::Ages;
use crate::store::{Keep, retention};

/// Remove old pushes, receipts and events of the IM server
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush history prune --older-than 30d --dry-run
  opush history prune --keep 10000
  opush history prune                                  as [history] of the configuration says, at once

What is older than --older-than goes, and of each kind what is not among the newest --keep. The newest of each kind and
pushes still waiting for their answer always stay.")]
pub(crate) struct Args {
    /// Remove what is older, such as 90d [default: keep_for of the configuration if --keep is not given either]
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    older_than: Option<Duration>,

    /// Keep the newest so many of each kind [default: keep of the configuration if --older-than is not given either]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    keep: Option<u64>,

    /// Only say what would go
    #[arg(long)]
    dry_run: bool,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Pruned, Failure> {
    let keep = match (args.older_than, args.keep) {
        (None, None) => {
            let settings = &ctx.configuration()?.history;
            Keep { age: Some(settings.keep_for.value), count: Some(settings.keep.value) }
        }
        (age, count) => Keep { age, count },
    };
    let (removed, ages) = retention::prune(&ctx.store()?, keep, args.dry_run)?;
    Ok(Pruned {
        warnings: not_judged(ages).into_iter().collect(),
        dry_run: args.dry_run,
        older_than_s: keep.age.map(|age| age.as_secs()),
        keep: keep.count,
        deliveries: removed.deliveries,
        receipts: removed.receipts,
        rejected_receipts: removed.rejected_receipts,
        im_events: removed.im_events,
    })
}

/// What `history prune --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Pruned {
    /// Nothing was removed: the counts are of what would be.
    dry_run: bool,
    /// The age in seconds that was too old.
    older_than_s: Option<u64>,
    /// So many of each kind were to stay.
    keep: Option<u64>,
    deliveries: u64,
    receipts: u64,
    /// Requests to the receipt listener that were not receipts.
    rejected_receipts: u64,
    /// What the IM server's webhook reported.
    im_events: u64,
    /// Why nothing was removed for its age, where that is so.
    warnings: Vec<Warning>,
}

fn not_judged(ages: Ages) -> Option<Warning> {
    let (message, hint) = match ages {
        Ages::Judged => return None,
        Ages::ClockBehind => (
            "the clock stands before the newest row, so nothing is removed for its age".to_owned(),
            "set the clock of this machine".to_owned(),
        ),
        Ages::Gap { judged_from } => (
            "nothing had been recorded for over 30 days, so nothing is removed for its age yet".to_owned(),
            format!("see that the clock of this machine is right, and run it again after {judged_from}"),
        ),
    };
    Some(Warning::new(message, hint).with_id("ages-not-judged"))
}

impl Report for Pruned {
    fn warnings(&self) -> Vec<Warning> {
        self.warnings.clone()
    }

    fn text(&self, page: &mut Page) {
        let rules = [
            self.older_than_s
                .map(|age| format!("older than {}", describe_duration(Duration::from_secs(age)))),
            self.keep.map(|keep| format!("beyond the newest {keep} of each kind")),
        ];
        let rules: Vec<String> = rules.into_iter().flatten().collect();
        let verb = if self.dry_run { "Would be removed" } else { "Removed" };
        page.line(format!("{verb} ({}):", rules.join(", or ")));
        page.pairs(&[
            ("pushes", self.deliveries.to_string()),
            ("receipts", self.receipts.to_string()),
            ("rejected receipts", self.rejected_receipts.to_string()),
            ("events of the IM server", self.im_events.to_string()),
        ]);
    }
}
