//! `--wait`: what must be there before anything is sent, and following the receipts of what was accepted.
//! Taking receipts in belongs to `receipts`, keeping them to `store`.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use super::super::context::Ctx;
use super::args::Args;
use super::own::Own;
use super::received::ReceiptJson;
use crate::config::{Profile, Region};
use crate::failure::{Failure, Kind, Problem};
use crate::flags::describe_duration;
use crate::notification::{Draft, Origin};
use crate::push::{Delivered, app_message_id};
use crate::smoke::Fact;
use crate::store::Store;
use crate::store::receipts::{ReceiptFilter, list};

/// How often the state database is asked: a listener of another process writes it.
const LOOK: Duration = Duration::from_millis(100);

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
    pub waited: bool,
    pub receipt: Option<ReceiptJson>,
    /// Why the wait failed.
    pub problem: Option<Problem>,
}

impl Followed {
    /// What a scenario makes of it that expects this event; nothing where it was not waited for.
    pub fn fact(self, wanted: &str) -> Option<Fact> {
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
    pub fn new(within: Duration, here: bool) -> Wait {
        Wait { within, _own: None, here }
    }

    /// Sees to it, before anything is sent, that a receipt can come. Real profiles need a callback URL; in the sandbox
    /// this command listens by itself, and says so in the draft.
    pub fn prepare(
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
        draft.call_back_url(own.url().to_owned(), Origin::Wait);
        draft.call_back_parameter(app_message_id::generate(ctx.clock.now()), Origin::Wait);
        Ok(Some(Wait { within, _own: Some(own), here: true }))
    }

    /// Waits until there is a receipt for each that was accepted, or the time is up. In the order of `delivered`.
    pub async fn follow(
        &self,
        ctx: &Ctx,
        store: &Store,
        delivered: &[Delivered],
    ) -> Result<Vec<Followed>, Failure> {
        let count = delivered.iter().filter(|one| one.message_id().is_some()).count();
        if count > 0 {
            let receipts = if count == 1 { "its receipt" } else { "their receipts" };
            ctx.note(&format!(
                "accepted; waiting for {receipts}, at most {}",
                describe_duration(self.within)
            ));
        }
        self.receipts(store, delivered).await
    }

    /// The same, without a word.
    pub async fn receipts(&self, store: &Store, delivered: &[Delivered]) -> Result<Vec<Followed>, Failure> {
        let began = Instant::now();
        let deadline = began + self.within;
        let mut followed: Vec<Followed> = delivered
            .iter()
            .map(|one| Followed { waited: one.message_id().is_some(), ..Followed::default() })
            .collect();
        loop {
            let mut missing = false;
            for (one, followed) in delivered.iter().zip(&mut followed) {
                if !followed.waited || followed.receipt.is_some() {
                    continue;
                }
                followed.receipt = found(store, one, began.elapsed())?;
                missing |= followed.receipt.is_none();
            }
            let now = Instant::now();
            if !missing || now >= deadline {
                break;
            }
            sleep_until(deadline.min(now + LOOK)).await;
        }
        for (one, followed) in delivered.iter().zip(&mut followed).filter(|(_, followed)| followed.waited) {
            followed.problem = match &followed.receipt {
                Some(receipt) => undelivered(&receipt.event),
                None => Some(self.ran_out(one)),
            };
        }
        Ok(followed)
    }

    fn ran_out(&self, delivered: &Delivered) -> Problem {
        let message = format!("no receipt came within {}", describe_duration(self.within));
        let hint = match (self.here, delivered.message_id()) {
            (true, _) => "what became of it: opush sandbox phone list, then phone show NAME".to_owned(),
            (false, Some(id)) => format!(
                "see that opush receipt listen runs on this machine and OPPO reaches it; later: opush receipt list \
                 --message-id {id}"
            ),
            (false, None) => "see opush receipt list".to_owned(),
        };
        Problem::new(Kind::NoReceipt, message, hint).at("--wait")
    }
}

/// The first receipt of this push that says what became of it.
fn found(store: &Store, delivered: &Delivered, after: Duration) -> Result<Option<ReceiptJson>, Failure> {
    let Some(id) = delivered.id else { return Ok(None) };
    let receipts = list(store, &ReceiptFilter { delivery_id: Some(id), ..ReceiptFilter::default() })?;
    let known = receipts
        .into_iter()
        .rev()
        .find(|one| one.receipt.event == ARRIVED || meaning(&one.receipt.event).is_some());
    Ok(known.map(|one| ReceiptJson {
        event: one.receipt.event,
        event_at: one.receipt.event_at.map(|at| at.to_string()),
        reg_id: one.receipt.reg_id,
        after_ms: i64::try_from(after.as_millis()).unwrap_or(i64::MAX),
    }))
}

const ARRIVED: &str = "push_arrive";

/// Receipts that say it did not arrive: what they mean, and the remedy (OPPO reference, section 6).
const UNDELIVERED: &[(&str, &str, &str)] = &[
    (
        "regid_invalid",
        "the app was uninstalled or unregistered, the phone flashed, or offline for over 30 days",
        "let the app register again and report the new regId; drop the old one: opush token remove",
    ),
    (
        "user_daily_limit",
        "this app's pushes to this device are used up for today",
        "send again tomorrow; what is personal belongs to a class without this limit: --category",
    ),
];

fn meaning(event: &str) -> Option<(&'static str, &'static str)> {
    UNDELIVERED.iter().find(|(known, ..)| *known == event).map(|(_, meaning, remedy)| (*meaning, *remedy))
}

fn undelivered(event: &str) -> Option<Problem> {
    let (meaning, remedy) = meaning(event)?;
    let message = format!("OPPO took the push and then reported {event}: {meaning}");
    Some(Problem::new(Kind::NotDelivered, message, remedy).at("--wait"))
}
