//! `opush history resend ID`: the same notification to the same target once more, as a push of its own.
//! What the history kept of it belongs to `push`, what a value may be to `notification`.

use std::path::Path;

use super::super::context::Ctx;
use super::super::flag_file;
use super::super::send::{self, Pushed};
use super::show;
use crate::config::{CertificateId, Profile};
use crate::failure::{Failure, Kind, Problem, Remedy, Warning};
use crate::notification::{Draft, Field, Origin, TargetKind};
use crate::oppo::Target;
use crate::push::{Delivery, Recorded, app_message_id, recorded};
use crate::store::deliveries;

/// Send a push of the history once more
#[derive(clap::Args, Debug)]
#[command(after_help = "Examples:
  opush history resend 12
  opush history resend 12 --callback-url @receipts.url

It goes to the regId or alias that is recorded, at once: reports and presence are not asked again.")]
pub(crate) struct Args {
    /// Its number in the list, its message_id or its app_message_id
    id: String,

    /// Keep its app_message_id: OPPO then shows it only if it did not show the first
    #[arg(long)]
    same_id: bool,

    /// Certificate to send with [default: the recorded one]
    #[arg(long, value_name = "ID", value_parser = clap::value_parser!(i64).range(1..))]
    certificate: Option<i64>,

    /// Where OPPO posts receipts, or @FILE that holds the URL (@- is stdin), since a secret is never an argument
    #[arg(long, value_name = "URL|@FILE")]
    callback_url: Option<String>,

    /// Another value for a field, by its wire name; may be repeated
    #[arg(long, value_name = "KEY=JSON", allow_hyphen_values = true)]
    set: Vec<String>,
}

pub(crate) fn run(args: Args, ctx: &Ctx) -> Result<Pushed, Failure> {
    let delivery = show::find(&ctx.store()?, &args.id)?;
    let recorded = recorded(&delivery)?;
    let profile = profile(ctx, &delivery)?;
    let id = args.certificate.or(delivery.certificate_id).and_then(CertificateId::new);
    let certificate = profile.certificate(id)?;
    let mut draft = draft(ctx, &args, &recorded, &delivery)?;
    ask_for_masked(ctx, &args, &recorded, &mut draft)?;
    let kind = match recorded.target {
        Target::RegId(_) => TargetKind::RegId,
        Target::Alias(_) => TargetKind::Alias,
    };
    let now = ctx.clock.now();
    let mut checked = draft.check(now, kind).map_err(Failure::all)?;
    let mut warnings = checked.warnings().to_vec();
    if args.same_id {
        warnings.push(shown_once());
    } else {
        checked = checked.with_app_message_id(app_message_id::generate(now));
    }
    let again = Delivery {
        user: delivery.user.as_deref(),
        device: delivery.device.as_deref(),
        ..Delivery::direct(&profile, certificate, recorded.target.clone(), &checked, ctx.timeout())
    };
    send::again(ctx, &profile, certificate, again, warnings)
}

/// The profile that it went out with.
fn profile(ctx: &Ctx, delivery: &deliveries::Delivery) -> Result<Profile, Failure> {
    let (id, name) = (delivery.id, &delivery.profile);
    if let Some(typed) = ctx.profile_flag().filter(|typed| typed != name) {
        let message = format!("push {id} went out with profile {name}, not {typed}");
        return Err(Problem::new(Kind::ConflictingFlags, message, "leave --profile out")
            .at("--profile")
            .into());
    }
    let found = ctx.configuration()?.named(name, &ctx.environment);
    found.unwrap_or_else(|| {
        let message = format!("push {id} went out with profile {name}, which is not there any more");
        let hint = Remedy::run("see the profiles there are", "profile list");
        Err(Problem::new(Kind::UnknownProfile, message, hint).at("ID").into())
    })
}

/// What is recorded, but for the fields that are given anew.
fn draft(
    ctx: &Ctx,
    args: &Args,
    recorded: &Recorded,
    delivery: &deliveries::Delivery,
) -> Result<Draft, Failure> {
    let mut draft = Draft::new();
    for (name, value) in &recorded.notification {
        if is_given(args, name) {
            continue;
        }
        let origin = match Field::named(name) {
            Some(_) => Origin::File { path: format!("push {}", delivery.id), key: name.clone() },
            None => Origin::Set(name.clone()),
        };
        draft.field(name, value.clone(), origin);
    }
    if let Some(url) = &args.callback_url {
        let read =
            |path: &str| flag_file::read(Path::new(path), ctx, "--callback-url", "a URL is far smaller");
        let url = url.strip_prefix('@').map_or_else(|| Ok(url.clone()), read)?;
        draft.flag(Field::CallBackUrl, url.trim());
    }
    for assignment in &args.set {
        draft.set(assignment);
    }
    Ok(draft)
}

fn is_given(args: &Args, name: &str) -> bool {
    let set = args.set.iter().filter_map(|assignment| assignment.split_once('='));
    name == Field::CallBackUrl.name() && args.callback_url.is_some()
        || set.into_iter().any(|(key, _)| key == name)
}

/// What the history masked is asked for, or named with the flag that gives it.
fn ask_for_masked(ctx: &Ctx, args: &Args, recorded: &Recorded, draft: &mut Draft) -> Result<(), Failure> {
    let mut problems = Vec::new();
    for name in recorded.masked().filter(|name| !is_given(args, name)) {
        let flag = if name == Field::CallBackUrl.name() { "--callback-url" } else { "--set" };
        match ctx.prompt() {
            Some(prompt) => {
                let question = format!("{name} (a secret in it was masked)");
                let answer = prompt.text(&question, None, &|_| Ok(()))?;
                draft.field(name, answer.into(), Origin::Flag(flag));
            }
            None => {
                let message =
                    format!("{name} was recorded with a secret masked, so it has to be given again");
                let hint = if flag == "--set" {
                    format!("add --set '{name}=JSON'")
                } else {
                    format!("add {flag} @FILE, with the URL in that file; @- is stdin")
                };
                problems.push(Problem::new(Kind::MissingFlag, message, hint).at(flag));
            }
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Failure::all(problems)) }
}

/// OPPO's de-duplication (OPPO reference, section 4.1).
fn shown_once() -> Warning {
    let message = "of two pushes with one app_message_id to one target OPPO shows the first, and answers both with success";
    Warning::new(message, "leave --same-id out for a push that is shown in any case")
        .with_id("repeated-app-message-id")
        .at("--same-id")
}
