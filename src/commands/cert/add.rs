//! `opush cert add`: asks for what the flags did not give, or takes all from them, and saves a certificate.
//! What makes one valid, and how the file is changed, belongs to `config`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::ask::{self, ProfileToMake};
use super::fields::{Checked, Fields, sound};
use super::form::{self, Entry};
use super::named::certificate;
use super::printed::{DIRECT, Printed};
use crate::config::edit::{self, Edited, NewCertificate};
use crate::config::{CertificateId, NewSecrets, Region, Which, rules};
use crate::failure::{Failure, Kind, Problem, Remedy};
use crate::output::{Page, Report};
use crate::session::{Destination, contradictions};

/// Add a certificate to a profile, and the profile where there is none
#[derive(clap::Args, Debug)]
#[command(after_help = "On a terminal it asks for what is not given. Without one:
  opush cert add --profile chat --region cn --package com.example.chat \\
    --app-id 30123456 --app-key KEY --master-secret-env OPUSH_CHAT_MASTER_SECRET \\
    --channel-id chat --click activity:com.example.chat.SplashActivity")]
pub(crate) struct Args {
    /// The certificate ID that the IM console shows [default: a local one from 1 to 999]
    #[arg(long, value_name = "ID", allow_negative_numbers = true)]
    id: Option<String>,

    #[command(flatten)]
    fields: Fields,

    /// For a new profile: cn, cn-legacy, intl or sandbox
    #[arg(long, value_name = "REGION")]
    region: Option<String>,

