//! `opush cert add`: asks for what the flags did not give, or takes all from them, and saves a certificate.
//! What makes one valid, and how the file is changed, belongs to `config`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::app_file::AppFlag;
use super::super::context::Ctx;
use super::super::field_flags::{FieldFlags, FieldSet, missing, oddities, sound, warn_of};
use super::super::questions::Questions;
use super::form::{self, Entry};
use super::judging::in_app;
use super::named::certificate;
use super::printed::{DIRECT, Printed};
use crate::click::Target;
use crate::config::edit::{self, Edited};
use crate::config::{CertificateId, Field, NewSecret, NewSecrets, Region, Value, Values, rules};
use crate::failure::{Failure, Kind, Problem, Remedy};
use crate::output::{Page, Prompt, Report};
use crate::session::{Destination, contradictions};

/// Add a certificate to a profile, and the profile where there is none
#[derive(clap::Args, Debug)]
#[command(after_help = "On a terminal it asks for what is not given. Without one:
  opush cert add --profile chat --region cn --package com.example.chat \\
    --app-id 30123456 --app-key KEY --master-secret-env OPUSH_CHAT_MASTER_SECRET \\
    --channel-id chat --click activity:com.example.chat.SplashActivity
--region and --package are for a new profile, which --profile names.")]
pub(crate) struct Args {
    #[command(flatten)]
    fields: FieldFlags<ForAdding>,

    #[command(flatten)]
    app: AppFlag,
}

#[derive(Debug)]
pub(super) struct ForAdding;

impl FieldSet for ForAdding {
    const FIELDS: &'static [&'static [Field]] = &[Field::CERTIFICATE, &[Field::Region, Field::Package]];
}

const OF_NEW_PROFILE: [Field; 3] = [Field::ProfileName, Field::Region, Field::Package];
const REQUIRED: [Field; 4] = [Field::AppId, Field::AppKey, Field::MasterSecret, Field::ChannelId];

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Added, Failure> {
    save_all(&args.fields, &args.app, Values::default(), ctx)
}

/// Adds the certificate of these flags and of `others`, which no flag gives, and asks for the rest.
pub(super) fn save_all(
    fields: &FieldFlags<ForAdding>,
    app: &AppFlag,
    others: Values<NewSecret>,
    ctx: &Ctx,
) -> Result<Added, Failure> {
    let place = ctx.destination()?;
    let required = [if place.known.is_none() { &OF_NEW_PROFILE[..] } else { &[] }, &REQUIRED].concat();
    let has =
        |field| fields.has(field) || others.has(field) || field == Field::ProfileName && place.name.is_some();
    let missing = missing(&required, has);
    let prompt = ctx.prompt();
    let guide = prompt.as_ref().filter(|_| missing.is_err());
    if guide.is_none() {
        missing?;
    }
    let own_package = place.known.as_ref().and_then(|profile| profile.package.as_ref());
    let own_package = own_package.map(|package| package.value.as_str());
    let package = fields.text(Field::Package).or(others.text(Field::Package)).or(own_package);
    let mut problems = Vec::new();
    let mut values = fields.read(ctx, package, prompt.as_ref(), &mut problems)?;
    others.iter().for_each(|(field, value)| values.insert(field, value.clone()));
    problems.extend(place.known.iter().flat_map(|known| contradictions(known, &values)));
    problems.extend(taken(&place, values.id()));
    sound(problems)?;
    let mut odd = Vec::new();
    match guide {
        Some(prompt) => {
            let asked = [required, vec![Field::Click, Field::Id]].concat();
            let asked = asked.into_iter().filter(|field| !has(*field)).collect();
            ask(prompt, ctx, &place, asked, package, &mut values)?;
        }
        None => odd = oddities(&values, |_| None),
    }
    drop(prompt);
    in_app(app, ctx, place.known.as_ref(), &values)?;
    let added = save(ctx, place, values)?;
    let remedy = Remedy::run("if it is wrong, give the right one", "cert edit <ID>");
    warn_of(ctx, odd, &remedy.with("ID", added.certificate.id));
    Ok(added)
}

/// The profile has a certificate of this ID.
fn taken(place: &Destination, id: Option<CertificateId>) -> Option<Problem> {
    let (id, profile) = (id?, place.known.as_ref()?);
    profile.find(id)?;
    let message = format!("profile {} has a certificate {id} already", profile.name);
    let hint = Remedy::run("give another ID, or change that one", "cert edit <ID>").with("ID", id);
    Some(Problem::new(Kind::DuplicateId, message, hint).at("--id"))
}

