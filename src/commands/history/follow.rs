//! `opush history list --follow`: each push as it is begun, as it ends, and its receipts, from the state database.
//! What is printed of one belongs to `item`; which ones, to `filters`.

use std::collections::BTreeMap;
use std::time::Duration;

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::super::receipt::ReceiptJson;
use super::super::signals::{ShutdownSignal, runtime};
use super::item::Item;
use crate::failure::Failure;
use crate::output::Printer;
use crate::store::Store;
use crate::store::deliveries::{self, Delivery, DeliveryId, Filter, Pages, Status};
use crate::store::receipts::{self, Receipt, ReceiptFilter};

/// How often the state database is looked at: soon enough for a person, and a look costs little.
const EVERY: Duration = Duration::from_millis(200);

/// So many receipts that wait for their delivery's answer are remembered.
const WAITING: usize = 4_096;

/// Prints until Ctrl-C, or until the output is closed. `past` is how many of those so far come first; `None` is all.
pub(crate) fn run(
    store: &Store,
    filter: Filter<'_>,
    past: Option<usize>,
    ctx: &Ctx,
) -> Result<Followed, Failure> {
    runtime()?.block_on(async {
        let mut stop = ShutdownSignal::listen()?;
        let mut tail = Tail::new(store, filter, ctx.printer.clone())?;
        ctx.note("Pushes are printed as they happen. Stop it with Ctrl-C.");
        tail.past(past)?;
        loop {
            tail.look()?;
            if tail.unread {
                break;
            }
            tokio::select! {
                () = tokio::time::sleep(EVERY) => {}
                () = stop.received() => break,
            }
        }
        Ok(tail.followed)
    })
}

/// Where in the state database the printing has come to.
struct Tail<'a> {
    store: &'a Store,
    filter: Filter<'a>,
    printer: Printer,
    delivery: DeliveryId,
    receipt: i64,
    /// Pushes that have not ended yet.
    open: BTreeMap<DeliveryId, Delivery>,
    /// Receipts that came before the end of their push was printed, or before the answer that names it, each with the newest
    /// push of that moment.
    early: BTreeMap<i64, (Receipt, DeliveryId)>,
    followed: Followed,
    /// The reader went away.
    unread: bool,
}

impl<'a> Tail<'a> {
    fn new(store: &'a Store, filter: Filter<'a>, printer: Printer) -> Result<Self, Failure> {
        // The end first: what is begun between the two is then found twice rather than missed.
        let delivery = deliveries::newest(store)?;
        let open = deliveries::pending(store)?;
        let newest = receipts::list(store, &ReceiptFilter { limit: Some(1), ..ReceiptFilter::default() })?;
        Ok(Tail {
            store,
            filter,
            printer,
            delivery,
            receipt: newest.first().map_or(0, |receipt| receipt.id),
            open: open.into_iter().map(|delivery| (delivery.id, delivery)).collect(),
            early: BTreeMap::new(),
            followed: Followed::default(),
            unread: false,
        })
    }

    /// The newest so many of those so far, oldest first.
    fn past(&mut self, limit: Option<usize>) -> Result<(), Failure> {
        let newest = self.delivery;
        let mut found = Vec::new();
        for page in Pages::brief(self.store, Filter { limit, ..self.filter }) {
            found.extend(page?);
        }
        for delivery in found.into_iter().rev().filter(|delivery| delivery.id <= newest) {
            self.say(Event::of(delivery));
        }
        Ok(())
    }

    fn look(&mut self) -> Result<(), Failure> {
        self.ends()?;
        loop {
            let new = deliveries::after(self.store, self.delivery)?;
            let Some(last) = new.last() else { break };
            self.delivery = last.id;
            for delivery in new {
                if delivery.status == Status::Pending {
                    self.open.insert(delivery.id, delivery.clone());
                }
                self.print(delivery)?;
            }
        }
        self.receipts()?;
        self.late()
    }

    /// Prints where a push has come to, and after its end the receipts that waited for it.
    fn print(&mut self, delivery: Delivery) -> Result<(), Failure> {
        let (id, ended) = (delivery.id, delivery.status != Status::Pending);
        if self.filter.fits(&delivery) {
            self.say(Event::of(delivery));
        }
        if ended { self.claimed(id) } else { Ok(()) }
    }

    /// Those that have their end now.
    fn ends(&mut self) -> Result<(), Failure> {
        let mut ended = Vec::new();
        for id in self.open.keys() {
            match deliveries::again(self.store, *id)? {
                Some(delivery) if delivery.status == Status::Pending => {}
                found => ended.push((*id, found)),
            }
        }
        for (id, found) in ended {
            self.open.remove(&id);
            if let Some(delivery) = found {
                self.print(delivery)?;
            }
        }
        Ok(())
    }

    fn receipts(&mut self) -> Result<(), Failure> {
        let filter = ReceiptFilter { after_id: Some(self.receipt), ..ReceiptFilter::default() };
        // Newest first, and they are printed as they came.
        for receipt in receipts::list(self.store, &filter)?.into_iter().rev() {
            self.receipt = receipt.id;
            match receipt.delivery_id {
                Some(id) if id <= self.delivery && !self.open.contains_key(&id) => {
                    self.receipt_of(id, receipt)?;
                }
                _ => {
                    let newest = deliveries::newest(self.store)?;
                    self.early.insert(receipt.id, (receipt, newest));
                    if self.early.len() > WAITING {
                        self.early.pop_first();
                    }
                }
            }
        }
        Ok(())
    }

