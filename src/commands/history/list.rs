//! `opush history list`: one line a delivery, newest first; with `--follow` what happens from now on.
//! The whole of one is `history show`; how following works is in `follow`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::filters::Filters;
use super::follow::{self, Followed};
use super::item::Item;
use crate::failure::{Failure, Remedy};
use crate::output::{Page, Report, Tone};
use crate::store::deliveries::{Filter, Pages};

/// List pushes, newest first; with --follow, print them as they happen
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush history list --user alice --limit 20
  opush history list --status refused --code 67 --since 24h
  opush history list --certificate 7005 --since 2026-01-01 --until 2026-02-01
  opush history list --user alice --follow")]
pub(crate) struct Args {
    /// At most this many [default: all; with --follow: none of the past]
    #[arg(long, value_name = "N")]
    limit: Option<usize>,

    /// Go on printing: new pushes, how they end, and their receipts, until Ctrl-C
    #[arg(long, conflicts_with = "until")]
    follow: bool,

    #[command(flatten)]
    filters: Filters,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<ListJson, Failure> {
    let filter = args.filters.filter(ctx)?;
    let store = ctx.store()?;
    if args.follow {
        let past = match (args.limit, args.filters.has_since()) {
            (None, false) => Some(0),
            (limit, _) => limit,
        };
        return follow::run(&store, filter, past, ctx).map(ListJson::Followed);
    }
    let mut items = Vec::new();
    for page in Pages::whole(&store, Filter { limit: args.limit, ..filter }) {
        items.extend(page?.into_iter().map(Item::from));
    }
    if items.is_empty() && ctx.profile_name().is_some() {
        ctx.profile()?;
    }
    Ok(ListJson::Listed(Listed { items, narrowed: !filter.is_empty() }))
}

/// What `history list --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum ListJson {
    Listed(Listed),
    Followed(Followed),
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Listed {
    items: Vec<Item>,
    #[serde(skip)]
    narrowed: bool,
}

impl Report for ListJson {
    fn text(&self, page: &mut Page) {
        match self {
            ListJson::Listed(listed) => listed.text(page),
            // Everything was said as it happened.
            ListJson::Followed(_) => {}
        }
    }
}

impl Listed {
    fn text(&self, page: &mut Page) {
        if self.items.is_empty() {
            let send = Remedy::run(
                "No push yet. Send one",
                "send --reg-id <REGID> --title Hello --content <CONTENT>",
            );
            page.line(if self.narrowed {
                "No push fits these conditions.".into()
            } else {
                page.remedy(&send.with("CONTENT", "first push"))
            });
            return;
        }
        let (at, times) = page.times("at", self.items.iter().map(|item| Some(item.at.as_str())));
        let row = |(item, time): (&Item, String)| {
            vec![
                item.id.to_string(),
                time,
                item.profile(),
                item.certificate(),
                item.whom(),
                item.title(),
                item.message_id.clone().unwrap_or_default(),
                item.outcome(),
            ]
        };
        let rows: Vec<Vec<String>> = self.items.iter().zip(times).map(row).collect();
        let tones: Vec<Option<Tone>> = self.items.iter().map(|item| Some(item.tone())).collect();
        page.table(&["id", &at, "profile", "cert", "to", "title", "message_id", "status"], &rows, &tones);
    }
}
