//! `opush history list`: one line a delivery, newest first.
//! The whole of one is `history show`.

use clap::ValueEnum;
use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use crate::failure::Failure;
use crate::output::{Page, Report, Tone};
use crate::store::deliveries::{self, Delivery, Filter, Status};

/// List pushes, newest first
#[derive(clap::Args, Debug)]
pub struct Args {
    /// At most this many [default: all]
    #[arg(long, value_name = "N")]
    limit: Option<usize>,

    /// Only those that ended so
    #[arg(long, value_name = "STATUS")]
    status: Option<StatusWord>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
#[value(rename_all = "snake_case")]
enum StatusWord {
    Pending,
    Accepted,
    Refused,
    Unknown,
    NotSent,
}

impl From<StatusWord> for Status {
    fn from(word: StatusWord) -> Self {
        match word {
            StatusWord::Pending => Status::Pending,
            StatusWord::Accepted => Status::Accepted,
            StatusWord::Refused => Status::Refused,
            StatusWord::Unknown => Status::Unknown,
            StatusWord::NotSent => Status::NotSent,
        }
    }
}

pub fn run(args: Args, ctx: &Ctx) -> Result<Listed, Failure> {
    let store = ctx.store()?;
    // Only a profile that was asked for narrows the list; the one in force by default does not hide the others' pushes.
    let filter = Filter {
        limit: args.limit,
        status: args.status.map(Status::from),
        profile: ctx.globals.profile.as_deref(),
        ..Filter::default()
    };
    let items = deliveries::list(&store, &filter)?.into_iter().map(Item::from).collect();
    Ok(Listed { items })
}

/// What `history list --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Listed {
    items: Vec<Item>,
}

/// One delivery in short.
#[derive(Debug, Serialize, JsonSchema)]
struct Item {
    /// The number for `history show`.
    id: i64,
    /// When it was begun, RFC 3339 UTC.
    at: String,
    profile: String,
    region: String,
    certificate_id: Option<i64>,
    user: Option<String>,
    /// The regId or alias it went to.
    target: Option<String>,
    /// pending, accepted, refused, unknown or not_sent.
    status: String,
    message_id: Option<String>,
    /// The vendor's code, where it refused.
    code: Option<i64>,
    /// push, or why not.
    decision: String,
}

impl From<Delivery> for Item {
    fn from(delivery: Delivery) -> Self {
        Item {
            id: delivery.id.0,
            at: delivery.begun_at.to_string(),
            profile: delivery.profile,
            region: delivery.region,
            certificate_id: delivery.certificate_id,
            user: delivery.user,
            target: delivery.target.map(|target| target.value().to_owned()),
            status: delivery.status.as_str().to_owned(),
            message_id: delivery.message_id,
            code: delivery.code,
            decision: delivery.decision,
        }
    }
}

impl Item {
    fn outcome(&self) -> String {
        match (&self.message_id, self.code) {
            (_, Some(code)) => format!("{} {code}", self.status),
            (None, None) if self.decision != "push" => format!("{} {}", self.status, self.decision),
            _ => self.status.clone(),
        }
    }
}

impl Report for Listed {
    fn text(&self, page: &mut Page) {
        if self.items.is_empty() {
            page.line("No push yet. Send one: opush send --reg-id R --title Hello --content \"first push\"");
            return;
        }
        let rows: Vec<Vec<String>> = self
            .items
            .iter()
            .map(|item| {
                let certificate = item.certificate_id.map(|id| id.to_string()).unwrap_or_default();
                let at =
                    item.at.split('.').next().unwrap_or(&item.at).trim_end_matches('Z').replace('T', " ");
                let whom = item.user.clone().or(item.target.clone()).unwrap_or_default();
                let message = item.message_id.clone().unwrap_or_default();
                vec![
                    item.id.to_string(),
                    at,
                    format!("{} ({})", item.profile, item.region),
                    certificate,
                    whom,
                    message,
                    item.outcome(),
                ]
            })
            .collect();
        let tones: Vec<Option<Tone>> = self
            .items
            .iter()
            .map(|item| {
                Some(match item.status.as_str() {
                    "accepted" => Tone::Ok,
                    "pending" | "unknown" => Tone::Warn,
                    _ => Tone::Broken,
                })
            })
            .collect();
        page.table(&["id", "at (UTC)", "profile", "cert", "to", "message_id", "status"], &rows, &tones);
    }

    fn json(&self) -> serde_json::Value {
        serde_json::json!(self)
    }
}
