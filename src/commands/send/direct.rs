//! A send to a regId or an alias: it goes out at once, whatever reports, presence and certificate times say.
//! OPPO itself knows none of these.

use super::super::context::{Ctx, block_on};
use super::super::vendor::{Vendor, credentials};
use super::args::Args;
use super::printed::{PushJson, Pushed, WarningJson};
use super::{Whom, draft, dry_run, refused};
use crate::config::{Activity, Certificate, CertificateId, Profile};
use crate::failure::{Explain, Failure, Kind, Problem};
use crate::notification::{Checked, TargetKind};
use crate::oppo::{Alias, RegId, Target};
use crate::push::{self, Delivery};

pub(super) fn run(args: &Args, ctx: &Ctx, profile: &Profile, whom: &Whom) -> Result<Pushed, Failure> {
    let certificate = profile.certificate(args.certificate.and_then(CertificateId::new))?;
    let (target, notification) = validate(args, ctx, profile, certificate, whom)?;
    let (warnings, printed) = warnings(&notification, certificate, ctx);
    if args.dry_run {
        let item = dry_run::item(args, ctx, profile, certificate, &target, &notification, printed)?;
        return Ok(Pushed { to_user: false, items: vec![item], problem: None, warnings });
    }
    let credentials = credentials(ctx, certificate)?;
    let store = ctx.store()?;
    let delivered = block_on(async {
        let vendor = Vendor::open(ctx, profile).await?;
        let sender = vendor.sender(ctx, &store, credentials);
        let delivery = Delivery {
            profile: &profile.name,
            region: profile.region.value,
            certificate_id: certificate.id.get(),
            app_id: &certificate.app_id,
            user: None,
            device: None,
            target,
            notification: &notification,
            answer_within: ctx.timeout(),
        };
        let delivered = push::deliver(&store, &sender, delivery).await;
        vendor.close().await;
        Ok(delivered)
    })?;
    let problem = delivered.problem().cloned();
    let item = PushJson::of(&delivered, profile, &printed);
    let odd = delivered
        .warnings
        .iter()
        .map(|message| Problem::new(Kind::BadAnswer, message, "see the raw answer: opush history show"));
    Ok(Pushed {
        to_user: false,
        items: vec![item],
        problem,
        warnings: warnings.into_iter().chain(odd).collect(),
    })
}

fn validate(
    args: &Args,
    ctx: &Ctx,
    profile: &Profile,
    certificate: &Certificate,
    whom: &Whom,
) -> Result<(Target, Checked), Failure> {
    let mut problems = Vec::new();
    let (target, kind) = match whom {
        Whom::Alias(alias) => {
            let alias = Alias::parse(alias).map_err(|error| problems.push(error.explain().at("--alias")));
            (alias.map(Target::Alias).ok(), TargetKind::Alias)
        }
        Whom::RegId(text) | Whom::User(text) => {
            let reg_id = RegId::parse(text).map_err(|error| problems.push(error.explain().at("--reg-id")));
            let fits = reg_id.ok().filter(|reg_id| match reg_id.check_region(profile.region.value) {
                Ok(()) => true,
                Err(error) => {
                    problems.push(error.explain().at("--reg-id"));
                    false
                }
            });
            (fits.map(Target::RegId), TargetKind::RegId)
        }
    };
    let package = profile.package.as_ref().map(|package| package.value.as_str());
    let (draft, found) = draft::of_args(args, ctx, package);
    problems.extend(found);
    let checked = draft::with_certificate(&draft, certificate).check(ctx.clock.now(), kind);
    match (target, checked) {
        (Some(target), Ok(checked)) if problems.is_empty() => Ok((target, checked)),
        (_, checked) => {
            problems.extend(checked.err().into_iter().flatten());
            Err(refused(problems))
        }
    }
}

/// What is known about the notification and the certificate, for stderr and for JSON.
fn warnings(
    notification: &Checked,
    certificate: &Certificate,
    ctx: &Ctx,
) -> (Vec<Problem>, Vec<WarningJson>) {
    let mut printed = dry_run::warnings(notification);
    if let Activity::In(_) = certificate.activity(ctx.clock.now()) {
        printed.push(WarningJson {
            id: "certificate-not-yet-active".into(),
            message: format!(
                "certificate {} is {} at the IM server; a direct send is not held back by that",
                certificate.id,
                certificate.activity(ctx.clock.now())
            ),
            hint: "OPPO knows no certificate IDs; the IM server's pushes wait for it".into(),
            place: "saved_at".into(),
        });
    }
    let spoken = printed
        .iter()
        .map(|warning| {
            Problem::new(Kind::ContradictoryFields, &warning.message, &warning.hint).at(&warning.place)
        })
        .collect();
    (spoken, printed)
}