/// Says where things will go, and asks for what no flag gave.
fn ask(
    prompt: &Prompt,
    ctx: &Ctx,
    place: &Destination,
    fields: Vec<Field>,
    package: Option<&str>,
    values: &mut Values<NewSecret>,
) -> Result<(), Failure> {
    let file = ctx.paths.friendly(&place.found.path);
    let exists = place.found.path.symlink_metadata().is_ok();
    prompt.paragraph(&match (&place.known, &place.name) {
        (Some(profile), _) => {
            format!("A certificate for profile {} ({}) in {file}.", profile.name, profile.region)
        }
        (None, _) if !exists => format!("No configuration yet. It will be written to {file}."),
        (None, Some(name)) => format!("Profile {name} is not in {file} yet. It will be added."),
        (None, None) => format!("{file} has no profile yet. One will be added."),
    });
    let title = match (&place.known, &place.name) {
        (Some(profile), _) => format!("Profile {} ({})", profile.name, profile.region),
        (None, Some(name)) => format!("Profile {name} (new)"),
        (None, None) => String::new(),
    };
    let questions = Questions {
        prompt,
        paths: &ctx.paths,
        fields,
        optional: &[Field::Id],
        package,
        now: ctx.clock.now(),
        known: &|_| None,
        refusal: &|field, value| match value {
            Value::Number(number) if field == Field::Id => {
                Some(taken(place, CertificateId::new(*number))?.message)
            }
            _ => None,
        },
    };
    questions.ask(values, &title)
}

fn save(ctx: &Ctx, place: Destination, values: Values<NewSecret>) -> Result<Added, Failure> {
    let name = place.name.or(values.text(Field::ProfileName).map(str::to_owned)).unwrap_or_default();
    let saved_at_given = values.has(Field::SavedAt);
    let now = rules::whole_second(ctx.clock.now());
    let mut secrets = NewSecrets::new(&ctx.paths, false);
    let change = |draft: &mut edit::Draft| {
        // Another process may have made the profile since it was looked for.
        let known = draft.configuration().find(&name);
        sound(known.map(|known| contradictions(known, &values)).unwrap_or_default())?;
        let is_new = known.is_none();
        if is_new && !values.has(Field::Region) {
            return Err(gone(&name).into());
        }
        if is_new {
            draft.add_profile(&name, &Values::default().with_those_of(&values, Field::PROFILE))?;
        }
        let id = values.id().map_or_else(|| draft.next_local_id(&name), Ok)?;
        let mut kept = secrets.refer(values, draft.file(), &name, Some(id))?;
        if !kept.has(Field::Click) {
            kept.insert(Field::Click, Value::Click(Target::OpenApp));
        }
        // The console gives its ID by saving; a local ID means that it has not saved it yet.
        if !kept.has(Field::SavedAt) && !id.is_local() {
            kept.insert(Field::SavedAt, Value::Time(now));
        }
        draft.add_certificate(&name, id, &kept)?;
        Ok((id, is_new))
    };
    let ((id, created), edited) = edit::edit(&ctx.paths, &place.found, change)?;
    drop(secrets);
    Added::new(ctx, &edited, &name, id, created, saved_at_given)
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
    next: Vec<Remedy>,
    #[serde(skip)]
    file: String,
    /// The default certificate, where it is another.
    #[serde(skip)]
    default: Option<i64>,
    #[serde(skip)]
    saved_at_given: bool,
    /// What a command has to name as the profile.
    #[serde(skip)]
    named: Option<String>,
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
        let named = ctx.named(&edited.configuration, &profile.name);
        let (region, sandbox) = (profile.region.value, profile.region.value == Region::Sandbox);
        Ok(Added {
            profile: profile.name.clone(),
            region: profile.region.value,
            certificate: Printed::new(profile, saved, ctx.clock.now()),
            path: edited.found.path.display().to_string(),
            new_profile,
            console: if sandbox { Vec::new() } else { form::entries(saved, &ctx.paths) },
            next: form::next(id.get(), region, id.is_local(), named.as_ref()),
            file: ctx.paths.friendly(&edited.found.path),
            default: profile.certificate(None).ok().map(|one| one.id.get()).filter(|one| *one != id.get()),
            saved_at_given,
            named,
        })
    }
}

impl Report for Added {
    fn text(&self, page: &mut Page) {
        let certificate = &self.certificate;
        let (id, profile) = (certificate.id, &self.profile);
        let of = |remedy: Remedy| remedy.with("ID", id).flag("--profile", self.named.as_ref());
        let label = if certificate.local { " (not known to the IM server yet)" } else { "" };
        page.line(format!("Saved certificate {id} of profile {profile}{label} in {}.", self.file));
        if self.new_profile {
            page.line(format!("Profile {profile} ({}) is new.", self.region));
        }
        if let Some(default) = self.default {
            let stays = Remedy::from(format!("{default} stays the default; to change that"));
            page.line(page.remedy(&of(stays.command("cert use <ID>"))));
        }
        if !certificate.local {
            page.line(format!("At the IM server: {}.", certificate.said));
            if !self.saved_at_given {
                let earlier = "That counts from now; if the console saved it earlier";
                page.line(page.remedy(&of(Remedy::run(earlier, "cert edit <ID> --saved-at TIME"))));
            }
            page.line(DIRECT);
        }
        page.blank();
        if self.console.is_empty() {
            page.line("The sandbox takes it as it is. Next:");
            page.commands(&self.next);
        } else {
            form::page(page, &self.console, certificate.local, &self.next);
        }
    }
}
