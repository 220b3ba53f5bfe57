//! `opush history show ID`: one delivery whole, its request and answer with secrets masked, and its receipts.
//! How they were masked when they were recorded belongs to `oppo`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::item::Item;
use crate::failure::{Failure, Kind, Problem, Remedy};
use crate::output::{Page, Report};
use crate::store::Store;
use crate::store::deliveries::{self, Delivery};
use crate::store::receipts::{self, Receipt};

/// Show one push whole, secrets masked
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Its number in the list, its message_id or its app_message_id
    id: String,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Shown, Failure> {
    let store = ctx.store()?;
    let found = find(&store, &args.id)?;
    let receipts = receipts::of_many(&store, [found.id])?.remove(&found.id).unwrap_or_default();
    Ok(Shown {
        completed_at: found.completed_at.map(|at| at.to_string()),
        device: found.device.clone(),
        target_kind: found.target.as_ref().map(|target| target.kind().to_owned()),
        app_message_id: found.app_message_id.clone(),
        words: found.words.clone(),
        reason: found.reason.clone(),
        tries: found.tries,
        elapsed_ms: found.elapsed_ms,
        request: found.request.clone(),
        answer: found.answer.clone(),
        receipts: receipts.into_iter().map(ReceiptView::from).collect(),
        item: Item::from(found),
    })
}

/// The push with this number, message_id or app_message_id.
pub(super) fn find(store: &Store, id: &str) -> Result<Delivery, Failure> {
    deliveries::show(store, id)?.ok_or_else(|| {
        let message = format!("no push has the number, message_id or app_message_id {id}");
        let hint = Remedy::run("see which there are", "history list");
        Problem::new(Kind::NotFound, message, hint).at("ID").into()
    })
}

/// One delivery.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Shown {
    #[serde(flatten)]
    item: Item,
    completed_at: Option<String>,
    device: Option<String>,
    /// reg_id or alias.
    target_kind: Option<String>,
    app_message_id: Option<String>,
    /// The vendor's words, where it refused.
    words: Option<String>,
    /// Why the outcome is unknown, or why nothing was sent.
    reason: Option<String>,
    /// How often the request went out.
    tries: u32,
    elapsed_ms: Option<i64>,
    /// The request as it went out, secrets masked.
    request: String,
    /// The vendor's answer, secrets masked.
    answer: Option<String>,
    /// What OPPO posted back, in the order in which it came.
    receipts: Vec<ReceiptView>,
}

/// One receipt.
#[derive(Debug, Serialize, JsonSchema)]
struct ReceiptView {
    /// OPPO's word: push_arrive, regid_invalid, user_daily_limit, or one that opush does not know.
    event: String,
    /// When it came, RFC 3339 UTC.
    received_at: String,
    /// When it happened by OPPO's clock, RFC 3339 UTC, where that can be read.
    event_at: Option<String>,
    reg_id: String,
    /// How often the same was posted.
    seen: i64,
}

impl From<Receipt> for ReceiptView {
    fn from(receipt: Receipt) -> Self {
        ReceiptView {
            event: receipt.receipt.event,
            received_at: receipt.received_at.to_string(),
            event_at: receipt.receipt.event_at.map(|at| at.to_string()),
            reg_id: receipt.receipt.reg_id,
            seen: receipt.seen,
        }
    }
}

impl Report for Shown {
    fn text(&self, page: &mut Page) {
        let mut pairs = vec![("id", self.item.id.to_string()), ("at", page.time(&self.item.at))];
        let status = match (self.item.code, &self.reason) {
            (Some(code), _) => {
                format!("{}: {code} {}", self.item.status, self.words.clone().unwrap_or_default())
            }
            (None, Some(reason)) => format!("{}: {reason}", self.item.status),
            (None, None) => self.item.status.to_string(),
        };
        pairs.push(("status", status));
        let certificate =
            self.item.certificate_id.map(|id| format!(", certificate {id}")).unwrap_or_default();
        pairs.push(("profile", format!("{} ({}){certificate}", self.item.profile, self.item.region)));
        let optional = [
            ("user", &self.item.user),
            ("device", &self.device),
            ("to", &self.item.target),
            ("message_id", &self.item.message_id),
            ("app_message_id", &self.app_message_id),
        ];
        for (label, value) in optional {
            if let Some(value) = value {
                pairs.push((label, value.clone()));
            }
        }
        pairs.push(("decision", self.item.decision.clone()));
        if let Some(elapsed) = self.elapsed_ms {
            pairs.push((
                "took",
                format!("{elapsed} ms, {} {}", self.tries, if self.tries == 1 { "try" } else { "tries" }),
            ));
        }
        if !self.request.is_empty() {
            pairs.push(("request", self.request.clone()));
        }
        if let Some(answer) = &self.answer {
            pairs.push(("answer", answer.clone()));
        }
        let receipts: Vec<String> = self
            .receipts
            .iter()
            .map(|one| {
                let repeated =
                    if one.seen > 1 { format!(", posted {} times", one.seen) } else { String::new() };
                format!("{}  {} for {}{repeated}", page.time(&one.received_at), one.event, one.reg_id)
            })
            .collect();
        if !receipts.is_empty() {
            pairs.push(("receipts", receipts.join("\n")));
        }
        page.pairs(&pairs);
    }
}
