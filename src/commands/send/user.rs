//! A send to a user: to each device that the offline-push rule lets.
//! The rule and the story of each delivery belong to `push`.

use std::collections::BTreeMap;

use super::super::context::Ctx;
use super::super::im_presence::ImPresenceView;
use super::args::Args;
use super::dry_run::DryRun;
use super::in_app::in_app;
use super::printed::{PushJson, Pushed};
use super::problems::{DeviceEnd, by_device, refused};
use super::wait::Wait;
use crate::config::{Certificate, CertificateId, Profile};
use crate::failure::{Failure, Problem, Warning};
use crate::notification::{Checked, Draft, TargetKind};
use crate::push::{self, Delivered, Judged, ToUser};
use crate::receipts::AwaitedReceipt;
use crate::services::{ImAnswer, OppoService, Setup, ask_im_presence, credentials_by_id, remark_exchanges};

pub(super) fn run(
    args: &Args,
    ctx: &Ctx,
    profile: Result<Profile, Failure>,
    user: &str,
) -> Result<Pushed, Failure> {
    match profile.and_then(|profile| to_devices(args, ctx, &profile, user)) {
        Ok(pushed) => Ok(pushed),
        // The contract: to a user there is always a list, here an empty one.
        Err(failure) if ctx.printer.json => {
            Ok(Pushed { to_user: true, failure: Some(failure), ..Pushed::default() })
        }
        Err(failure) => Err(failure),
    }
}

fn to_devices(args: &Args, ctx: &Ctx, profile: &Profile, user: &str) -> Result<Pushed, Failure> {
    if args.message.certificate.is_some() {
        profile.certificate(args.message.certificate.and_then(CertificateId::new))?;
    }
    // First of all: without a way for receipts nothing is asked or sent.
    let (mut draft, found) = args.draft(ctx, profile);
    let wait = Wait::prepare(args, ctx, profile, &mut draft)?;
    let store = ctx.store()?;
    let certificates = push::known_certificates(profile);
    let request = ToUser {
        certificate: args.message.certificate,
        force: args.force,
        answer_within: ctx.timeout(),
        ..ToUser::new(profile, &certificates, user)
    };
    // A dry run stays without any network.
    let ImAnswer { presence, warning } = match args.dry_run || !push::user_problems(user).is_empty() {
        true => ImAnswer::default(),
        false => ctx.block_on(ask_im_presence(ctx, profile, &store, user))?,
    };
    let judged = push::judge(&store, &request)?;
    let notifications = validate((&draft, found), (args, ctx), profile, user, &judged)?;
    let printed = distinct_warnings(&notifications);
    let warnings = warning.into_iter().chain(printed.iter().cloned()).collect();
    if args.dry_run {
        let dry_run = DryRun { args, ctx, profile, warnings: &printed };
        return Ok(Pushed { warnings, ..dry_run.to_user(user, &judged, &notifications)? });
    }
    let credentials = credentials_by_id(ctx, profile, push::certificates_needed(&judged))?;
    let (delivered, awaited) = ctx.block_on(async {
        let oppo = OppoService::open(ctx, profile, Setup::Register).await?;
        let folder = &ctx.paths.state_home;
        let prepared = push::prepare(&oppo.client, &store, folder, credentials, notifications);
        let delivered = push::deliver_to_user(&store, &request, &judged, &prepared).await;
        let awaited = match (&wait, &delivered) {
            (Some(wait), Ok(delivered)) => wait.receipts(ctx, &store, delivered).await?,
            (_, delivered) => vec![None; delivered.as_ref().map_or(0, Vec::len)],
        };
        oppo.close().await;
        Ok((delivered?, awaited))
    })?;
    delivered.iter().for_each(|one| remark_exchanges(ctx, &one.exchanges));
    let im = presence.as_ref().map(ImPresenceView::from);
    Ok(Pushed {
        warnings,
        ..pushed(profile, &delivered, &awaited, &printed, im.map(|im| (user.to_owned(), im)))
    })
}

/// The result for a person and for a script.
fn pushed(
    profile: &Profile,
    delivered: &[Delivered],
    awaited: &[Option<AwaitedReceipt>],
    warnings: &[Warning],
    im: Option<(String, ImPresenceView)>,
) -> Pushed {
    let tried = delivered.iter().any(|one| one.decision.is_push());
    let counts = |one: &&Delivered| one.decision.is_push() || !tried;
    let sent: Vec<DeviceEnd> =
        delivered.iter().filter(counts).map(|one| (one.device.as_deref(), one.problem())).collect();
    let pairs = || delivered.iter().zip(awaited);
    let received: Vec<DeviceEnd> = pairs()
        .filter_map(|(one, awaited)| Some((one.device.as_deref(), awaited.as_ref()?.problem.clone())))
        .collect();
    let first_lost = received.iter().find_map(|(_, problem)| problem.clone());
    let item = |(one, awaited): (&Delivered, &Option<AwaitedReceipt>)| PushJson {
        im: im.as_ref().map(|(_, view)| view.clone()),
        ..PushJson::of(one, profile, warnings).awaited(awaited.as_ref())
    };
    Pushed {
        to_user: true,
        spoken: by_device(&sent, "accepted").or_else(|| by_device(&received, "reported as arrived")),
        failure: push::overall(delivered).or(first_lost).map(Failure::from),
        items: pairs().map(item).collect(),
        im: im.clone(),
        warnings: Vec::new(),
    }
}

/// Each warning once, though each certificate has a notification of its own.
fn distinct_warnings(notifications: &BTreeMap<i64, Checked>) -> Vec<Warning> {
    let mut distinct: Vec<Warning> = Vec::new();
    for warning in notifications.values().flat_map(Checked::warnings) {
        if !distinct.iter().any(|known| known.id == warning.id && known.place == warning.place) {
            distinct.push(warning.clone());
        }
    }
    distinct
}

/// One notification for each certificate that the reports name, since channel and click target come from it.
fn validate(
    (draft, found): (&Draft, Vec<Problem>),
    (args, ctx): (&Args, &Ctx),
    profile: &Profile,
    user: &str,
    judged: &[Judged],
) -> Result<BTreeMap<i64, Checked>, Failure> {
    let mut problems = push::user_problems(user);
    problems.extend(found);
    let mut checked = BTreeMap::new();
    let mut certificates: Vec<&Certificate> =
        judged.iter().filter_map(|one| profile.find_id(one.report()?.certificate_id)).collect();
    if certificates.is_empty() {
        // A missing target is no reason to be silent about a notification that could not be sent either.
        certificates.extend(profile.certificates.first());
    }
    for certificate in certificates {
        match push::with_certificate(draft, certificate).check(ctx.clock.now(), TargetKind::RegId) {
            Ok(notification) => drop(checked.insert(certificate.id.get(), notification)),
            Err(found) => {
                let new: Vec<Problem> =
                    found.into_iter().filter(|problem| !problems.contains(problem)).collect();
                problems.extend(new);
            }
        }
    }
    if problems.is_empty() {
        problems.extend(in_app(args, ctx, profile, checked.values())?);
    }
    if problems.is_empty() { Ok(checked) } else { Err(refused(problems)) }
}
