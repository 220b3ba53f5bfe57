//! `opush im loss`: why the push service lost pushes, counted by reason.
//! What a reason means is in `im`'s table of codes.

use std::time::Duration;

use jiff::SignedDuration;
use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::ask::ask;
use crate::failure::{Failure, Kind, Problem};
use crate::flags::{describe_duration, duration};
use crate::im::codes::{self, Area};
use crate::im::trace::Loss;
use crate::output::{Page, Report};

/// The push service answers for at most seven days.
const LONGEST: Duration = Duration::from_secs(7 * 86_400);

/// Count the reasons for which pushes were lost
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// How far back, at most 7d
    #[arg(long, value_name = "DURATION", value_parser = duration, default_value = "24h")]
    since: Duration,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Losses, Failure> {
    let profile = ctx.profile()?;
    if args.since.as_secs() == 0 || args.since > LONGEST {
        let message = format!("--since is {}", describe_duration(args.since));
        return Err(Problem::new(Kind::OutOfRange, message, "use 1s to 7d").at("--since").into());
    }
    let to = ctx.clock.now();
    let from =
        SignedDuration::try_from(args.since).ok().and_then(|since| to.checked_sub(since).ok()).unwrap_or(to);
    let losses = ask(ctx, &profile, async |client| client.losses(from, to).await)?;
    // The server counts in seconds.
    let (from, to) = (format!("{from:.0}"), format!("{to:.0}"));
    Ok(Losses { from, to, items: losses.into_iter().map(LossItem::from).collect() })
}

impl From<Loss> for LossItem {
    fn from(loss: Loss) -> Self {
        let row = loss.code.parse().ok().and_then(codes::find).filter(|row| row.area == Area::Push);
        LossItem {
            stage: loss.stage,
            platform: loss.platform,
            meaning: row.map(|row| row.meaning.to_owned()),
            code: loss.code,
            count: loss.count,
            info: loss.info,
        }
    }
}

/// What `im loss --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Losses {
    /// RFC 3339 UTC.
    from: String,
    to: String,
    items: Vec<LossItem>,
}

/// One reason at one stage.
#[derive(Debug, Serialize, JsonSchema)]
struct LossItem {
    /// The server's name: ReadyToSendLoss, PostSendDeliveredLoss, PlatformReadyToSendLoss ...
    stage: String,
    /// The vendor's name, where the stage is counted by vendor.
    platform: Option<String>,
    /// The server's or the vendor's code.
    code: String,
    count: i64,
    /// The server's own words.
    info: String,
    /// What opush knows about the code.
    meaning: Option<String>,
}

impl Report for Losses {
    fn text(&self, page: &mut Page) {
        if self.items.is_empty() {
            page.line(format!("No push was lost from {} to {}.", self.from, self.to));
            return;
        }
        let rows: Vec<Vec<String>> = self
            .items
            .iter()
            .map(|item| {
                vec![
                    item.stage.clone(),
                    item.platform.clone().unwrap_or_else(|| "-".to_owned()),
                    item.code.clone(),
                    item.count.to_string(),
                    item.meaning.clone().unwrap_or_else(|| item.info.clone()),
                ]
            })
            .collect();
        page.table(&["stage", "vendor", "code", "count", "reason"], &rows, &[]);
    }
}
