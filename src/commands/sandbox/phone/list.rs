//! `opush sandbox phone list` and `remove`.
//! One phone whole is `phone show`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::super::context::Ctx;
use super::super::place::{self, Place, Whose};
use super::printed::Phone;
use crate::failure::Failure;
use crate::output::{Page, Report, Tone};

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
        let place = Place::find(ctx).await?;
        let phones = place.control.phones().await.map_err(place::explain)?;
        Ok(PhoneList { items: phones.into_iter().map(Phone::from).collect(), whose: place.whose() })
    })
}

pub(crate) fn remove(args: RemoveArgs, ctx: &Ctx) -> Result<PhoneRemove, Failure> {
    ctx.block_on(async {
        let place = Place::find(ctx).await?;
        place.control.remove_phone(&args.name).await.map_err(place::explain)?;
        Ok(PhoneRemove { name: args.name, removed: true, whose: place.whose() })
    })
}

/// What `sandbox phone list --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct PhoneList {
    items: Vec<Phone>,
    #[serde(flatten)]
    whose: Whose,
}

impl Report for PhoneList {
    fn text(&self, page: &mut Page) {
        if self.items.is_empty() {
            page.line("No phone. Add one: opush sandbox phone add");
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
                    phone.state(),
                    phone.session.as_ref().map(|session| session.user.clone()).unwrap_or_default(),
                    phone.session.as_ref().map(|session| session.words()).unwrap_or_default(),
                ]
            })
            .collect();
        let tones: Vec<Option<Tone>> = self
            .items
            .iter()
            .map(|phone| Some(if phone.state() == "ok" { Tone::Ok } else { Tone::Warn }))
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
    whose: Whose,
}

impl Report for PhoneRemove {
    fn text(&self, page: &mut Page) {
        page.line(format!("Removed phone {}.", self.name));
    }
}
