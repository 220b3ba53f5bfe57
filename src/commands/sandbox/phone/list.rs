//! `opush sandbox phone list` and `remove`.
//! One phone whole is `phone show`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::super::context::Ctx;
use super::super::profile_view::ProfileView;
use super::super::times::WithTimes;
use super::printed::{presence, state};
use crate::failure::{Failure, Remedy};
use crate::output::{Page, Report, Tone};
use crate::sandbox::phone::Phone;
use crate::services::sandbox::SandboxTarget;

/// List the phones
#[derive(clap::Args, Debug)]
pub(crate) struct Args {}

/// Remove a phone; its regId is then no longer subscribed
#[derive(clap::Args, Debug)]
pub(crate) struct RemoveArgs {
    /// The phone's name
    name: String,
}

pub(crate) fn run(_: Args, ctx: &Ctx) -> Result<PhoneList, Failure> {
    ctx.block_on(async {
        let target = SandboxTarget::find(ctx).await?;
        let items = target.control.phones().await?;
        Ok(PhoneList { items: WithTimes(items), of: ProfileView::from(&target.profile) })
    })
}

pub(crate) fn remove(args: RemoveArgs, ctx: &Ctx) -> Result<PhoneRemove, Failure> {
    ctx.block_on(async {
        let target = SandboxTarget::find(ctx).await?;
        target.control.remove_phone(&args.name).await?;
        Ok(PhoneRemove { name: args.name, removed: true, of: ProfileView::from(&target.profile) })
    })
}

/// What `sandbox phone list --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct PhoneList {
    items: WithTimes<Vec<Phone>>,
    #[serde(flatten)]
    of: ProfileView,
}

impl Report for PhoneList {
    fn text(&self, page: &mut Page) {
        if self.items.is_empty() {
            page.line(page.remedy(&Remedy::run("No phone. Add one", "sandbox phone add")));
            return;
        }
        let rows: Vec<Vec<String>> = self
            .items
            .iter()
            .map(|phone| {
                vec![
                    phone.name.clone(),
                    phone.model.clone(),
                    phone.android.to_string(),
                    phone.reg_id.clone(),
                    phone.alias.clone().unwrap_or_default(),
                    phone.package.clone(),
                    phone.shown.to_string(),
                    state(phone),
                    phone.session.as_ref().map(|session| session.user.clone()).unwrap_or_default(),
                    phone.session.as_ref().map(presence).unwrap_or_default(),
                ]
            })
            .collect();
        let tones: Vec<Option<Tone>> = self
            .items
            .iter()
            .map(|phone| Some(if state(phone) == "ok" { Tone::Ok } else { Tone::Warn }))
            .collect();
        let header = [
            "name",
            "model",
            "Android",
            "regId",
            "alias",
            "package",
            "shown",
            "state",
            "IM user",
            "REST / SDK",
        ];
        page.table(&header, &rows, &tones);
    }
}

/// What `sandbox phone remove --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct PhoneRemove {
    name: String,
    removed: bool,
    #[serde(flatten)]
    of: ProfileView,
}

impl Report for PhoneRemove {
    fn text(&self, page: &mut Page) {
        page.line(format!("Removed phone {}.", self.name));
    }
}
