//! `--wait`: what must be there before anything is sent, and following the receipts of what was accepted.
//! Taking receipts in and looking for them belongs to `receipts`, keeping them to `store`.

use std::time::Duration;

use tokio::time::Instant;

use super::super::context::Ctx;
use super::args::Args;
use super::own::Own;
use super::received::{ReceiptJson, problem_of};
use crate::config::{Profile, Region};
use crate::failure::{Failure, Kind, Problem};
use crate::flags::describe_duration;
use crate::notification::{Draft, Field, Origin};
use crate::oppo::Target;
use crate::push::{Delivered, app_message_id};
use crate::receipts::waiting::{Wanted, until};
use crate::smoke::Fact;
use crate::store::Store;
use crate::store::receipts::Receipt;

/// The wait that `--wait` asks for.
pub(in crate::commands) struct Wait {
    within: Duration,
    /// The listener of this very command, in the sandbox where no other is named; it lives as long as the wait.
    _own: Option<Own>,
    /// Whether receipts come to this command itself.
    here: bool,
}

/// What came of the wait for one push.
#[derive(Clone, Debug, Default)]
pub(in crate::commands) struct Followed {
    /// Whether it was waited for at all: only for what OPPO accepted.
    pub(crate) waited: bool,
    pub(crate) receipt: Option<ReceiptJson>,
    /// Why the wait failed.
    pub(crate) problem: Option<Problem>,
}

impl Followed {
    /// What a scenario makes of it that expects this event; nothing where it was not waited for.
    pub(crate) fn fact(self, wanted: &str) -> Option<Fact> {
        match (self.receipt, self.problem) {
            _ if !self.waited => None,
            (Some(receipt), _) if receipt.event == wanted => {
                Some(Fact::pass(format!("{wanted} after {:.1} s", receipt.after_ms as f64 / 1000.0)))
            }
            (_, Some(problem)) => Some(Fact::fail(problem.message, problem.hint)),
            (Some(receipt), None) => {
                let hint = format!("the receipt {wanted} is expected; see opush receipt list");
                Some(Fact::fail(format!("OPPO reported {}", receipt.event), hint))
            }
            (None, None) => None,
        }
    }
}

impl Wait {
    /// A wait for what a listener stores; `here` if that is this command's own, kept by the caller.
    pub(crate) fn new(within: Duration, here: bool) -> Wait {
        Wait { within, _own: None, here }
    }

    /// Sees to it, before anything is sent, that a receipt can come. Real profiles need a callback URL; in the sandbox
    /// this command listens by itself, and says so in the draft.
    pub(crate) fn prepare(
        args: &Args,
        ctx: &Ctx,
        profile: &Profile,
        draft: &mut Draft,
    ) -> Result<Option<Wait>, Failure> {
        let Some(within) = args.wait else { return Ok(None) };
        if draft.has_call_back_url() {
            return Ok(Some(Wait::new(within, false)));
        }
        if args.target.alias.is_some() {
            let message = "--wait follows a receipt, and OPPO posts none for a push to an alias";
            let hint = "send to the regId: --reg-id R, or --user U";
            return Err(Problem::new(Kind::ConflictingFlags, message, hint).at("--wait").into());
        }
        if profile.region.value != Region::Sandbox {
            let message = "--wait needs a callback URL: without one OPPO posts no receipt";
            let hint = "run opush receipt listen where OPPO can reach it, and add --callback-url URL";
            return Err(Problem::new(Kind::MissingFlag, message, hint).at("--callback-url").into());
        }
        let own = Own::start(ctx)?;
        draft.put(Field::CallBackUrl, own.url(), Origin::Wait);
        draft.put(Field::CallBackParameter, app_message_id::generate(ctx.clock.now()), Origin::Wait);
        Ok(Some(Wait { within, _own: Some(own), here: true }))
    }

    /// Waits until there is a receipt for each that was accepted, or the time is up. In the order of `delivered`.
    pub(crate) async fn follow(
        &self,
        ctx: &Ctx,
        store: &Store,
        delivered: &[Delivered],
    ) -> Result<Vec<Followed>, Failure> {
        let wanted: Vec<Wanted> = delivered.iter().filter_map(wanted_of).collect();
        if !wanted.is_empty() {
            let receipts = if wanted.len() == 1 { "its receipt" } else { "their receipts" };
            let within = in_words(self.within);
            ctx.note(&format!("accepted; waiting for {receipts}, at most {within}"));
        }
        self.receipts(store, delivered).await
    }

    /// The same, without a word.
    pub(crate) async fn receipts(
        &self,
        store: &Store,
        delivered: &[Delivered],
    ) -> Result<Vec<Followed>, Failure> {
        let wanted: Vec<Wanted> = delivered.iter().filter_map(wanted_of).collect();
        let began = Instant::now();
        let mut receipts: Vec<(Wanted, ReceiptJson)> = Vec::new();
        until(store, &wanted, began + self.within, |wanted, receipt| {
            // The first one tells; a repeated or later one changes nothing.
            if !receipts.iter().any(|(known, _)| known == wanted) {
                receipts.push((wanted.clone(), json(receipt, began.elapsed())));
            }
        })
        .await?;
        let follow = |one: &Delivered| {
            let wanted = wanted_of(one)?;
            let found = receipts.iter().find(|(known, _)| *known == wanted);
            let receipt = found.map(|(_, receipt)| receipt.clone());
            let problem = match &receipt {
                Some(receipt) => problem_of(receipt),
                None => Some(self.ran_out(&wanted.message_id)),
            };
            Some(Followed { waited: true, receipt, problem })
        };
        Ok(delivered.iter().map(|one| follow(one).unwrap_or_default()).collect())
    }

    fn ran_out(&self, message_id: &str) -> Problem {
        let message = format!("no receipt came within {}", in_words(self.within));
        let hint = if self.here {
            "what became of it: opush sandbox phone list, then opush sandbox phone show NAME".to_owned()
        } else {
            format!(
                "see that opush receipt listen runs here and that OPPO reaches it; later: opush receipt list \
                 --message-id {message_id}"
            )
        };
        Problem::new(Kind::NoReceipt, message, hint).at("--wait")
    }
}

/// `60s`, `1m 30s`, `250 ms`.
fn in_words(time: Duration) -> String {
    if time < Duration::from_secs(1) { format!("{} ms", time.as_millis()) } else { describe_duration(time) }
}

/// What to look for: only what OPPO accepted gets a receipt.
fn wanted_of(delivered: &Delivered) -> Option<Wanted> {
    let reg_id = match &delivered.target {
        Some(Target::RegId(reg_id)) => Some(reg_id.as_str().to_owned()),
        _ => None,
    };
    Some(Wanted { message_id: delivered.message_id()?.to_owned(), reg_id })
}

fn json(receipt: &Receipt, after: Duration) -> ReceiptJson {
    ReceiptJson {
        event: receipt.receipt.event.clone(),
        event_at: receipt.receipt.event_at.map(|at| at.to_string()),
        reg_id: receipt.receipt.reg_id.clone(),
        after_ms: i64::try_from(after.as_millis()).unwrap_or(i64::MAX),
    }
}
