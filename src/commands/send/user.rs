//! A send to a user: to each device that the offline-push rule lets.
//! The rule and the story of each delivery belong to `push`.

use std::collections::BTreeMap;

use super::super::asked;
use super::super::context::Ctx;
use super::args::Args;
use super::plan::Plan;
use super::printed::{PushJson, Pushed};
use super::wait::{Followed, Wait};
use super::{draft, refused};
use crate::config::{Certificate, CertificateId, Profile};
use crate::failure::{Failure, Kind, Problem, Warning};
use crate::notification::{Checked, Draft, TargetKind};
use crate::oppo::Credentials;
use crate::push::{self, Delivered, Judged, Message, Prepared, ToUser};
use crate::services::{OppoService, Setup, credentials, remark_exchanges};
use crate::store::{Store, StoreError};

pub(super) fn run(args: &Args, ctx: &Ctx, user: &str) -> Result<Pushed, Failure> {
    match ctx.profile().and_then(|profile| to_devices(args, ctx, &profile, user)) {
        Ok(pushed) => Ok(pushed),
        // The contract: to a user there is always a list, here an empty one.
        Err(failure) if ctx.printer.json => {
            Ok(Pushed { to_user: true, failure: Some(failure), ..Pushed::default() })
        }
        Err(failure) => Err(failure),
    }
}

fn to_devices(args: &Args, ctx: &Ctx, profile: &Profile, user: &str) -> Result<Pushed, Failure> {
    if args.certificate.is_some() {
        profile.certificate(args.certificate.and_then(CertificateId::new))?;
    }
    // First of all: without a way for receipts nothing is asked or sent.
    let package = profile.package.as_ref().map(|package| package.value.as_str());
    let (mut draft, found) = draft::of_args(args, ctx, package);
    let wait = Wait::prepare(args, ctx, profile, &mut draft)?;
    let store = ctx.store()?;
    let known = crate::push::known_certificates(profile);
    let request = ToUser {
        profile: &profile.name,
        region: profile.region.value,
        user,
        certificate: args.certificate,
        certificates: &known,
        // A notification wants a push, and has a title.
        message: Message::default(),
        muted: false,
        force: args.force,
        answer_within: ctx.timeout(),
    };
    let mut said = Vec::new();
    // A dry run stays without any network.
    let asked = if args.dry_run || !push::user_problems(user).is_empty() {
        None
    } else {
        asked::ask(ctx, profile, &store, user, &mut said)?
    };
    let judged = push::judge(&store, &request)?;
    let notifications = validate((&draft, found), ctx, profile, user, &judged)?;
    let mut printed: Vec<Warning> = Vec::new();
    for warning in notifications.values().flat_map(Checked::warnings) {
        if !printed.iter().any(|known| known.id == warning.id && known.place == warning.place) {
            printed.push(warning.clone());
        }
    }
    let warnings = said.into_iter().chain(printed.iter().cloned()).collect();
    if args.dry_run {
        let plan = Plan { args, ctx, profile, user, judged: &judged };
        return plan.make(&notifications, &printed, warnings);
    }
    let keys = keys(ctx, profile, &judged)?;
    let devices =
        ToDevices { request: &request, judged: &judged, notifications: &notifications, keys: &keys };
    let (delivered, followed) = ctx.block_on(async {
        let vendor = OppoService::open(ctx, profile, Setup::Register).await?;
        let delivered = devices.deliver(ctx, &store, &vendor).await;
        let followed = match (&wait, &delivered) {
            (Some(wait), Ok(delivered)) => wait.follow(ctx, &store, delivered).await?,
            _ => Vec::new(),
        };
        vendor.close().await;
        Ok((delivered?, followed))
    })?;
    delivered.iter().for_each(|one| remark_exchanges(ctx, &one.exchanges));
    let tried = delivered.iter().any(|one| one.decision.is_push());
    let problems: Vec<_> = delivered
        .iter()
        .filter(|one| one.decision.is_push() || !tried)
        .map(|one| (one.device.as_deref(), one.problem()))
        .collect();
    let unheard: Vec<_> = delivered
        .iter()
        .zip(&followed)
        .filter(|(_, followed)| followed.waited)
        .map(|(one, followed)| (one.device.as_deref(), followed.problem.as_ref()))
        .collect();
    let overall = push::overall(&delivered);
    let first = unheard.iter().find_map(|(_, problem)| *problem);
    let done = spoken(&problems, "accepted").or_else(|| spoken(&unheard, "reported as arrived"));
    Ok(Pushed {
        to_user: true,
        spoken: done,
        failure: overall.or_else(|| first.cloned()).map(Failure::from),
        items: delivered
            .iter()
            .zip(followed.into_iter().chain(std::iter::repeat_with(Followed::default)))
            .map(|(one, followed)| PushJson {
                im: asked.clone(),
                ..PushJson::of(one, profile, &printed).followed(followed)
            })
            .collect(),
        asked: asked.map(|asked| (user.to_owned(), asked)),
        warnings,
    })
}

