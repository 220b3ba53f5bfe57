//! One try of a case: the push by the same rooms as `send`, then what came of it on the phone and in receipts.
//! Whether that is as expected belongs to `smoke`; trying again, to `runner`.

use std::collections::BTreeMap;

use super::super::send::PushJson;
use super::footing::{Footing, waits_here};
use super::on_phone::OnPhones;
use crate::failure::{Failure, Remedy};
use crate::notification::Checked;
use crate::oppo::Target;
use crate::push::{self, Delivered, Delivery, ToUser, app_message_id};
use crate::receipts::{Listening, wait_for_receipts};
use crate::services::{ask_im_presence, credentials_by_id, remark_exchanges};
use crate::smoke::{self, Destination, Fact, Planned, StatusWanted, Verdict};

/// What one try came to.
#[derive(Debug, Default)]
pub(super) struct Attempt {
    pub(crate) facts: Vec<Fact>,
    pub(crate) pushes: Vec<PushJson>,
}

/// The de-duplication id is the same in every try, so that a repeat of a push that did arrive shows nothing twice.
pub(super) async fn attempt(footing: &Footing<'_>, planned: &Planned, id: &str) -> Attempt {
    match pushed(footing, planned, id).await {
        Ok(Pushed::No(fact)) => Attempt { facts: vec![fact], pushes: Vec::new() },
        Ok(Pushed::Yes(delivered)) => looked_at(footing, planned, &delivered).await,
        Err(failure) => Attempt { facts: of_failure(&failure), pushes: Vec::new() },
    }
}

enum Pushed {
    Yes(Vec<Delivered>),
    /// There was nothing to push to.
    No(Fact),
}

async fn pushed(footing: &Footing<'_>, planned: &Planned, id: &str) -> Result<Pushed, Failure> {
    let profile = &planned.profile;
    let vendor = footing.vendor(profile)?;
    let outgoing = |notification: &Checked| outgoing(footing, planned, notification, id);
    let (certificate, target, notification) = match &planned.destination {
        Destination::User { .. } => return to_user(footing, planned, id).await,
        Destination::Direct { certificate, target, notification } => {
            (certificate, target.clone(), notification)
        }
        Destination::Phone { certificate, name, notification } => {
            (certificate, Target::RegId(footing.reg_id(profile, name)?), notification)
        }
    };
    let certificate = *certificate;
    let sender = vendor.sender(footing.ctx, &footing.store, footing.credentials(profile, certificate)?);
    let (certificate, notification) = (profile.certificate(Some(certificate))?, outgoing(notification));
    let delivery = Delivery::direct(profile, certificate, target, &notification, footing.ctx.timeout());
    Ok(Pushed::Yes(vec![push::deliver(&footing.store, &sender, delivery).await]))
}

async fn to_user(footing: &Footing<'_>, planned: &Planned, id: &str) -> Result<Pushed, Failure> {
    let Destination::User { user, device, force, certificate, notifications } = &planned.destination else {
        return Ok(Pushed::No(Fact::fail("no user", "")));
    };
    let (ctx, store, profile) = (footing.ctx, &footing.store, &planned.profile);
    if let Some(warning) = ask_im_presence(ctx, profile, store, user).await?.warning {
        ctx.warn(warning);
    }
    let certificates = push::known_certificates(profile);
    let request = ToUser {
        certificate: *certificate,
        force: *force,
        answer_within: ctx.timeout(),
        ..ToUser::new(profile, &certificates, user)
    };
    let mut judged = push::judge(store, &request)?;
    if let Some(device) = device {
        judged.retain(|one| one.device.as_ref().is_some_and(|known| known.name == *device));
        if judged.is_empty() {
            let hint = Remedy::run("see the user's reports", "token list --user <USER>").with("USER", user);
            return Ok(Pushed::No(Fact::fail(format!("{user} has no device {device}"), hint)));
        }
    }
    let notifications: BTreeMap<i64, Checked> = notifications
        .iter()
        .map(|(certificate, checked)| (*certificate, outgoing(footing, planned, checked, id)))
        .collect();
    let credentials = credentials_by_id(ctx, profile, push::certificates_needed(&judged))?;
    let client = &footing.vendor(profile)?.client;
    let prepared = push::prepare(client, store, &ctx.paths.state_home, credentials, notifications);
    Ok(Pushed::Yes(push::deliver_to_user(store, &request, &judged, &prepared).await?))
}

/// The notification as it goes out: with an id of its own, and with where receipts go, if one is waited for here.
fn outgoing(footing: &Footing<'_>, planned: &Planned, notification: &Checked, id: &str) -> Checked {
    let mut notification = notification.clone();
    if notification.app_message_id().is_none() {
        notification = notification.with_app_message_id(id.to_owned());
    }
    match &footing.own {
        Some(own) if waits_here(planned) => {
            notification.with_call_back(own.url(), app_message_id::generate(footing.ctx.clock.now()))
        }
        _ => notification,
    }
}

/// The pushes first; where they are as expected, what follows an accepted one.
async fn looked_at(footing: &Footing<'_>, planned: &Planned, delivered: &[Delivered]) -> Attempt {
    let expect = &planned.case.expect;
    delivered.iter().for_each(|one| remark_exchanges(footing.ctx, &one.exchanges));
    let pushes = delivered.iter().map(|one| PushJson::of(one, &planned.profile, &[])).collect();
    let mut facts = vec![smoke::judge(expect, delivered)];
    if smoke::worst(&facts) == Verdict::Pass && expect.status == StatusWanted::Accepted {
        facts
            .extend(follow(footing, planned, delivered).await.unwrap_or_else(|failure| of_failure(&failure)));
    }
    Attempt { facts, pushes }
}

async fn follow(
    footing: &Footing<'_>,
    planned: &Planned,
    delivered: &[Delivered],
) -> Result<Vec<Fact>, Failure> {
    let expect = &planned.case.expect;
    let mut facts = Vec::new();
    if expect.shown.is_some() || expect.click.is_some() {
        let control = footing.vendor(&planned.profile)?.control();
        let phones = OnPhones::find(&control, delivered).await?;
        if let Some(wanted) = &expect.shown {
            facts.extend(phones.shown(wanted));
        }
        if let Some(wanted) = &expect.click {
            facts.extend(phones.tapped(&control, wanted).await?);
        }
    }
    if let Some(wanted) = &expect.receipt {
        let listening = if waits_here(planned) { Listening::Here } else { Listening::Elsewhere };
        let awaited = wait_for_receipts(&footing.store, delivered, wanted.within, listening).await?;
        facts.extend(awaited.iter().flatten().map(|one| smoke::judge_receipt(&wanted.event, one)));
    }
    Ok(facts)
}

fn of_failure(failure: &Failure) -> Vec<Fact> {
    failure.problems().iter().map(Fact::unknown).collect()
}
