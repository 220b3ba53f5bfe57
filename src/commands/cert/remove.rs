//! `opush cert remove`: takes a certificate out of the configuration, and says what still refers to it.
//! The IM console is not touched: no API reaches it.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use crate::config::{Certificate, Profile, Region, Source, edit};
use crate::failure::{Failure, Kind, Problem, Remedy};
use crate::output::{Page, Report};
use crate::services::sandbox::certificate_removed;
use crate::store::reports::{self, ReportFilter};

/// Remove a certificate from the configuration; the IM console keeps its own
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The certificate
    #[arg(value_name = "ID", value_parser = clap::value_parser!(i64).range(1..))]
    certificate: i64,

    /// Remove it without asking
    #[arg(long)]
    yes: bool,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Removed, Failure> {
    let (found, profile) = ctx.profile_in_file()?;
    let certificate = super::named::certificate(&profile, Some(args.certificate))?;
    let id = certificate.id.value;
    let refers = Refers::to(ctx, &profile, certificate)?;
    if !args.yes {
        confirm(ctx, &profile, certificate, &refers)?;
    }
    let ((), edited) = edit::edit(&ctx.paths, &found, |draft| draft.remove_certificate(&profile.name, id))?;
    let forget = certificate_removed(ctx, &edited.configuration, &profile);
    if let Err(failure) = ctx.block_on(forget) {
        // It hears of it when it is used next.
        failure.problems().iter().for_each(|problem| ctx.warn(problem));
    }
    let removed_files = edited.removed_files(&ctx.paths);
    Ok(Removed {
        profile: profile.name.clone(),
        region: profile.region.value,
        certificate_id: id.get(),
        name: name(certificate),
        path: edited.found.path.display().to_string(),
        was_default: refers.default,
        users: refers.users,
        removed_files,
        file: ctx.paths.friendly(&edited.found.path),
    })
}

/// What names the certificate.
struct Refers {
    default: bool,
    users: Vec<String>,
}

impl Refers {
    fn to(ctx: &Ctx, profile: &Profile, certificate: &Certificate) -> Result<Refers, Failure> {
        let id = certificate.id.value;
        let filter = ReportFilter {
            profile: Some(&profile.name),
            certificate_id: Some(id.get()),
            ..ReportFilter::default()
        };
        let mut users: Vec<String> =
            reports::list(&ctx.store()?, &filter)?.into_iter().map(|report| report.user).collect();
        users.dedup();
        let default = profile.default_certificate.as_ref().is_some_and(|default| default.value == id);
        Ok(Refers { default, users })
    }
}

/// The name that the file gives it.
fn name(certificate: &Certificate) -> Option<String> {
    let given = certificate.name.source != Source::Default;
    given.then(|| certificate.name.value.clone())
}

fn called(id: i64, name: Option<&str>) -> String {
    name.map_or_else(|| id.to_string(), |name| format!("{id} {name}"))
}

fn users(users: &[String]) -> Option<String> {
    let (first, rest) = users.split_first()?;
    let more = match rest.len() {
        0 => String::new(),
        1 => " and 1 other user".to_owned(),
        count => format!(" and {count} other users"),
    };
    Some(format!("{first}{more}"))
}

fn confirm(ctx: &Ctx, profile: &Profile, certificate: &Certificate, refers: &Refers) -> Result<(), Failure> {
    let (id, name) = (certificate.id.value, &profile.name);
    let Some(prompt) = ctx.prompt() else {
        let message = format!("certificate {id} of profile {name} is removed only with --yes");
        return Err(Problem::new(Kind::MissingFlag, message, "add --yes, or run it on a terminal")
            .at("--yes")
            .into());
    };
    if let Some(users) = users(&refers.users) {
        prompt.say(&format!("Token reports of {users} name it."));
    }
    if refers.default {
        prompt.say("It is the profile's default_certificate.");
    }
    let question = format!(
        "Remove certificate {} of profile {name}?",
        called(id.get(), self::name(certificate).as_deref())
    );
    if prompt.confirm(&question, Some(false))? {
        return Ok(());
    }
    Err(Problem::new(Kind::Declined, "not removed", Remedy::run("nothing was changed; see it", "cert show"))
        .into())
}

/// What `cert remove --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Removed {
    profile: String,
    region: Region,
    certificate_id: i64,
    /// null where it had none.
    name: Option<String>,
    /// The file, absolute.
    path: String,
    /// It was named by default_certificate, which is removed too.
    was_default: bool,
    /// Users with current token reports that still name it.
    users: Vec<String>,
    /// Private files of its secrets that nothing else refers to.
    removed_files: Vec<String>,
    #[serde(skip)]
    file: String,
}

impl Report for Removed {
    fn text(&self, page: &mut Page) {
        let (id, profile) = (self.certificate_id, &self.profile);
        let called = called(id, self.name.as_deref());
        page.line(format!("Removed certificate {called} of profile {profile} from {}.", self.file));
        if self.was_default {
            page.line("It was the profile's default_certificate; that is removed too.");
        }
        if let Some(users) = users(&self.users) {
            page.line(format!(
                "Token reports of {users} still name {id}: a push to them is not sent until they report another one."
            ));
        }
        for file in &self.removed_files {
            page.line(format!("Removed {file}, which nothing refers to any more."));
        }
        page.line("The IM console still has its own; deleting it there can't be undone.");
    }
}