/// The credentials that the pushes need, each secret got once.
fn keys(ctx: &Ctx, profile: &Profile, judged: &[Judged]) -> Result<BTreeMap<i64, Credentials>, Failure> {
    let mut keys = BTreeMap::new();
    for report in judged.iter().filter(|one| one.decision.is_push()).filter_map(Judged::report) {
        if let Some(certificate) = find(profile, report.certificate_id) {
            keys.insert(report.certificate_id, credentials(ctx, certificate)?);
        }
    }
    Ok(keys)
}

/// A push to the devices that the rule lets, with a notification and credentials for each certificate that they reported.
pub(in crate::commands) struct ToDevices<'a> {
    pub(crate) request: &'a ToUser<'a>,
    pub(crate) judged: &'a [Judged],
    pub(crate) notifications: &'a BTreeMap<i64, Checked>,
    pub(crate) keys: &'a BTreeMap<i64, Credentials>,
}

impl ToDevices<'_> {
    pub(crate) async fn deliver(
        &self,
        ctx: &Ctx,
        store: &Store,
        vendor: &OppoService,
    ) -> Result<Vec<Delivered>, StoreError> {
        push::deliver_to_user(store, self.request, self.judged, |report| {
            let id = report.certificate_id;
            match (self.keys.get(&id), self.notifications.get(&id)) {
                (Some(keys), Some(notification)) => Ok(Prepared {
                    app_id: keys.app_id.clone(),
                    sender: vendor.sender(ctx, store, keys.clone()),
                    notification: notification.clone(),
                }),
                _ => {
                    Err(Problem::new(Kind::NotFound, format!("certificate {id} is not there"), "send again"))
                }
            }
        })
        .await
    }
}

/// For a person with several devices: each that should have got it and did not, with its reason.
pub(super) fn spoken(devices: &[(Option<&str>, Option<&Problem>)], done: &str) -> Option<Failure> {
    let problems: Vec<Problem> = devices
        .iter()
        .filter_map(|(device, problem)| Some((*problem)?.clone().at(device.unwrap_or_default())))
        .collect();
    if devices.len() < 2 || problems.is_empty() {
        return None;
    }
    let (failed, all) = (problems.len(), devices.len());
    let headline = match failed {
        failed if failed == all => format!("none of {all} pushes was {done}"),
        1 => format!("1 of {all} pushes was not {done}"),
        _ => format!("{failed} of {all} pushes were not {done}"),
    };
    Some(Failure::all(problems).headed(headline))
}

pub(super) fn find(profile: &Profile, id: i64) -> Option<&Certificate> {
    CertificateId::new(id).and_then(|id| profile.find(id))
}

/// One notification for each certificate that the reports name, since channel and click target come from it.
fn validate(
    (draft, found): (&Draft, Vec<Problem>),
    ctx: &Ctx,
    profile: &Profile,
    user: &str,
    judged: &[Judged],
) -> Result<BTreeMap<i64, Checked>, Failure> {
    let mut problems = push::user_problems(user);
    problems.extend(found);
    let mut checked = BTreeMap::new();
    let mut certificates: Vec<&Certificate> =
        judged.iter().filter_map(|one| find(profile, one.report()?.certificate_id)).collect();
    if certificates.is_empty() {
        // Nobody to send to is no reason to be silent about a notification that could not be sent either.
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
    if problems.is_empty() { Ok(checked) } else { Err(refused(problems)) }
}
