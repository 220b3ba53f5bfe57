//! `opush cert edit`: changes a certificate in place, gives it the IM console's ID, and shows the difference.
//! What stays to the letter, and what begins the ten minutes again, is decided in `config`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::app_file::AppFlag;
use super::super::context::Ctx;
use super::super::field_flags::{FieldFlags, FieldSet, oddities, sound, warn_of};
use super::super::questions::Questions;
use super::judging::in_app;
use super::printed::{CertificateState, DIRECT, Printed};
use crate::config::edit::{self, Edited};
use crate::config::{
    Certificate, CertificateId, Field, NewSecret, NewSecrets, Profile, Region, Source, Value, Values, rules,
};
use crate::failure::{Explain, Failure, Kind, Problem, Remedy};
use crate::output::{Page, Prompt, Report};
use crate::store::Store;
use crate::store::reports::Renumbering;

/// Change a certificate, keeping comments and order of the file
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush cert edit 1 --id 7005                     the ID that the IM console gave
  opush cert edit 7005 --channel-id orders --dry-run
  opush cert edit 7005 --saved-at now
  opush cert edit 7005 --unset channel-id

On a terminal, without a flag for a value, it asks for each; Enter keeps what is there.")]
pub(crate) struct Args {
    /// The certificate to change
    #[arg(value_name = "ID", value_parser = clap::value_parser!(i64).range(1..))]
    certificate: i64,

    #[command(flatten)]
    fields: FieldFlags<ForEditing>,

    #[command(flatten)]
    app: AppFlag,

    /// Show the difference and write nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(Debug)]
struct ForEditing;

impl FieldSet for ForEditing {
    const FIELDS: &'static [&'static [Field]] = &[Field::CERTIFICATE];
    const UNSETS: bool = true;
}

/// What is asked for, in this order.
const ASKED: [Field; 7] = [
    Field::Name,
    Field::AppId,
    Field::AppKey,
    Field::MasterSecret,
    Field::ChannelId,
    Field::Click,
    Field::Id,
];

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Changed, Failure> {
    let (found, profile) = ctx.profile_in_file()?;
    let before = super::named::certificate(&profile, Some(args.certificate))?;
    let values = given(&args, ctx, &profile, before)?;
    in_app(&args.app, ctx, Some(&profile), &values)?;
    let old = before.id.value;
    let new = values.id().unwrap_or(old);
    // Opened first: a state database that can't be used is no reason to leave the file half renumbered.
    let store = if new != old && !args.dry_run { Some(ctx.store()?) } else { None };
    let begin = |store: &Store| {
        Renumbering::begin(store, &found.path.to_string_lossy(), &profile.name, old.get(), new.get())
    };
    let renumbering = store.as_ref().map(begin).transpose()?;

    let saved_at_given = values.has(Field::SavedAt);
    let now = rules::whole_second(ctx.clock.now());
    let mut secrets = NewSecrets::new(&ctx.paths, args.dry_run);
    let change = |draft: &mut edit::Draft| {
        let mut change = secrets.refer(values, draft.file(), &profile.name, Some(old))?;
        // The console's first ID means that the console has saved it.
        if old.is_local() && !new.is_local() && before.saved_at.is_none() && !saved_at_given {
            change.insert(Field::SavedAt, Value::Time(now));
        }
        let restarted = draft.edit_certificate(&profile.name, old, &change, args.fields.unset(), now)?;
        draft.renumber(&profile.name, old, new)?;
        Ok(restarted)
    };
    let changed = match args.dry_run {
        true => edit::preview(&ctx.paths, &found, change),
        false => edit::edit(&ctx.paths, &found, change),
    };
    drop(secrets);
    let under_way = store.as_ref().zip(renumbering.as_ref());
    if let (Err(_), Some((store, renumbering))) = (&changed, under_way) {
        // The next run does it where it fails; why the file could not be changed is worth more.
        let _ = renumbering.cancel(store);
    }
    let (restarted, edited) = changed?;
    let moved = under_way.map_or(Ok(0), |(store, renumbering)| carry_reports(store, renumbering))?;
    let removed_files = if args.dry_run { Vec::new() } else { edited.removed_files(&ctx.paths) };
    Changed::new(ctx, &edited, &profile.name, old, new, restarted).map(|changed| Changed {
        dry_run: args.dry_run,
        reports_renumbered: moved,
        removed_files,
        saved_at_given,
        ..changed
    })
}

/// What is to change, by flags or by answers.
fn given(
    args: &Args,
    ctx: &Ctx,
    profile: &Profile,
    before: &Certificate,
) -> Result<Values<NewSecret>, Failure> {
    let prompt = ctx.prompt();
    let package = profile.package.as_ref().map(|package| package.value.as_str());
    let mut problems = Vec::new();
    let mut values = args.fields.read(ctx, package, prompt.as_ref(), &mut problems)?;
    sound(problems)?;
    match &prompt {
        Some(prompt) if args.fields.is_empty() => ask(prompt, ctx, profile, before, &mut values)?,
        _ if args.fields.is_empty() => return Err(nothing_given()),
        _ => {
            let remedy = Remedy::run("if it is wrong, give the right one", "cert edit <ID>");
            let known = |field| before.value(field)?.value.typed();
            warn_of(ctx, oddities(&values, known), &remedy.with("ID", before.id.value));
        }
    }
    Ok(values)
}

