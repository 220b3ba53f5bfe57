//! `opush cert show`: every value of one certificate and where it came from, or the IM console's form.
//! What the values mean belongs to `config`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::form::{self, Entry};
use super::printed::{CertificateState, DIRECT, Printed};
use crate::config::{Certificate, Region, Sourced};
use crate::failure::{Failure, Remedy};
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
    let certificate = super::named::certificate(&profile, args.id)?;
    let printed = Printed::new(&profile, certificate, ctx.clock.now());
    let configuration = ctx.configuration()?;
    let named = ctx.named(configuration, &profile.name);
    Ok(Shown {
        next: form::next(printed.id, printed.region, unregistered(&printed), named.as_ref()),
        console: args.console.then(|| form::entries(certificate, &ctx.paths)),
        sources: sources(certificate),
        certificate: printed,
        named,
    })
}

/// Whether it must still be entered in the IM console. The sandbox has no console.
fn unregistered(certificate: &Printed) -> bool {
    certificate.local && certificate.region != Region::Sandbox
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
    next: Vec<Remedy>,
    /// What a command has to name as the profile.
    #[serde(skip)]
    named: Option<String>,
}

/// One value and where it came from.
#[derive(Debug, Serialize, JsonSchema)]
struct Origin {
    /// The key in the configuration.
    key: &'static str,
    /// A secret only as where it is.
    value: String,
    /// A position in the file, a variable, "built in" or "default".
    source: String,
}

fn sources(certificate: &Certificate) -> Vec<Origin> {
    let origin = |(key, value): (_, Option<Sourced<String>>)| {
        value.map(|value| Origin { key, source: value.source.to_string(), value: value.value })
    };
    certificate.values().filter_map(origin).collect()
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
            .map(|origin| vec![origin.key.into(), origin.value.clone(), origin.source.clone()])
            .collect();
        page.table(&["key", "value", "from"], &rows, &vec![Some(Tone::Faint); rows.len()]);
        let remedy = match certificate.state {
            _ if certificate.region == Region::Sandbox => return,
            CertificateState::Waiting => return page.line(DIRECT),
            CertificateState::Active => return,
            CertificateState::Unknown if certificate.local => {
                Remedy::run("Once the IM console shows its ID", "cert edit <CERTIFICATE> --id ID")
            }
            CertificateState::Unknown => {
                Remedy::run("Say when the IM console saved it", "cert edit <CERTIFICATE> --saved-at TIME")
            }
        };
        let remedy = remedy.with("CERTIFICATE", certificate.id).flag("--profile", self.named.as_ref());
        page.line(page.remedy(&remedy));
    }
}
