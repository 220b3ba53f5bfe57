//! `opush receipt list`: what OPPO posted back, newest first; or what came and was not a receipt.
//! How they are kept belongs to `store`.

use std::collections::BTreeMap;
use std::time::Duration;

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::printed::{ReceiptJson, RejectedJson, cut};
use crate::failure::{Failure, Remedy};
use crate::flags::duration;
use crate::output::{Page, Report, Tone};
use crate::store::deliveries::DeliveryId;
use crate::store::receipts::{self as table, ReceiptFilter};

/// List receipts, newest first
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush receipt list --limit 20
  opush receipt list --user alice --since 24h
  opush receipt list --message-id 30001-1-1-5f2d --json
  opush receipt list --rejected")]
pub(crate) struct Args {
    /// Only those of this message_id
    #[arg(long, value_name = "ID")]
    message_id: Option<String>,

    /// Only those about this regId
    #[arg(long, value_name = "REGID")]
    reg_id: Option<String>,

    /// Only those of pushes to this user
    #[arg(long, value_name = "USER")]
    user: Option<String>,

    /// Only those of this push, by its number in the history
    #[arg(long, value_name = "ID")]
    history_id: Option<i64>,

    /// Only events of this name, such as regid_invalid
    #[arg(long, value_name = "NAME")]
    event: Option<String>,

    /// Only those that belong to no push known here
    #[arg(long, conflicts_with_all = ["user", "history_id"])]
    unmatched: bool,

    /// Only what came within this time, such as 24h
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    since: Option<Duration>,

    /// At most this many [default: all]
    #[arg(long, value_name = "N")]
    limit: Option<usize>,

    /// What came to the callback URL and was not a receipt
    #[arg(long, conflicts_with_all = ["message_id", "reg_id", "user", "history_id", "event", "unmatched"])]
    rejected: bool,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Listed, Failure> {
    let store = ctx.store()?;
    let since = args.since.map(|ago| store.now().checked_sub(ago).unwrap_or(crate::clock::Timestamp::MIN));
    if args.rejected {
        let items = table::rejected(&store, since, args.limit)?.into_iter().map(RejectedJson::from).collect();
        return Ok(Listed::Rejected { items });
    }
    // Only a profile that was asked for narrows the list, as in the history.
    let filter = ReceiptFilter {
        message_id: args.message_id.as_deref(),
        reg_id: args.reg_id.as_deref(),
        event: args.event.as_deref(),
        delivery_id: args.history_id.map(DeliveryId),
        profile: ctx.profile_name(),
        user: args.user.as_deref(),
        unmatched: args.unmatched,
        since,
        after_id: None,
        limit: args.limit,
    };
    let items: Vec<ReceiptJson> = table::list(&store, &filter)?.iter().map(ReceiptJson::from).collect();
    // What a profile that is gone once sent stays in the list.
    if items.is_empty() && ctx.profile_name().is_some() {
        ctx.profile()?;
    }
    Ok(Listed::Receipts { items })
}

/// What `receipt list --json` prints, with and without `--rejected`.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Listed {
    Receipts { items: Vec<ReceiptJson> },
    Rejected { items: Vec<RejectedJson> },
}

impl Report for Listed {
    fn text(&self, page: &mut Page) {
        match self {
            Listed::Receipts { items } if items.is_empty() => {
                let listen =
                    Remedy::run("No receipt. Take them, and send with --callback-url", "receipt listen");
                page.line(page.remedy(&listen));
            }
            Listed::Receipts { items } => receipts(page, items),
            Listed::Rejected { items } if items.is_empty() => page.line("Nothing was rejected."),
            Listed::Rejected { items } => rejected(page, items),
        }
    }
}

fn receipts(page: &mut Page, items: &[ReceiptJson]) {
    let (received, times) = page.times("received", items.iter().map(|item| Some(item.received_at.as_str())));
    let row = |(item, time): (&ReceiptJson, String)| {
        vec![
            time,
            item.reg_id.clone(),
            item.message_id.clone(),
            item.parameter.clone().unwrap_or_default(),
            item.push(),
            if item.seen > 1 { format!("{}, {} times", item.event, item.seen) } else { item.event.clone() },
        ]
    };
    let tone = |item: &ReceiptJson| match item.event.as_str() {
        "push_arrive" => Some(Tone::Ok),
        "regid_invalid" | "user_daily_limit" => Some(Tone::Broken),
        _ => Some(Tone::Warn),
    };
    let header = [received.as_str(), "regId", "message_id", "parameter", "push", "event"];
    let tones: Vec<_> = items.iter().map(tone).collect();
    page.table(&header, &items.iter().zip(times).map(row).collect::<Vec<_>>(), &tones);
    let meanings: BTreeMap<&str, &str> = items
        .iter()
        .map(|item| {
            (item.event.as_str(), item.meaning.as_deref().unwrap_or("not among OPPO's documented events"))
        })
        .collect();
    page.blank();
    page.pairs(&Vec::from_iter(meanings));
}

fn rejected(page: &mut Page, items: &[RejectedJson]) {
    let (received, times) = page.times("received", items.iter().map(|item| Some(item.received_at.as_str())));
    let row = |(item, time): (&RejectedJson, String)| {
        vec![
            time,
            cut(item.content_type.as_deref().unwrap_or_default(), 40),
            cut(&item.why, 120),
            cut(&item.body, 80),
        ]
    };
    let header = [received.as_str(), "content type", "why", "body"];
    page.table(&header, &items.iter().zip(times).map(row).collect::<Vec<_>>(), &[]);
}
