//! `opush oppo invalid-reg-ids`: OPPO's list, whose devices are on it, and with `--prune` the end of their reports.
//! When so many are listed that something else is likelier wrong, `push` says.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::ask::{App, CertificateFlag};
use crate::config::Profile;
use crate::failure::{Failure, Kind, Problem, Remedy};
use crate::oppo::InvalidRegIds;
use crate::output::{Page, Report};
use crate::push::Listed;
use crate::services::{OppoService, Setup, credentials, remark_exchanges};
use crate::store::reports;

/// List the regIds that OPPO calls invalid, and whose they are; --prune ends their token reports
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush oppo invalid-reg-ids
  opush oppo invalid-reg-ids --prune
  opush oppo invalid-reg-ids --json > invalid.json

Whether OPPO lists all of them, since when, and whether reading clears the list, is not confirmed: keep the output.")]
pub(crate) struct Args {
    /// End the token reports of those that are listed
    #[arg(long)]
    prune: bool,

    /// With --prune: also when over a fifth of all reports would end
    #[arg(long, requires = "prune")]
    yes: bool,

    #[command(flatten)]
    certificate: CertificateFlag,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<InvalidList, Failure> {
    let profile = ctx.profile()?;
    let certificate = profile.certificate(args.certificate.id())?;
    let credentials = credentials(ctx, &profile, certificate)?;
    let store = ctx.store()?;
    let list = ctx.block_on(async {
        let oppo = OppoService::open(ctx, &profile, Setup::Register).await?;
        let tokens = oppo.tokens(ctx, &store, &credentials);
        let answer = oppo.client.invalid_reg_ids(&credentials, &tokens).await;
        oppo.close().await;
        remark_exchanges(ctx, answer.as_ref().map_or_else(|error| &error.exchanges, |list| &list.exchanges));
        Ok(answer?)
    })?;
    let listed = Listed::find(&store, &profile.name, certificate.id.get(), &list.reg_ids)?;
    let app = App {
        profile: profile.name.clone(),
        region: profile.region.value,
        certificate_id: certificate.id.get(),
    };
    let mut view = InvalidList::of(app, list, &listed.reports);
    if args.prune {
        match allowed(&args, ctx, &profile, &listed) {
            Ok(()) => view.removed(listed.remove(&store)?),
            // The list was read, and may not be there a second time: it is printed in any case.
            Err(failure) => view.failure = Some(failure),
        }
    }
    Ok(view)
}

/// Whether the reports may end: a person is asked where the list is doubtful.
fn allowed(args: &Args, ctx: &Ctx, profile: &Profile, listed: &Listed) -> Result<(), Failure> {
    if !listed.is_doubtful() || args.yes {
        return Ok(());
    }
    let (some, all) = (listed.reports.len(), listed.of);
    let message = format!(
        "{some} of {all} token reports of profile {} are on OPPO's list, over a fifth; credentials of another app are likelier than so many dead phones",
        profile.name
    );
    let Some(prompt) = ctx.prompt() else {
        let hint = Remedy::run(
            "check the credentials first; nothing was removed, and --yes removes them all the same",
            "cert verify",
        );
        return Err(Problem::new(Kind::MissingFlag, message, hint).at("--yes").into());
    };
    prompt.paragraph(&format!("{message}."));
    if prompt.confirm(&format!("End these {some} token reports?"), Some(false))? {
        return Ok(());
    }
    Err(Problem::new(Kind::Declined, "nothing was removed", "check the credentials of the certificate")
        .into())
}

/// What `oppo invalid-reg-ids --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct InvalidList {
    #[serde(flatten)]
    app: App,
    /// How many OPPO says there are; null if it does not say.
    total: Option<u64>,
    /// OPPO says that there are more than it listed.
    partial: bool,
    /// Entries that can't be a regId.
    unusable: usize,
    /// How many token reports ended; null without --prune, or where it was not done.
    pruned: Option<usize>,
    items: Vec<Listing>,
    #[serde(skip)]
    failure: Option<Failure>,
}

/// A regId on the list.
#[derive(Debug, Serialize, JsonSchema)]
struct Listing {
    reg_id: String,
    /// Who has reported it and has it still; null if nobody here.
    user: Option<String>,
    device: Option<String>,
    /// Its token report ended now.
    removed: bool,
}

impl InvalidList {
    fn of(app: App, list: InvalidRegIds, reports: &[reports::Report]) -> InvalidList {
        let owners: BTreeMap<&str, &reports::Report> =
            reports.iter().map(|report| (report.reg_id.as_str(), report)).collect();
        let partial = list.is_partial();
        let listing = |reg_id: String| {
            let owner = owners.get(reg_id.as_str());
            let user = owner.map(|report| report.user.clone());
            Listing { user, device: owner.map(|report| report.device.clone()), removed: false, reg_id }
        };
        InvalidList {
            app,
            total: list.total,
            partial,
            unusable: list.unusable,
            pruned: None,
            items: list.reg_ids.into_iter().map(listing).collect(),
            failure: None,
        }
    }

    fn removed(&mut self, ended: Vec<reports::Report>) {
        let reg_ids: Vec<&str> = ended.iter().map(|report| report.reg_id.as_str()).collect();
        let reg_ids: std::collections::BTreeSet<&str> = reg_ids.into_iter().collect();
        for item in &mut self.items {
            item.removed = reg_ids.contains(item.reg_id.as_str());
        }
        self.pruned = Some(ended.len());
    }
}

impl Report for InvalidList {
    fn text(&self, page: &mut Page) {
        let listed = self.items.len();
        let total = self.total.map_or_else(String::new, |total| format!(" of {total}"));
        page.line(format!("{listed}{total} regIds are invalid, as OPPO says   {}", self.app.words()));
        if listed > 0 {
            let row = |item: &Listing| {
                let then = match (&item.user, item.removed) {
                    (None, _) => "not reported here",
                    (Some(_), true) => "its report ended now",
                    (Some(_), false) => "reported here",
                };
                let owner = |text: &Option<String>| text.clone().unwrap_or_default();
                vec![item.reg_id.clone(), owner(&item.user), owner(&item.device), then.to_owned()]
            };
            let rows: Vec<Vec<String>> = self.items.iter().map(row).collect();
            page.table(&["regId", "user", "device", "here"], &rows, &vec![None; rows.len()]);
        }
        if self.unusable > 0 {
            page.line(format!("{} entries of the list can't be a regId and are left out.", self.unusable));
        }
        if let Some(pruned) = self.pruned {
            page.line(format!("{pruned} token reports ended."));
        } else if self.failure.is_none() && self.items.iter().any(|item| item.user.is_some()) {
            page.commands(&[Remedy::only("oppo invalid-reg-ids --prune")]);
        }
    }

    fn failure(&self) -> Option<Failure> {
        self.failure.clone()
    }
}