    /// Receipts that came before the answer that names their delivery.
    fn claimed(&mut self, id: DeliveryId) -> Result<(), Failure> {
        if self.early.is_empty() {
            return Ok(());
        }
        let filter = ReceiptFilter { delivery_id: Some(id), ..ReceiptFilter::default() };
        for receipt in receipts::list(self.store, &filter)?.into_iter().rev() {
            if self.early.remove(&receipt.id).is_some() {
                self.receipt_of(id, receipt)?;
            }
        }
        Ok(())
    }

    /// Receipts that every push of their time has ended without: they belong to none of ours.
    fn late(&mut self) -> Result<(), Failure> {
        let (seen, open) = (self.delivery, self.open.keys().next().copied());
        let is_over = |newest: &DeliveryId| *newest <= seen && open.is_none_or(|open| open > *newest);
        let over: Vec<i64> =
            self.early.iter().filter(|(_, (_, newest))| is_over(newest)).map(|(id, _)| *id).collect();
        for (receipt, _) in over.iter().filter_map(|id| self.early.remove(id)).collect::<Vec<_>>() {
            match receipt.delivery_id {
                Some(id) => self.receipt_of(id, receipt)?,
                None if self.filter.is_empty() => self.say(Event::receipt(receipt)),
                None => {}
            }
        }
        Ok(())
    }

    fn receipt_of(&mut self, id: DeliveryId, receipt: Receipt) -> Result<(), Failure> {
        let fits = self.filter.is_empty()
            || deliveries::again(self.store, id)?.is_some_and(|delivery| self.filter.fits(&delivery));
        if fits {
            self.say(Event::receipt(receipt));
        }
        Ok(())
    }

    fn say(&mut self, event: Event) {
        match event.event {
            What::Begun => self.followed.begun += 1,
            What::Ended => self.followed.ended += 1,
            What::Receipt => self.followed.receipts += 1,
        }
        let heard = if self.printer.json {
            self.printer.event(&event).map(|()| true)
        } else {
            self.printer.say(&event.line(|at| self.printer.time(at)))
        };
        self.unread |= !heard.unwrap_or(false);
    }
}

/// What happened to a push. With `--json` each is a line of its own on stderr.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Event {
    event: What,
    /// The push, where it was begun or ended.
    delivery: Option<Item>,
    receipt: Option<FollowedReceipt>,
}

#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum What {
    /// The request goes out.
    Begun,
    /// Its answer is there, or will never be.
    Ended,
    /// OPPO posted back about it.
    Receipt,
}

/// A receipt, as `receipt list` prints it.
#[derive(Debug, Serialize, JsonSchema)]
struct FollowedReceipt {
    #[serde(flatten)]
    receipt: ReceiptJson,
    /// `received_at`, `event` and `history_id` under their older names, which go with the next version.
    at: String,
    kind: String,
    delivery_id: Option<i64>,
}

impl Event {
    fn of(delivery: Delivery) -> Event {
        let event = if delivery.status == Status::Pending { What::Begun } else { What::Ended };
        Event { event, delivery: Some(Item::from(delivery)), receipt: None }
    }

    fn receipt(receipt: Receipt) -> Event {
        let receipt = ReceiptJson::from(&receipt);
        let (at, kind) = (receipt.received_at.clone(), receipt.event.clone());
        let came = FollowedReceipt { at, kind, delivery_id: receipt.history_id, receipt };
        Event { event: What::Receipt, delivery: None, receipt: Some(came) }
    }

    /// `10:00:00  12  demo (cn) 7005  alice  accepted  30001-…`
    fn line(&self, time: impl Fn(&str) -> String) -> String {
        let mut parts = match (&self.delivery, &self.receipt) {
            (Some(item), _) => vec![
                time(&item.at),
                item.id.to_string(),
                format!("{} {}", item.profile(), item.certificate()).trim_end().to_owned(),
                item.whom(),
                item.outcome(),
                item.message_id.clone().unwrap_or_default(),
            ],
            (None, Some(came)) => vec![
                time(&came.at),
                came.delivery_id.map_or_else(|| "-".to_owned(), |id| id.to_string()),
                came.receipt.profile.clone().unwrap_or_else(|| "no push of ours".to_owned()),
                came.receipt.user.clone().unwrap_or_else(|| came.receipt.reg_id.clone()),
                format!("receipt {}", came.kind),
                came.receipt.message_id.clone(),
            ],
            (None, None) => Vec::new(),
        };
        parts.retain(|part| !part.is_empty());
        parts.join("  ")
    }
}

/// What `history list --follow --json` prints when it has stopped. As they happened, the events stood on stderr, a line
/// each.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub(crate) struct Followed {
    /// Pushes printed before their end.
    begun: u64,
    /// Pushes printed with their end.
    ended: u64,
    receipts: u64,
}
