//! What `opush cert add` says in the end: what was saved where, the IM console's form, the next two commands.
//! How it was saved belongs to `add`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::form::{self, Entry};
use super::printed::Printed;
use super::{add, place, show};
use crate::config::edit::Edited;
use crate::config::{CertificateId, Region};
use crate::failure::Failure;
use crate::output::{Page, Report};

/// What `cert add --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Added {
    profile: String,
    region: String,
    certificate: Printed,
    /// The file that it was written to, absolute.
    path: String,
    /// The profile was made for it.
    new_profile: bool,
    /// What to type into the IM console; empty for the sandbox, which has none.
    console: Vec<Entry>,
    /// The commands to run next.
    next: Vec<String>,
    #[serde(skip)]
    file: String,
    /// Certificates of the profile, where it names no default one.
    #[serde(skip)]
    without_default: Option<usize>,
    #[serde(skip)]
    saved_at_given: bool,
    #[serde(skip)]
    again: String,
}

impl Added {
    pub(crate) fn new(
        ctx: &Ctx,
        edited: &Edited,
        profile: &str,
        id: CertificateId,
        new_profile: bool,
        saved_at_given: bool,
    ) -> Result<Added, Failure> {
        let profile = edited.configuration.find(profile).ok_or_else(|| add::gone(profile))?;
        let certificate = place::certificate(profile, Some(id.get()))?;
        let again = place::again(ctx, &edited.configuration, Some(&edited.found), &profile.name);
        let sandbox = profile.region.value == Region::Sandbox;
        let mut next = if sandbox {
            form::next_in_sandbox(id.get(), &again)
        } else {
            form::next(id.get(), id.is_local(), &again)
        };
        next.truncate(2);
        Ok(Added {
            profile: profile.name.clone(),
            region: profile.region.to_string(),
            certificate: Printed::new(profile, certificate, ctx.clock.now()),
            path: edited.found.path.display().to_string(),
            new_profile,
            console: if sandbox { Vec::new() } else { form::entries(certificate, &ctx.paths) },
            next,
            file: ctx.paths.friendly(&edited.found.path),
            without_default: profile.certificate(None).is_err().then_some(profile.certificates.len()),
            saved_at_given,
            again,
        })
    }
}

impl Report for Added {
    fn text(&self, page: &mut Page) {
        let certificate = &self.certificate;
        let (id, profile) = (certificate.id, &self.profile);
        let label = if certificate.local { " (not known to the IM server yet)" } else { "" };
        page.line(format!("Saved certificate {id} of profile {profile}{label} in {}.", self.file));
        if self.new_profile {
            page.line(format!("Profile {profile} ({}) is new.", self.region));
        }
        if let Some(count) = self.without_default {
            page.line(format!(
                "It has {count} certificates and no default: name one by its ID, or write default_certificate."
            ));
        }
        if !certificate.local {
            page.line(format!("At the IM server: {}.", certificate.said));
            if !self.saved_at_given {
                page.line(format!(
                    "That counts from now; if the console saved it earlier: opush cert edit {id}{} --saved-at TIME",
                    self.again
                ));
            }
            page.line(show::DIRECT);
        }
        page.blank();
        if self.console.is_empty() {
            page.line("The sandbox takes it as it is. Next:");
            self.next.iter().for_each(|command| page.line(format!("  {command}")));
        } else {
            form::page(page, &self.console, certificate.local, &self.next);
        }
    }
}
