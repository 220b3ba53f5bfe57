//! `opush cert list`: the certificates of the current profile, and whether each is active.
//! The ten-minute rule belongs to `config`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::printed::Printed;
use crate::config::Region;
use crate::failure::{Failure, Remedy};
use crate::output::{Page, Report};

/// List the certificates of the current profile, and whether each is active at the IM server
#[derive(clap::Args, Debug)]
pub(crate) struct Args {}

pub(crate) fn run(_: Args, ctx: &Ctx) -> Result<Listed, Failure> {
    let profile = ctx.profile()?;
    let now = ctx.clock.now();
    let items: Vec<Printed> =
        profile.certificates.iter().map(|certificate| Printed::new(&profile, certificate, now)).collect();
    let count = match items.len() {
        0 => "no certificate".to_owned(),
        1 => "1 certificate".to_owned(),
        several => format!("{several} certificates"),
    };
    Ok(Listed {
        head: format!("profile {} ({}), {count}", profile.name, profile.region),
        items,
        region: profile.region.value,
        profile: profile.name,
    })
}

/// What `cert list --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Listed {
    items: Vec<Printed>,
    profile: String,
    region: Region,
    #[serde(skip)]
    head: String,
}

impl Report for Listed {
    fn text(&self, page: &mut Page) {
        page.line(&self.head);
        if self.items.is_empty() {
            return page.line(page.remedy(&Remedy::run("Add one", "cert add")));
        }
        let rows: Vec<Vec<String>> = self
            .items
            .iter()
            .map(|item| {
                let id = if item.default { format!("{} (default)", item.id) } else { item.id.to_string() };
                vec![
                    id,
                    item.name.clone(),
                    item.app_id.clone(),
                    item.channel_id.clone().unwrap_or_default(),
                    item.click.clone(),
                    item.said.clone(),
                ]
            })
            .collect();
        let tones: Vec<_> = self.items.iter().map(|item| item.tone).collect();
        page.table(&["id", "name", "AppID", "ChannelID", "click", "state"], &rows, &tones);
    }
}
