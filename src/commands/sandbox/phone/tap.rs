//! `opush sandbox phone tap` and `dismiss`: where a tap lands and what the opened page receives, or why nothing opens.
//! How a target is resolved belongs to `sandbox/phone`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::super::context::Ctx;
use super::super::profile_view::ProfileView;
use crate::failure::Failure;
use crate::output::{Page, Report, Tone};
use crate::sandbox::phone::{self, Dismissal, Tap};
use crate::services::sandbox::SandboxTarget;

#[derive(clap::Args, Debug)]
pub(crate) struct Args {
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
        Ok(PhoneTap { tap, of: ProfileView::from(&target.profile) })
    })
}

pub(crate) fn dismiss(args: Args, ctx: &Ctx) -> Result<PhoneDismiss, Failure> {
    ctx.block_on(async {
        let target = SandboxTarget::find(ctx).await?;
        let dismissal = target.control.dismiss(&args.name, args.message_id.as_deref()).await?;
        Ok(PhoneDismiss { dismissal, of: ProfileView::from(&target.profile) })
    })
}

/// What `sandbox phone tap --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct PhoneTap {
    #[serde(flatten)]
    tap: Tap,
    #[serde(flatten)]
    of: ProfileView,
}

impl Report for PhoneTap {
    fn text(&self, page: &mut Page) {
        if self.tap.opened {
            let opened = page.tone(Tone::Ok, "opened");
            page.line(format!("{opened}   {}", self.tap.target.as_deref().unwrap_or_default()));
            if self.tap.log.is_empty() {
                page.line("  no extras");
            }
            self.tap.log.iter().for_each(|line| page.line(format!("  {line}")));
        } else {
            let reason = self.tap.reason.as_deref().unwrap_or_default();
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
    #[serde(flatten)]
    dismissal: Dismissal,
    #[serde(flatten)]
    of: ProfileView,
}

impl Report for PhoneDismiss {
    fn text(&self, page: &mut Page) {
        let Dismissal { dismissed, reason, message_id } = &self.dismissal;
        match message_id {
            Some(id) if *dismissed => page.line(format!("Swiped {id} away.")),
            _ => page.line(format!("Nothing to swipe away: {}", reason.as_deref().unwrap_or_default())),
        }
    }
}
