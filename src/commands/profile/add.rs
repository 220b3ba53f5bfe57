//! `opush profile add`: a new profile, from flags or from answers at the terminal.
//! What its values may be belongs to `config::rules`, how it is written to `config::edit`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::super::field_flags::{FieldFlags, FieldSet, oddities, sound, warn_of};
use super::super::questions::Questions;
use crate::config::rules::{self, Flaw};
use crate::config::{Configuration, Field, NewSecret, NewSecrets, Region, Value, Values, edit, suggest};
use crate::failure::{Failure, Kind, Problem, Remedy};
use crate::output::{Page, Prompt, Report};

/// Add a profile to the configuration file, asking for what is missing
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush profile add chat --region cn --package com.example.chat
  opush profile add try --region sandbox --endpoint http://127.0.0.1:8765")]
pub(crate) struct Args {
    /// Name of the profile: letters, digits, - and _
    #[arg(value_name = "NAME")]
    name: Option<String>,

    #[command(flatten)]
    fields: FieldFlags<OfProfile>,
}

#[derive(Debug)]
pub(super) struct OfProfile;

impl FieldSet for OfProfile {
    const FIELDS: &'static [&'static [Field]] = &[Field::PROFILE];
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Added, Failure> {
    let found = ctx.found_for_writing()?;
    let (known, _) = edit::preview(&ctx.paths, &found, |draft| Ok(draft.configuration().clone()))?;
    let is_new_file = known.profiles.is_empty() && !found.path.exists();
    let prompt = ctx.prompt();
    let mut problems = Vec::new();
    let mut values = args.fields.read(ctx, None, prompt.as_ref(), &mut problems)?;
    if let Some(name) = &args.name {
        match free_name(name, &known) {
            Ok(()) => values.insert(Field::ProfileName, Value::Text(name.clone())),
            Err(flaw) => problems.insert(0, flaw.at("NAME")),
        }
    }
    match &prompt {
        Some(prompt) => {
            // What is wrong is said before anybody answers a question in vain.
            all(problems)?;
            let file = ctx.paths.friendly(&found.path);
            ask(prompt, ctx, &known, &file, &mut values)?;
        }
        None => {
            complete(problems, &values)?;
            let remedy = Remedy::run("if it is wrong, give the right one", "profile edit");
            warn_of(ctx, oddities(&values, |_| None), &remedy);
        }
    }
    drop(prompt);
    let name = values.text(Field::ProfileName).unwrap_or_default().to_owned();
    let mut secrets = NewSecrets::new(&ctx.paths, false);
    let ((), edited) = edit::edit(&ctx.paths, &found, |draft| {
        let kept = secrets.refer(values, draft.file(), &name, None)?;
        draft.add_profile(&name, &kept)
    })?;
    drop(secrets);
    let after = &edited.configuration;
    let added = after.find(&name).ok_or_else(|| gone(&name))?;
    Ok(Added {
        default: after.default_profile.as_ref().is_some_and(|default| default.value == name),
        no_default: after.default_profile.is_none() && after.profiles.len() > 1,
        shown: ctx.paths.friendly(&found.path),
        path: found.path.display().to_string(),
        is_new_file,
        region: added.region.value,
        package: added.package.as_ref().map(|package| package.value.clone()),
        endpoint: added.endpoints.one().map(|endpoint| endpoint.value.clone()),
        name,
    })
}

/// Asks for what no flag gave; with a name and a region nothing is missing.
fn ask(
    prompt: &Prompt,
    ctx: &Ctx,
    known: &Configuration,
    file: &str,
    values: &mut Values<NewSecret>,
) -> Result<(), Failure> {
    if values.has(Field::ProfileName) && values.has(Field::Region) {
        return Ok(());
    }
    let asked = [Field::ProfileName, Field::Region, Field::Package];
    let questions = Questions {
        prompt,
        paths: &ctx.paths,
        fields: asked.into_iter().filter(|field| !values.has(*field)).collect(),
        optional: &[Field::Package],
        package: None,
        now: ctx.clock.now(),
        known: &|_| None,
        refusal: &|_, value| match value {
            Value::Text(name) => {
                known.find(name).map(|_| format!("there is a profile {name:?} already; choose another name"))
            }
            _ => None,
        },
    };
    prompt.paragraph(&format!("It will be written to {file}."));
    questions.ask(values, "")
}

/// Everything that is missing or wrong at once.
fn complete(wrong: Vec<Problem>, values: &Values<NewSecret>) -> Result<(), Failure> {
    let is_wrong = |place: &str| wrong.iter().any(|problem| problem.place == place);
    let required = [
        (Field::ProfileName, "NAME", "give the profile a name, such as chat".to_owned()),
        (Field::Region, "--region", format!("give one of {}", suggest::list(Field::Region.words()))),
    ];
    let missing = required.into_iter().filter(|(field, place, _)| !values.has(*field) && !is_wrong(place));
    let missing = missing.map(|(_, place, hint)| {
        Problem::new(Kind::MissingFlag, format!("{place} is required"), hint).at(place)
    });
    let problems = missing.collect::<Vec<_>>();
    all(problems.into_iter().chain(wrong).collect())
}

fn all(problems: Vec<Problem>) -> Result<(), Failure> {
    let count = problems.len();
    sound(problems).map_err(|failure| {
        failure.headed(format!("{count} values are missing or not usable; nothing was written"))
    })
}

fn free_name(name: &str, known: &Configuration) -> Result<(), Flaw> {
    rules::profile_name(name)?;
    match known.find(name) {
        None => Ok(()),
        Some(_) => Err(Flaw {
            kind: Kind::DuplicateId,
            message: format!("there is a profile {name:?} already"),
            hint: Box::new(
                Remedy::run("choose another name, or look at it", "profile show <NAME>").with("NAME", name),
            ),
        }),
    }
}

/// Another process has removed it in the meantime.
pub(super) fn gone(name: &str) -> Failure {
    let message = format!("profile {name} has been removed in the meantime");
    Problem::new(Kind::UnknownProfile, message, Remedy::run("add it again", "profile add")).at("NAME").into()
}

/// What `profile add --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Added {
    name: String,
    region: Region,
    package: Option<String>,
    endpoint: Option<String>,
    /// The file it was written to, absolute.
    path: String,
    /// It is the file's default_profile now.
    default: bool,
    #[serde(skip)]
    no_default: bool,
    #[serde(skip)]
    is_new_file: bool,
    #[serde(skip)]
    shown: String,
}

impl Report for Added {
    fn text(&self, page: &mut Page) {
        let new = if self.is_new_file { ", a new file" } else { "" };
        page.line(format!("Added profile {} ({}) to {}{new}.", self.name, self.region, self.shown));
        if self.default {
            page.line("It is the default profile.");
        } else if self.no_default {
            page.line(
                "The file names no default_profile, so every command needs --profile until there is one.",
            );
        }
        page.line("Next:");
        let of_it = |remedy: Remedy| remedy.with("NAME", &self.name);
        let give = of_it(Remedy::run("give it a certificate", "cert add --profile <NAME>"));
        let choose = of_it(Remedy::run("make it the default", "profile use <NAME>"));
        page.commands(&if self.default { vec![give] } else { vec![give, choose] });
    }
}
