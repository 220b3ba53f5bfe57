//! A send to a regId or an alias: it goes out at once, whatever reports, presence and certificate times say.
//! OPPO itself knows none of these.

use super::super::context::Ctx;
use super::args::Args;
use super::dry_run::DryRun;
use super::in_app::in_app;
use super::printed::{PushJson, Pushed};
use super::problems::refused;
use super::recipient::Recipient;
use super::wait::Wait;
use crate::config::{Certificate, CertificateId, Profile};
use crate::failure::{Failure, Warning};
use crate::notification::{Checked, TargetKind};
use crate::oppo::{Alias, RegId, Target};
use crate::push::{self, Delivery};
use crate::services::{OppoService, Setup, credentials, remark_exchanges};

/// `setup` says whether a sandbox that runs learns of the profile's apps.
pub(super) fn run(
    args: &Args,
    ctx: &Ctx,
    profile: &Profile,
    recipient: &Recipient,
    setup: Setup,
) -> Result<Pushed, Failure> {
    let certificate = profile.certificate(args.message.certificate.and_then(CertificateId::new))?;
    let (target, notification, wait) = validate(args, ctx, profile, certificate, recipient)?;
    let warnings = notification.warnings().to_vec();
    if args.dry_run {
        let dry_run = DryRun { args, ctx, profile, warnings: &warnings };
        let item = dry_run.direct(certificate, &target, &notification)?;
        return Ok(Pushed { items: vec![item], warnings, ..Pushed::default() });
    }
    let delivery = Delivery::direct(profile, certificate, target, &notification, ctx.timeout());
    deliver(ctx, profile, certificate, delivery, (setup, wait.as_ref()), warnings)
}

/// Sends it now, and waits for its receipt where that is wanted.
pub(super) fn deliver(
    ctx: &Ctx,
    profile: &Profile,
    certificate: &Certificate,
    delivery: Delivery<'_>,
    (setup, wait): (Setup, Option<&Wait>),
    mut warnings: Vec<Warning>,
) -> Result<Pushed, Failure> {
    let credentials = credentials(ctx, profile, certificate)?;
    let store = ctx.store()?;
    let (delivered, awaited) = ctx.block_on(async {
        let oppo = OppoService::open(ctx, profile, setup).await?;
        let delivered = push::deliver(&store, &oppo.sender(ctx, &store, credentials), delivery).await;
        let awaited = match wait {
            Some(wait) => wait.receipts(ctx, &store, std::slice::from_ref(&delivered)).await?.pop().flatten(),
            None => None,
        };
        oppo.close().await;
        Ok((delivered, awaited))
    })?;
    remark_exchanges(ctx, &delivered.exchanges);
    let problem = delivered.problem().or_else(|| awaited.as_ref()?.problem.clone());
    let item = PushJson::of(&delivered, profile, &warnings).awaited(awaited.as_ref());
    warnings.extend(delivered.warnings);
    Ok(Pushed { failure: problem.map(Failure::from), items: vec![item], warnings, ..Pushed::default() })
}

fn validate(
    args: &Args,
    ctx: &Ctx,
    profile: &Profile,
    certificate: &Certificate,
    recipient: &Recipient,
) -> Result<(Target, Checked, Option<Wait>), Failure> {
    let mut problems = Vec::new();
    let (target, kind) = match recipient {
        Recipient::Alias(alias) => {
            let alias = Alias::parse(alias).map_err(|problem| problems.push(problem.at("--alias")));
            (alias.map(Target::Alias).ok(), TargetKind::Alias)
        }
        Recipient::RegId(text) | Recipient::User(text) => {
            let place = if args.target.reg_id.is_some() { "--reg-id" } else { "OPUSH_REG_ID" };
            let reg_id = RegId::of_region(text, profile.region.value);
            let reg_id = reg_id.map_err(|problem| problems.push(problem.at(place)));
            (reg_id.map(Target::RegId).ok(), TargetKind::RegId)
        }
    };
    let (mut draft, found) = args.draft(ctx, profile);
    let wait = Wait::prepare(args, ctx, profile, &mut draft)?;
    problems.extend(found);
    let checked = push::with_certificate(&draft, certificate).check(ctx.clock.now(), kind);
    if let (Ok(checked), true) = (&checked, problems.is_empty()) {
        problems.extend(in_app(args, ctx, profile, [checked])?);
    }
    match (target, checked) {
        (Some(target), Ok(checked)) if problems.is_empty() => Ok((target, checked, wait)),
        (_, checked) => {
            problems.extend(checked.err().into_iter().flatten());
            Err(refused(problems))
        }
    }
}
