//! `opush sandbox phone show NAME`: what the phone is, what it shows, what waits, what was dropped and why.
//! A list of all is `phone list`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::super::context::Ctx;
use super::super::profile_view::ProfileView;
use super::super::times::WithTimes;
use super::printed;
use crate::failure::Failure;
use crate::output::{Page, Report, Tone};
use crate::sandbox::phone::Detail;
use crate::services::sandbox::SandboxTarget;

/// Show a phone: its notifications, and what was dropped and why
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The phone's name
    name: String,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<PhoneShow, Failure> {
    ctx.block_on(async {
        let target = SandboxTarget::find(ctx).await?;
        let detail = target.control.phone(&args.name).await?;
        Ok(PhoneShow { detail: WithTimes(detail), of: ProfileView::from(&target.profile) })
    })
}

/// What `sandbox phone show --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct PhoneShow {
    #[serde(flatten)]
    detail: WithTimes<Detail>,
    #[serde(flatten)]
    of: ProfileView,
}

impl Report for PhoneShow {
    fn text(&self, page: &mut Page) {
        let Detail { phone, notifications, held, dropped, pictures, forgotten } = &*self.detail;
        printed::phone(phone, page);
        if notifications.is_empty() && held.is_empty() && dropped.is_empty() {
            page.line("Nothing is shown, waiting or lost.");
        }
        let lists = [
            ("shown", Tone::Ok, notifications),
            ("held", Tone::Warn, held),
            ("dropped", Tone::Broken, dropped),
        ];
        for (title, tone, list) in lists {
            if !list.is_empty() {
                page.line(page.tone(tone, title));
            }
            list.iter().for_each(|message| printed::message(message, pictures, page));
        }
        if !forgotten.is_empty() {
            let stages: Vec<String> =
                forgotten.iter().map(|(stage, pushes)| format!("{stage} {pushes}")).collect();
            page.line(format!("Older pushes that are not kept any more: {}", stages.join(", ")));
        }
    }
}
