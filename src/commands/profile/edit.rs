//! `opush profile edit`: changes a profile in place and shows the difference.
//! What a value may be, and what stays to the letter, belongs to `config`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::super::field_flags::{FieldFlags, FieldSet, oddities, sound, warn_of};
use super::super::questions::Questions;
use super::add::{OfProfile, gone};
use crate::config::{Field, NewSecret, NewSecrets, Profile, Region, Values, edit};
use crate::failure::{Failure, Kind, Problem, Remedy};
use crate::output::{Page, Prompt, Report};

/// Change a profile, keeping comments and order of the file
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush profile edit chat --package com.example.chat
  opush profile edit --multi-device several --dry-run
  opush profile edit chat --unset endpoint
  opush profile edit --im-sdk-app-id 1400000001 --im-admin administrator --im-secret-key-env OPUSH_IM_SECRET_KEY

On a terminal, without a flag for a value, it asks for each; Enter keeps what is there.")]
pub(crate) struct Args {
    /// A profile of the file [default: the current one]
    #[arg(value_name = "NAME")]
    name: Option<String>,

    #[command(flatten)]
    fields: FieldFlags<ForEditing>,

    /// Show the difference and write nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(Debug)]
struct ForEditing;

impl FieldSet for ForEditing {
    const FIELDS: &'static [&'static [Field]] = OfProfile::FIELDS;
    const UNSETS: bool = true;
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Changed, Failure> {
    let (found, profile) = match &args.name {
        None => ctx.profile_in_file()?,
        Some(name) => {
            let found = ctx.found_for_writing()?;
            let find =
                |draft: &mut edit::Draft| draft.known_profile(name).map_err(|failure| failure.at("NAME"));
            (found.clone(), edit::preview(&ctx.paths, &found, find)?.0)
        }
    };
    let values = given(&args, ctx, &profile)?;
    let name = profile.name;
    let mut secrets = NewSecrets::new(&ctx.paths, args.dry_run);
    let change = |draft: &mut edit::Draft| {
        let kept = secrets.refer(values, draft.file(), &name, None)?;
        draft.edit_profile(&name, &kept, args.fields.unset())
    };
    let ((), edited) = match args.dry_run {
        true => edit::preview(&ctx.paths, &found, change)?,
        false => edit::edit(&ctx.paths, &found, change)?,
    };
    drop(secrets);
    let removed_files = if args.dry_run { Vec::new() } else { edited.removed_files(&ctx.paths) };
    Ok(Changed {
        region: edited.configuration.find(&name).ok_or_else(|| gone(&name))?.region.value,
        path: found.path.display().to_string(),
        changed: edited.is_changed(),
        dry_run: args.dry_run,
        diff: edited.diff(),
        removed_files,
        file: ctx.paths.friendly(&found.path),
        name,
    })
}

/// What is to change, by flags or by answers.
fn given(args: &Args, ctx: &Ctx, profile: &Profile) -> Result<Values<NewSecret>, Failure> {
    let prompt = ctx.prompt();
    let mut problems = Vec::new();
    let mut values = args.fields.read(ctx, None, prompt.as_ref(), &mut problems)?;
    sound(problems)?;
    match &prompt {
        Some(prompt) if args.fields.is_empty() => ask(prompt, ctx, profile, &mut values)?,
        _ if args.fields.is_empty() => {
            let flags: Vec<String> = Field::PROFILE.iter().map(|field| field.place()).collect();
            let hint = format!("give one of {}", flags.join(", "));
            return Err(Problem::new(Kind::MissingFlag, "nothing to change was given", hint)
                .at("--region")
                .into());
        }
        _ => {
            let remedy = Remedy::run("if it is wrong, give the right one", "profile edit <NAME>");
            warn_of(ctx, oddities(&values, |_| None), &remedy.with("NAME", &profile.name));
        }
    }
    Ok(values)
}

fn ask(prompt: &Prompt, ctx: &Ctx, profile: &Profile, values: &mut Values<NewSecret>) -> Result<(), Failure> {
    let known = |field| profile.value(field);
    let of_im = if profile.im.is_some() { Field::IM } else { &[] };
    let questions = Questions {
        prompt,
        paths: &ctx.paths,
        fields: [&[Field::Region, Field::Package, Field::Endpoint, Field::MultiDevice], of_im].concat(),
        optional: &[Field::Package, Field::Endpoint, Field::ImEndpoint],
        package: None,
        now: ctx.clock.now(),
        known: &known,
        refusal: &|_, _| None,
    };
    let title = format!("Profile {}", profile.name);
    prompt.paragraph(&format!("{title}. Enter keeps what is there."));
    questions.ask(values, &title)?;
    values.drop_known(known);
    Ok(())
}

/// What `profile edit --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Changed {
    name: String,
    /// After the change; with --dry-run as it would be.
    region: Region,
    /// The file, absolute.
    path: String,
    changed: bool,
    dry_run: bool,
    /// The difference, secrets masked.
    diff: String,
    /// Private files of secrets that nothing refers to any more.
    removed_files: Vec<String>,
    #[serde(skip)]
    file: String,
}

impl Report for Changed {
    fn text(&self, page: &mut Page) {
        page.lines(&self.diff);
        match (self.changed, self.dry_run) {
            (false, _) => {
                page.line(format!("Profile {} has these values already; nothing changed.", self.name));
            }
            (true, true) => {}
            (true, false) => {
                page.blank();
                page.line(format!("Changed profile {} in {}.", self.name, self.file));
            }
        }
        for file in &self.removed_files {
            page.line(format!("Removed {file}, which nothing refers to any more."));
        }
    }
}
