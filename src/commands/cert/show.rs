//! `opush cert show`: every value of one certificate and where it came from, or the IM console's form.
//! What the values mean belongs to `config`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::form::{self, Entry};
use super::place;
use super::printed::Printed;
use crate::config::{Certificate, Region};
use crate::failure::Failure;
use crate::output::{Page, Report, Tone};

/// Show one certificate: every value, and where it came from
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The certificate [default: the profile's default one, or its only one]
    #[arg(value_name = "ID", value_parser = clap::value_parser!(i64).range(1..))]
    id: Option<i64>,

    /// As the IM console's form, in its words and order, and the next commands
    #[arg(long)]
    console: bool,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Shown, Failure> {
    let profile = ctx.profile()?;
    let certificate = place::certificate(&profile, args.id)?;
    let printed = Printed::new(&profile, certificate, ctx.clock.now());
    let configuration = ctx.configuration()?;
    let found = configuration.file.as_ref().map(|file| &file.found);
    let again = place::again(ctx, configuration, found, &profile.name);
    Ok(Shown {
        next: form::next(printed.id, unregistered(&printed), &again),
        console: args.console.then(|| form::entries(certificate, &ctx.paths)),
        sources: sources(certificate),
        certificate: printed,
        again,
    })
}

/// Whether the IM console has yet to be told of it. The sandbox has no console.
fn unregistered(certificate: &Printed) -> bool {
    certificate.local && certificate.region != Region::Sandbox.as_str()
}

/// What `cert show --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Shown {
    #[serde(flatten)]
    certificate: Printed,
    /// Where each value came from.
    sources: Vec<Origin>,
    /// The IM console's form, with --console.
    #[serde(skip_serializing_if = "Option::is_none")]
    console: Option<Vec<Entry>>,
    #[serde(skip)]
    next: Vec<String>,
    #[serde(skip)]
    again: String,
}

/// One value and where it came from.
#[derive(Debug, Serialize, JsonSchema)]
struct Origin {
    /// The key in the configuration.
    key: String,
    /// A secret only as where it is.
    value: String,
    /// A position in the file, a variable, "built in" or "default".
    source: String,
}

fn sources(certificate: &Certificate) -> Vec<Origin> {
    let mut list = Vec::new();
    let mut add = |key: &str, value: String, source: &crate::config::Source| {
        list.push(Origin { key: key.to_owned(), value, source: source.to_string() });
    };
    add("id", certificate.id.to_string(), &certificate.id.source);
    add("name", certificate.name.to_string(), &certificate.name.source);
    add("app_id", certificate.app_id.to_string(), &certificate.app_id.source);
    add("app_key", certificate.app_key.to_string(), &certificate.app_key.source);
    if let Some(secret) = &certificate.app_secret {
        add("app_secret", secret.describe(), &secret.source);
    }
    add("master_secret", certificate.master_secret.describe(), &certificate.master_secret.source);
    if let Some(channel) = &certificate.channel_id {
        add("channel_id", channel.to_string(), &channel.source);
    }
    add("click", certificate.click.to_string(), &certificate.click.source);
    if let Some(saved_at) = &certificate.saved_at {
        add("saved_at", saved_at.to_string(), &saved_at.source);
    }
    list
}

impl Report for Shown {
    fn text(&self, page: &mut Page) {
        let certificate = &self.certificate;
        let state = match certificate.tone {
            Some(tone) => page.tone(tone, &certificate.said),
            None => certificate.said.clone(),
        };
        page.line(format!(
            "certificate {} of profile {} ({}): {state}",
            certificate.id, certificate.profile, certificate.region
        ));
        if let Some(form) = &self.console {
            form::page(page, form, unregistered(certificate), &self.next);
            return;
        }
        let rows: Vec<Vec<String>> = self
            .sources
            .iter()
            .map(|origin| vec![origin.key.clone(), origin.value.clone(), origin.source.clone()])
            .collect();
        page.table(&["key", "value", "from"], &rows, &vec![Some(Tone::Faint); rows.len()]);
        let (id, again) = (certificate.id, &self.again);
        match certificate.state.as_str() {
            _ if certificate.region == Region::Sandbox.as_str() => {}
            "unknown" if certificate.local => {
                page.line(format!("Once the IM console shows its ID: opush cert edit {id}{again} --id ID"));
            }
            "unknown" => page.line(format!(
                "Say when the IM console saved it: opush cert edit {id}{again} --saved-at TIME"
            )),
            "waiting" => page.line(DIRECT),
            _ => {}
        }
    }
}

/// Whose rule the ten minutes are.
pub(crate) const DIRECT: &str =
    "The ten minutes are the IM server's rule, not OPPO's: a send to a regId or an alias is not held back.";
