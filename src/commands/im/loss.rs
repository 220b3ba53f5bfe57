//! `opush im loss`: why the push service lost pushes, counted by reason.

use std::time::Duration;

use jiff::SignedDuration;
use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::ask::ask;
use crate::failure::{Failure, Kind, Problem};
use crate::flags::{describe_duration, duration};
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
    let items = ask(ctx, &profile, async |client| client.losses(from, to).await)?;
    // The server counts in seconds.
    Ok(Losses { from: format!("{from:.0}"), to: format!("{to:.0}"), items })
}

/// What `im loss --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Losses {
    /// RFC 3339 UTC.
    from: String,
    to: String,
    items: Vec<Loss>,
}

impl Report for Losses {
    fn text(&self, page: &mut Page) {
        if self.items.is_empty() {
            page.line(format!("No push was lost from {} to {}.", self.from, self.to));
            return;
        }
        let row = |item: &Loss| {
            let platform = item.platform.clone().unwrap_or_else(|| "-".to_owned());
            let reason = item.meaning.map_or_else(|| item.info.clone(), str::to_owned);
            vec![item.lost.to_string(), platform, item.code.clone(), item.count.to_string(), reason]
        };
        let rows: Vec<Vec<String>> = self.items.iter().map(row).collect();
        page.table(&["lost", "vendor", "code", "count", "reason"], &rows, &[]);
    }
}
