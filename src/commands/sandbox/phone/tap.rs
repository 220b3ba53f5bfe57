//! `opush sandbox phone tap` and `dismiss`: where a tap lands and what the opened page receives, or why nothing opens.
//! How a target is resolved belongs to `sandbox/phone`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::super::super::context::Ctx;
use super::super::profile_view::ProfileView;
use crate::failure::Failure;
use crate::output::{Page, Report, Tone};
use crate::sandbox::phone;
use crate::services::sandbox::SandboxTarget;

/// Tap a notification: where it lands, with which extras
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The phone's name
    name: String,

    /// The notification [default: the newest shown]
    #[arg(long, value_name = "ID")]
    message_id: Option<String>,
}

/// Swipe a notification away
#[derive(clap::Args, Debug)]
pub(crate) struct DismissArgs {
    /// The phone's name
    name: String,

    /// The notification [default: the newest shown]
    #[arg(long, value_name = "ID")]
    message_id: Option<String>,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<PhoneTap, Failure> {
    ctx.block_on(async {
        let target = SandboxTarget::find(ctx).await?;
        let tap = target.control.tap(&args.name, args.message_id.as_deref()).await?;
        Ok(PhoneTap {
            opened: tap.opened,
            target: tap.target,
            extras: tap.extras,
            reason: tap.reason,
            message_id: tap.message_id,
            log: tap.log,
            of: ProfileView::from(&target.profile),
        })
    })
}

pub(crate) fn dismiss(args: DismissArgs, ctx: &Ctx) -> Result<PhoneDismiss, Failure> {
    ctx.block_on(async {
        let target = SandboxTarget::find(ctx).await?;
        let gone = target.control.dismiss(&args.name, args.message_id.as_deref()).await?;
        Ok(PhoneDismiss {
            dismissed: gone.dismissed,
            reason: gone.reason,
            message_id: gone.message_id,
            of: ProfileView::from(&target.profile),
        })
    })
}

/// What `sandbox phone tap --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct PhoneTap {
    opened: bool,
    /// The Activity's class name, or the URL.
    target: Option<String>,
    /// The Bundle extras that the opened page received.
    extras: BTreeMap<String, String>,
    /// Why nothing opened.
    reason: Option<String>,
    message_id: Option<String>,
    /// The lines that a receiver logs which goes through its extras.
    log: Vec<String>,
    #[serde(flatten)]
    of: ProfileView,
}

impl Report for PhoneTap {
    fn text(&self, page: &mut Page) {
        if self.opened {
            let opened = page.tone(Tone::Ok, "opened");
            page.line(format!("{opened}   {}", self.target.as_deref().unwrap_or_default()));
            if self.log.is_empty() {
                page.line("  no extras");
            }
            self.log.iter().for_each(|line| page.line(format!("  {line}")));
        } else {
            let reason = self.reason.as_deref().unwrap_or_default();
            let nothing = page.tone(Tone::Broken, "nothing opened");
            page.line(format!("{nothing}   {reason}"));
            if let Some(meaning) = phone::explain(reason) {
                page.line(format!("  {meaning}"));
            }
        }
    }
}

/// What `sandbox phone dismiss --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct PhoneDismiss {
    dismissed: bool,
    /// Why nothing was swiped away.
    reason: Option<String>,
    message_id: Option<String>,
    #[serde(flatten)]
    of: ProfileView,
}

impl Report for PhoneDismiss {
    fn text(&self, page: &mut Page) {
        match &self.message_id {
            Some(id) if self.dismissed => page.line(format!("Swiped {id} away.")),
            _ => page.line(format!("Nothing to swipe away: {}", self.reason.as_deref().unwrap_or_default())),
        }
    }
}
