//! `--wait`: what must be there before anything is sent, and the receipts of what OPPO accepted.

use std::time::Duration;

use super::super::context::Ctx;
use super::args::Args;
use crate::config::{Profile, Region};
use crate::failure::{Failure, Kind, Problem, Remedy};
use crate::notification::{Draft, Field, Origin};
use crate::push::{Delivered, app_message_id};
use crate::receipts::{self, AwaitedReceipt, Listening, ReceiptListener};
use crate::store::Store;

/// The wait that `--wait` asks for.
pub(super) struct Wait {
    within: Duration,
    /// The listener of this very command, in the sandbox where no other is named; it lives as long as the wait.
    own: Option<ReceiptListener>,
}

impl Wait {
    /// Sees to it, before anything is sent, that a receipt can come. Real profiles need a callback URL; in the sandbox
    /// this command listens by itself, and says so in the draft.
    pub(super) fn prepare(
        args: &Args,
        ctx: &Ctx,
        profile: &Profile,
        draft: &mut Draft,
    ) -> Result<Option<Wait>, Failure> {
        let Some(within) = args.wait else { return Ok(None) };
        if draft.has_call_back_url() {
            return Ok(Some(Wait { within, own: None }));
        }
        if args.target.alias.is_some() {
            let message = "--wait follows a receipt, and OPPO posts none for a push to an alias";
            let hint = "send to the regId: --reg-id R, or --user U";
            return Err(Problem::new(Kind::ConflictingFlags, message, hint).at("--wait").into());
        }
        if profile.region.value != Region::Sandbox {
            let message = "--wait needs a callback URL: without one OPPO posts no receipt";
            let hint = Remedy::run(
                "add --callback-url with the URL where OPPO reaches a listener",
                "receipt listen",
            );
            return Err(Problem::new(Kind::MissingFlag, message, hint).at("--callback-url").into());
        }
        let own = ReceiptListener::start(ctx.store()?)?;
        draft.put(Field::CallBackUrl, own.url(), Origin::Wait);
        draft.put(Field::CallBackParameter, app_message_id::generate(ctx.clock.now()), Origin::Wait);
        Ok(Some(Wait { within, own: Some(own) }))
    }

    /// Waits until there is a receipt for each that was accepted, or the time is up. In the order of `delivered`.
    pub(super) async fn receipts(
        &self,
        ctx: &Ctx,
        store: &Store,
        delivered: &[Delivered],
    ) -> Result<Vec<Option<AwaitedReceipt>>, Failure> {
        let accepted = delivered.iter().filter(|one| one.message_id().is_some()).count();
        if accepted > 0 {
            let receipts = if accepted == 1 { "its receipt" } else { "their receipts" };
            let within = receipts::in_words(self.within);
            ctx.note(&format!("accepted; waiting for {receipts}, at most {within}"));
        }
        let listening = if self.own.is_some() { Listening::Here } else { Listening::Elsewhere };
        Ok(receipts::wait_for_receipts(store, delivered, self.within, listening).await?)
    }
}
