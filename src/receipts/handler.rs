//! What is answered to a callback: 200 once it is stored, 400 once what is not a receipt is kept aside, and never before.

use std::sync::Arc;

use serde_json::json;
use tokio::sync::{Semaphore, mpsc, oneshot};

use super::parse::parse;
use super::totals::Counter;
use super::writer::Job;
use crate::listen::{Answering, Fault, Request, Response, Service};
use crate::store::receipts::{NewReceipt, NewRejected};

/// Receipts that may be in memory at once, by the commas of their bodies: a body of few bytes can hold many regIds, each
/// of which becomes a receipt of its own.
const ROOM: usize = 32 * 1024;

pub(super) struct ReceiptHandler {
    paths: Vec<String>,
    queue: mpsc::Sender<Job>,
    room: Semaphore,
    counter: Counter,
}

impl ReceiptHandler {
    pub(super) fn new(paths: Vec<String>, queue: mpsc::Sender<Job>, counter: Counter) -> Self {
        ReceiptHandler { paths, queue, room: Semaphore::new(ROOM), counter }
    }

    /// OPPO promises `application/json`, but not in every document; so the body alone decides.
    async fn take(&self, request: &Request) -> Response {
        if !self.is_here(request) {
            self.counter.lock().elsewhere += 1;
            return refusal(404, "nothing is here");
        }
        if request.method != "POST" {
            self.counter.lock().elsewhere += 1;
            return refusal(405, "receipts are posted").with("allow", "POST");
        }
        let commas = request.body.iter().filter(|byte| **byte == b',').count();
        let share = u32::try_from((commas + 1).min(ROOM)).unwrap_or(u32::MAX);
        let _room = self.room.acquire_many(share).await;
        match parse(&request.body) {
            Ok(parsed) => {
                let stored = parsed.receipts.len();
                let aside = parsed.fault.map(|why| rejected(request, &why));
                match self.keep(parsed.receipts, aside).await {
                    true => Response::new(200, json!({ "stored": stored })),
                    false => not_kept(),
                }
            }
            Err(why) => match self.keep(Vec::new(), Some(rejected(request, &why))).await {
                true => refusal(400, &why),
                false => not_kept(),
            },
        }
    }

    fn is_here(&self, request: &Request) -> bool {
        self.paths.iter().any(|path| request.is_at(path))
    }

    /// Whether it is in the state database.
    async fn keep(&self, receipts: Vec<NewReceipt>, aside: Option<NewRejected>) -> bool {
        let (kept, answer) = oneshot::channel();
        self.queue.send(Job { receipts, aside, kept }).await.is_ok() && answer.await.unwrap_or(false)
    }
}

impl Service for ReceiptHandler {
    fn answer(self: Arc<Self>, request: Request) -> Answering {
        Box::pin(async move { self.take(&request).await })
    }

    fn incomplete(self: Arc<Self>, request: Request, fault: Fault) -> Answering {
        let why = fault.to_string();
        if self.is_here(&request) {
            // There is no body to keep. That it came is worth a row, but not worth waiting for one.
            let (kept, _) = oneshot::channel();
            let aside = Some(rejected(&request, &why));
            let _ = self.queue.try_send(Job { receipts: Vec::new(), aside, kept });
        } else {
            self.counter.lock().elsewhere += 1;
        }
        Box::pin(std::future::ready(refusal(fault.status(), &why)))
    }
}

fn rejected(request: &Request, why: &str) -> NewRejected {
    NewRejected {
        content_type: request.header("content-type").map(|text| text.chars().take(200).collect()),
        why: why.to_owned(),
        body: request.body.to_vec(),
    }
}

fn refusal(status: u16, why: &str) -> Response {
    Response::new(status, json!({ "error": why }))
}

/// Whether OPPO posts again is not documented; if it does, this is the answer that asks for it.
fn not_kept() -> Response {
    refusal(503, "it could not be stored; post it again").with("retry-after", "10")
}