    /// For a new profile: the app's applicationId
    #[arg(long, value_name = "NAME")]
    package: Option<String>,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Added, Failure> {
    let mut place = ctx.destination()?;
    let missing = missing(&args, &place);
    let prompt = ctx.prompt();
    let guide = prompt.as_ref().filter(|_| !missing.is_empty());
    if guide.is_none() && !missing.is_empty() {
        return Err(all_missing(missing));
    }
    let mut problems = Vec::new();
    let mut new = new_profile(args.region.as_deref(), args.package, &place, &mut problems);
    if let Some(guide) = guide {
        sound(std::mem::take(&mut problems))?;
        ask::profile(guide, ctx, &mut place, &mut new)?;
    }
    let known = place.known.as_ref();
    let own_package = known.and_then(|profile| profile.package.as_ref()).map(|package| package.value.clone());
    let package = new.package.clone().or(own_package);
    let given_id = args.id.as_deref();
    let mut checked = args.fields.check(given_id, package.as_deref(), ctx, prompt.as_ref(), &mut problems)?;
    if let (Some(id), Some(profile)) = (checked.id, known)
        && profile.find(id).is_some()
    {
        let message = format!("profile {} has a certificate {id} already", profile.name);
        let hint = Remedy::run("give another ID, or change that one", "cert edit <ID>").with("ID", id);
        problems.push(Problem::new(Kind::DuplicateId, message, hint).at("--id"));
    }
    sound(problems)?;
    match guide {
        Some(guide) => {
            ask::certificate(guide, &mut checked, known, package.as_deref())?;
            ask::confirm(guide, &place, &new, &checked)?;
        }
        None => {
            let remark = checked.master_secret.as_ref().and_then(|secret| ask::remark(secret, &checked));
            if let Some(remark) = remark {
                let hint = Remedy::run("give the right one", "cert edit <ID> --master-secret-stdin");
                ctx.warn(&Problem::new(Kind::BadValue, remark, hint).at("--master-secret-stdin"));
            }
        }
    }
    drop(prompt);
    save(ctx, place, &new, checked)
}

/// The flags that are required and not given; for a new profile, those that describe it too.
fn missing(args: &Args, place: &Destination) -> Vec<Problem> {
    let fields = &args.fields;
    let new = place.known.is_none();
    let required = [
        ("--profile", "the new profile's name", new && place.name.is_none(), "such as chat"),
        (
            "--region",
            "the new profile's region",
            new && args.region.is_none(),
            "cn, cn-legacy, intl or sandbox",
        ),
        ("--package", "the new profile's package", new && args.package.is_none(), "the app's applicationId"),
        ("--app-id", "AppId", fields.app_id.is_none(), "as OPPO's console shows it"),
        (
            "--app-key",
            "AppKey",
            fields.app_key.is_none(),
            "as OPPO's console shows it, the first of the three",
        ),
        (
            "--master-secret-env",
            "MasterSecret",
            fields.master_secret.source().is_none(),
            "the third of the three, by --master-secret-env, --master-secret-file or --master-secret-stdin",
        ),
        (
            "--channel-id",
            "ChannelID",
            fields.channel_id.is_none(),
            "the NotificationChannel that the app creates",
        ),
    ];
    let missing = required.into_iter().filter(|(_, _, missing, _)| *missing);
    let problem = |(flag, word, _, hint): (&str, &str, bool, &'static str)| {
        Problem::new(Kind::MissingFlag, format!("{word} is required"), hint).at(flag)
    };
    missing.map(problem).collect()
}

fn all_missing(missing: Vec<Problem>) -> Failure {
    let headline = match missing.len() {
        1 => "1 flag is missing; nothing was saved".to_owned(),
        count => format!("{count} flags are missing; nothing was saved"),
    };
    Failure::all(missing).headed(headline)
}

fn new_profile(
    region: Option<&str>,
    package: Option<String>,
    place: &Destination,
    problems: &mut Vec<Problem>,
) -> ProfileToMake {
    let region =
        region.and_then(|word| rules::region(word).map_err(|flaw| problems.push(flaw.at("--region"))).ok());
    if let Some(Err(flaw)) = package.as_deref().map(rules::package) {
        problems.push(flaw.at("--package"));
    }
    if let Some(known) = &place.known {
        let usable = package.as_deref().filter(|package| rules::package(package).is_ok());
        problems.extend(contradictions(known, region, usable));
    }
    ProfileToMake { region, package }
}

fn save(ctx: &Ctx, place: Destination, new: &ProfileToMake, checked: Checked) -> Result<Added, Failure> {
    let (Some(name), Some(app_id), Some(app_key), Some(master_secret), channel_id) =
        (place.name, checked.app_id, checked.app_key, checked.master_secret, checked.channel_id)
    else {
        return Err(Problem::new(
            Kind::MissingFlag,
            "not all values are given",
            Remedy::run("see its flags", "cert add --help"),
        )
        .into());
    };
    let now = rules::whole_second(ctx.clock.now());
    let mut secrets = NewSecrets::new(&ctx.paths, false);
    let change = |draft: &mut edit::Draft| {
        // Another process may have made the profile since it was looked for.
        let created = match draft.configuration().find(&name) {
            Some(known) => {
                sound(contradictions(known, new.region, new.package.as_deref()))?;
                false
            }
            None => {
                let region = new.region.ok_or_else(|| gone(&name))?;
                let package = new.package.clone();
                draft.add_profile(&edit::NewProfile {
                    name: name.clone(),
                    region,
                    package,
                    endpoint: None,
                })?;
                true
            }
        };
        let id = match checked.id {
            Some(id) => id,
            None => draft.next_local_id(&name)?,
        };
        let file = draft.file().to_owned();
        let master_secret = secrets.refer(&master_secret, &file, &name, id, Which::Master)?;
        let mut refer_app = |secret: &_| secrets.refer(secret, &file, &name, id, Which::App);
        let app_secret = checked.app_secret.as_ref().map(&mut refer_app).transpose()?;
        let certificate = NewCertificate {
            id,
            name: checked.name,
            app_id,
            app_key,
            app_secret,
            master_secret,
            channel_id,
            click: checked.click.unwrap_or(crate::click::Target::OpenApp),
            // The console gives its ID by saving; a local ID means that it has not saved it yet.
            saved_at: checked.saved_at.or((!id.is_local()).then_some(now)),
        };
        draft.add_certificate(&name, &certificate)?;
        Ok((id, created))
    };
    let ((id, created), edited) = edit::edit(&ctx.paths, &place.found, change)?;
    drop(secrets);
    Added::new(ctx, &edited, &name, id, created, checked.saved_at.is_some())
}

fn gone(name: &str) -> Problem {
    let message = format!("profile {name} has been removed in the meantime");
    Problem::new(Kind::UnknownProfile, message, Remedy::run("add it again", "cert add")).at("--profile")
}

/// What `cert add --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Added {
    profile: String,
    region: Region,
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
    /// The default certificate, where it is another.
    #[serde(skip)]
    default: Option<i64>,
    #[serde(skip)]
    saved_at_given: bool,
    #[serde(skip)]
    again: String,
}

impl Added {
    fn new(
        ctx: &Ctx,
        edited: &Edited,
        profile: &str,
        id: CertificateId,
        new_profile: bool,
        saved_at_given: bool,
    ) -> Result<Added, Failure> {
        let profile = edited.configuration.find(profile).ok_or_else(|| gone(profile))?;
        let saved = certificate(profile, Some(id.get()))?;
        let again = ctx.again(&edited.configuration, Some(&edited.found), &profile.name);
        let sandbox = profile.region.value == Region::Sandbox;
        let mut next = if sandbox {
            form::next_in_sandbox(id.get(), &again)
        } else {
            form::next(id.get(), id.is_local(), &again)
        };
        next.truncate(2);
        Ok(Added {
            profile: profile.name.clone(),
            region: profile.region.value,
            certificate: Printed::new(profile, saved, ctx.clock.now()),
            path: edited.found.path.display().to_string(),
            new_profile,
            console: if sandbox { Vec::new() } else { form::entries(saved, &ctx.paths) },
            next,
            file: ctx.paths.friendly(&edited.found.path),
            default: profile.certificate(None).ok().map(|one| one.id.get()).filter(|one| *one != id.get()),
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
        if let Some(default) = self.default {
            page.line(format!(
                "{default} stays the default: opush cert use {id}{} changes that.",
                self.again
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
            page.line(DIRECT);
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
