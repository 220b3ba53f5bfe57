//! `opush cert use`: makes a certificate the default of its profile.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use crate::config::{Region, edit};
use crate::failure::Failure;
use crate::output::{Page, Report};

/// Make a certificate the profile's default: write default_certificate into the file in use
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The certificate
    #[arg(value_name = "ID", value_parser = clap::value_parser!(i64).range(1..))]
    id: i64,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Used, Failure> {
    let (found, profile) = ctx.profile_in_file()?;
    let id = super::named::certificate(&profile, Some(args.id))?.id.value;
    let ((), edited) =
        edit::edit(&ctx.paths, &found, |draft| draft.set_default_certificate(&profile.name, id))?;
    Ok(Used {
        profile: profile.name.clone(),
        region: profile.region.value,
        certificate_id: id.get(),
        previous: profile.certificate(None).ok().map(|previous| previous.id.get()),
        path: found.path.display().to_string(),
        changed: edited.is_changed(),
        file: ctx.paths.friendly(&found.path),
    })
}

/// What `cert use --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Used {
    profile: String,
    region: Region,
    /// The default certificate now.
    certificate_id: i64,
    /// The default before, be it named or the only one; null where there was none.
    previous: Option<i64>,
    /// The file it is written in, absolute.
    path: String,
    /// Whether the file had to be changed.
    changed: bool,
    #[serde(skip)]
    file: String,
}

impl Report for Used {
    fn text(&self, page: &mut Page) {
        let (id, profile, file) = (self.certificate_id, &self.profile, &self.file);
        if !self.changed {
            return page
                .line(format!("{id} is the default certificate of profile {profile} already, in {file}."));
        }
        let before = self.previous.filter(|previous| *previous != id);
        let before = before.map(|previous| format!("; it was {previous}")).unwrap_or_default();
        page.line(format!("{id} is the default certificate of profile {profile} now, in {file}{before}."));
    }
}
