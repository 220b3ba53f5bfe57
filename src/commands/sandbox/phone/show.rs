//! `opush sandbox phone show NAME`: what the phone is, what it shows, what waits, what was dropped and why.
//! A list of all is `phone list`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::super::context::Ctx;
use super::super::profile_view::ProfileView;
use super::printed::{MessageJson, Phone};
use crate::failure::Failure;
use crate::output::{Page, Report, Tone};
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
        let messages =
            |list: Vec<crate::sandbox::phone::Message>| list.into_iter().map(MessageJson::from).collect();
        Ok(PhoneShow {
            phone: Phone::from(detail.phone),
            notifications: messages(detail.notifications),
            held: messages(detail.held),
            dropped: messages(detail.dropped),
            of: ProfileView::from(&target.profile),
        })
    })
}

/// What `sandbox phone show --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct PhoneShow {
    #[serde(flatten)]
    phone: Phone,
    /// In the shade, oldest first.
    notifications: Vec<MessageJson>,
    /// Waiting for the phone: offline, no Wi-Fi, a window to show in.
    held: Vec<MessageJson>,
    /// Lost, and why.
    dropped: Vec<MessageJson>,
    #[serde(flatten)]
    of: ProfileView,
}

impl Report for PhoneShow {
    fn text(&self, page: &mut Page) {
        page.line(format!("Phone {}", self.phone.name));
        self.phone.pairs(page);
        if self.notifications.is_empty() && self.held.is_empty() && self.dropped.is_empty() {
            page.line("Nothing is shown, waiting or lost.");
        }
        let lists = [
            ("shown", Tone::Ok, &self.notifications),
            ("held", Tone::Warn, &self.held),
            ("dropped", Tone::Broken, &self.dropped),
        ];
        for (title, tone, list) in lists {
            if list.is_empty() {
                continue;
            }
            page.line(page.tone(tone, title));
            for message in list {
                page.line(format!("  {}  \"{}\"", message.message_id, message.words()));
                if message.reason.is_some() {
                    page.line(format!("    {}", message.why()));
                }
            }
        }
    }
}