fn ask(
    prompt: &Prompt,
    ctx: &Ctx,
    profile: &Profile,
    before: &Certificate,
    values: &mut Values<NewSecret>,
) -> Result<(), Failure> {
    let (name, region, id) = (&profile.name, &profile.region, before.id.value);
    prompt.paragraph(&format!("Certificate {id} of profile {name} ({region}). Enter keeps what is there."));
    // The name that opush makes up is not one to keep.
    let known =
        |field| before.value(field).filter(|value| field != Field::Name || value.source != Source::Default);
    let questions = Questions {
        prompt,
        paths: &ctx.paths,
        fields: ASKED.to_vec(),
        optional: &[Field::Name, Field::ChannelId],
        package: profile.package.as_ref().map(|package| package.value.as_str()),
        now: ctx.clock.now(),
        known: &known,
        refusal: &|field, value| match value {
            Value::Number(number) if field == Field::Id && *number != id.get() => profile
                .find_id(*number)
                .map(|other| format!("profile {name} has a certificate {} already", other.id)),
            _ => None,
        },
    };
    questions.ask(values, &format!("Certificate {id} of profile {name}"))?;
    values.drop_known(known);
    Ok(())
}

fn nothing_given() -> Failure {
    let flags: Vec<String> = Field::CERTIFICATE.iter().map(|field| field.place()).collect();
    let hint = format!("give one of {}", flags.join(", "));
    Problem::new(Kind::MissingFlag, "nothing to change was given", hint).at("--id").into()
}

/// Token reports follow the certificate, in one transaction.
fn carry_reports(store: &Store, renumbering: &Renumbering) -> Result<usize, Failure> {
    renumbering.finish(store).map_err(|error| {
        let problem = error.explain();
        let Renumbering { old, new, .. } = renumbering;
        let message = format!(
            "the configuration has {new} now, but token reports still name {old}: {}",
            problem.message
        );
        let hint =
            format!("{}; the next command that uses this profile does the rest", problem.hint.sentence());
        Problem::new(problem.kind, message, hint).into()
    })
}

/// What `cert edit --json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Changed {
    profile: String,
    region: Region,
    /// As it is after the change; with --dry-run as it would be.
    certificate: Printed,
    /// The ID before.
    previous_id: i64,
    /// The file, absolute.
    path: String,
    changed: bool,
    dry_run: bool,
    /// The difference, secrets masked.
    diff: String,
    /// The ten minutes until the IM server uses it begin again.
    restarted: bool,
    /// Current token reports that name the new ID now.
    reports_renumbered: usize,
    /// Private files of secrets that nothing refers to any more.
    removed_files: Vec<String>,
    #[serde(skip)]
    saved_at_given: bool,
    #[serde(skip)]
    file: String,
    /// What a command has to name as the profile.
    #[serde(skip)]
    named: Option<String>,
}

impl Changed {
    fn new(
        ctx: &Ctx,
        edited: &Edited,
        profile: &str,
        old: CertificateId,
        new: CertificateId,
        restarted: bool,
    ) -> Result<Changed, Failure> {
        let profile =
            edited.configuration.named(profile, &ctx.environment).unwrap_or_else(|| ctx.profile())?;
        let certificate = super::named::certificate(&profile, Some(new.get()))?;
        Ok(Changed {
            profile: profile.name.clone(),
            region: profile.region.value,
            certificate: Printed::new(&profile, certificate, ctx.clock.now()),
            previous_id: old.get(),
            path: edited.found.path.display().to_string(),
            changed: edited.is_changed(),
            dry_run: false,
            diff: edited.diff(),
            restarted,
            reports_renumbered: 0,
            removed_files: Vec::new(),
            saved_at_given: false,
            file: ctx.paths.friendly(&edited.found.path),
            named: ctx.named(&edited.configuration, &profile.name),
        })
    }
}

impl Report for Changed {
    fn text(&self, page: &mut Page) {
        page.lines(&self.diff);
        let Printed { id, said, .. } = &self.certificate;
        let profile = &self.profile;
        if !self.changed {
            page.line(format!(
                "Certificate {id} of profile {profile} has these values already; nothing changed."
            ));
            return;
        }
        if self.dry_run {
            return;
        }
        page.blank();
        page.line(format!("Changed certificate {id} of profile {profile} in {}: {said}.", self.file));
        if *id != self.previous_id {
            let reports = match self.reports_renumbered {
                0 => "no token report named it".to_owned(),
                1 => "1 token report follows".to_owned(),
                count => format!("{count} token reports follow"),
            };
            page.line(format!("It was {} before; {reports}.", self.previous_id));
        }
        if self.restarted {
            let told = "The IM server learns of it only in the IM console; make the change there too";
            let counted = "The ten minutes begin again, counted from now; to correct that";
            let remedies = [
                Remedy::run(told, "cert show <ID> --console"),
                Remedy::run(counted, "cert edit <ID> --saved-at TIME"),
            ];
            for remedy in remedies.into_iter().take(if self.saved_at_given { 1 } else { 2 }) {
                let remedy = remedy.with("ID", id).flag("--profile", self.named.as_ref());
                page.line(page.remedy(&remedy));
            }
        }
        if self.certificate.state == CertificateState::Waiting {
            page.line(DIRECT);
        }
        for file in &self.removed_files {
            page.line(format!("Removed {file}, which nothing refers to any more."));
        }
    }
}
