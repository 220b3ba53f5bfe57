//! `opush cert edit`: changes a certificate in place, gives it the IM console's ID, and shows the difference.
//! What stays to the letter, and what begins the ten minutes again, is decided in `config`.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::context::Ctx;
use super::fields::{Checked, Fields, sound};
use super::printed::{CertificateState, DIRECT, Printed};
use crate::config::edit::{self, Change, Edited};
use crate::config::{CertificateId, NewSecrets, Region, Which, rules};
use crate::failure::{Explain, Failure, Kind, Problem};
use crate::output::{Page, Report};
use crate::store::Store;
use crate::store::reports::Renumbering;

/// Change a certificate, keeping comments and order of the file
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush cert edit 1 --id 7005                     the ID that the IM console gave
  opush cert edit 7005 --channel-id orders --dry-run
  opush cert edit 7005 --saved-at now")]
pub(crate) struct Args {
    /// The certificate to change
    #[arg(value_name = "ID", value_parser = clap::value_parser!(i64).range(1..))]
    certificate: i64,

    /// Its new ID, here and in everything that refers to it
    #[arg(long, value_name = "NEW", allow_negative_numbers = true)]
    id: Option<String>,

    #[command(flatten)]
    fields: Fields,

    /// Show the difference and write nothing
    #[arg(long)]
    dry_run: bool,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Changed, Failure> {
    let (found, profile) = ctx.profile_in_file()?;
    let before = super::named::certificate(&profile, Some(args.certificate))?;
    let prompt = ctx.prompt();
    let package = profile.package.as_ref().map(|package| package.value.as_str());
    let mut problems = Vec::new();
    let checked = args.fields.check(args.id.as_deref(), package, ctx, prompt.as_ref(), &mut problems)?;
    drop(prompt);
    sound(problems)?;
    if is_empty(&checked) {
        return Err(nothing_given());
    }
    let old = before.id.value;
    let new = checked.id.unwrap_or(old);
    // Opened first: a state database that can't be used is no reason to leave the file half renumbered.
    let store = if new != old && !args.dry_run { Some(ctx.store()?) } else { None };
    let begin = |store: &Store| {
        Renumbering::begin(store, &found.path.to_string_lossy(), &profile.name, old.get(), new.get())
    };
    let renumbering = store.as_ref().map(begin).transpose()?;

    let saved_at_given = checked.saved_at.is_some();
    let now = rules::whole_second(ctx.clock.now());
    let mut secrets = NewSecrets::new(&ctx.paths, args.dry_run);
    let change = |draft: &mut edit::Draft| {
        let file = draft.file().to_owned();
        let mut refer = |secret: &Option<_>, which| match secret {
            Some(secret) => secrets.refer(secret, &file, &profile.name, old, which).map(Some),
            None => Ok(None),
        };
        // The console's first ID means that the console has saved it.
        let first_real = old.is_local() && !new.is_local() && before.saved_at.is_none();
        let change = Change {
            master_secret: refer(&checked.master_secret, Which::Master)?,
            app_secret: refer(&checked.app_secret, Which::App)?,
            name: checked.name,
            app_id: checked.app_id,
            app_key: checked.app_key,
            channel_id: checked.channel_id,
            click: checked.click,
            saved_at: checked.saved_at.or(first_real.then_some(now)),
        };
        let restarted = draft.edit_certificate(&profile.name, old, &change, now)?;
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

fn is_empty(checked: &Checked) -> bool {
    let Checked { id, name, app_id, app_key, channel_id, click, saved_at, master_secret, app_secret } =
        checked;
    let texts = [name, app_id, app_key, channel_id].iter().all(|text| text.is_none());
    let rest = click.is_none() && saved_at.is_none() && master_secret.is_none() && app_secret.is_none();
    texts && rest && id.is_none()
}

fn nothing_given() -> Failure {
    let hint = "give --id, --name, --app-id, --app-key, --channel-id, --click, --saved-at, --master-secret-env | -file | \
                -stdin, or --app-secret-env | -file | -stdin";
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
    #[serde(skip)]
    again: String,
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
            again: ctx.again(&edited.configuration, Some(&edited.found), &profile.name),
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
            page.line(format!(
                "The IM server learns of it only in the IM console; make the change there too: opush cert show {id}{} --console",
                self.again
            ));
            if !self.saved_at_given {
                page.line(format!(
                    "The ten minutes begin again, counted from now; to correct that: opush cert edit {id}{} --saved-at TIME",
                    self.again
                ));
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
