//! One try of a case: the push by the same rooms as `send`, then what came of it on the phone and in receipts.

use super::context::{SuiteContext, waits_here};
use super::model::StatusWanted;
use super::on_phone::{self, judge_shown};
use crate::failure::{Failure, Remedy};
use crate::notification::Checked;
use crate::oppo::Target;
use crate::push::{self, Delivered, Delivery, ToUser, app_message_id};
use crate::receipts::{Listening, wait_for_receipts};
use crate::services::{ask_im_presence, credentials, credentials_by_id, remark_exchanges};
use crate::smoke::{self, Addressee, CaseVerdict, Destination, Fact, Planned};

/// What one try came to.
#[derive(Debug, Default)]
pub(super) struct Attempt {
    pub(crate) facts: Vec<Fact>,
    pub(crate) pushes: Vec<Delivered>,
}

/// The de-duplication id is the same in every try, so that a repeat of a push that did arrive shows nothing twice.
pub(super) async fn attempt(context: &SuiteContext<'_>, planned: &Planned, id: &str) -> Attempt {
    match pushed(context, planned, id).await {
        Ok(delivered) => look_at(context, planned, delivered).await,
        Err(attempt) => attempt,
    }
}

/// There is nothing to look at.
impl<E: Into<Failure>> From<E> for Attempt {
    fn from(failure: E) -> Self {
        Attempt { facts: of_failure(&failure.into()), pushes: Vec::new() }
    }
}

async fn pushed(context: &SuiteContext<'_>, planned: &Planned, id: &str) -> Result<Vec<Delivered>, Attempt> {
    let profile = &planned.profile;
    let vendor = context.vendor(profile)?;
    let Destination::Direct { certificate, to, notification } = &planned.destination else {
        return to_user(context, planned, id).await;
    };
    let certificate = profile.certificate(Some(*certificate))?;
    let target = match to {
        Addressee::Oppo(target) => target.clone(),
        Addressee::Phone(name) => Target::RegId(context.reg_id(profile, name)?),
    };
    let sender = vendor.sender(
        context.session,
        &context.store,
        credentials(context.session, &planned.profile, certificate)?,
    );
    let notification = outgoing(context, planned, notification, id);
    let delivery = Delivery::direct(profile, certificate, target, &notification, context.session.timeout());
    Ok(vec![push::deliver(&context.store, &sender, delivery).await])
}

async fn to_user(context: &SuiteContext<'_>, planned: &Planned, id: &str) -> Result<Vec<Delivered>, Attempt> {
    let Destination::User { user, device, force, certificate, notifications } = &planned.destination else {
        return Ok(Vec::new());
    };
    let (session, store, profile) = (context.session, &context.store, &planned.profile);
    if let Some(warning) = ask_im_presence(session, profile, store, user).await?.warning {
        session.add_warning(warning);
    }
    let certificates = push::known_certificates(profile);
    let request = ToUser {
        certificate: *certificate,
        force: *force,
        answer_within: session.timeout(),
        ..ToUser::new(profile, &certificates, user)
    };
    let mut judged = push::judge(store, &request)?;
    if let Some(device) = device {
        judged.retain(|one| one.device.as_ref().is_some_and(|known| known.name == *device));
        if judged.is_empty() {
            let hint = Remedy::run("see the user's reports", "token list --user <USER>").with("USER", user);
            let fact = Fact::fail(format!("{user} has no device {device}"), hint);
            return Err(Attempt { facts: vec![fact], pushes: Vec::new() });
        }
    }
    let outgoing = |checked: &Checked| outgoing(context, planned, checked, id);
    let notifications = notifications.iter().map(|(id, checked)| (*id, outgoing(checked))).collect();
    let credentials = credentials_by_id(session, profile, push::certificates_needed(&judged))?;
    let client = &context.vendor(profile)?.client;
    let prepared = push::prepare(client, store, &session.paths.state_home, credentials, notifications);
    Ok(push::deliver_to_user(store, &request, &judged, &prepared).await?)
}

/// The notification as it goes out: with an id of its own, and with where receipts go, if one is waited for here.
fn outgoing(context: &SuiteContext<'_>, planned: &Planned, notification: &Checked, id: &str) -> Checked {
    let mut notification = notification.clone();
    if notification.app_message_id().is_none() {
        notification = notification.with_app_message_id(id.to_owned());
    }
    match &context.listener {
        Some(listener) if waits_here(planned) => {
            notification.with_call_back(listener.url(), app_message_id::generate(context.session.clock.now()))
        }
        _ => notification,
    }
}

/// The pushes first; where they are as expected, what follows an accepted one.
async fn look_at(context: &SuiteContext<'_>, planned: &Planned, delivered: Vec<Delivered>) -> Attempt {
    let expect = &planned.case.expect;
    delivered.iter().for_each(|one| remark_exchanges(context.session, &one.exchanges));
    let mut facts = vec![smoke::judge(expect, &delivered)];
    if smoke::worst(&facts) == CaseVerdict::Pass && expect.status == StatusWanted::Accepted {
        let followed = follow(context, planned, &delivered).await;
        facts.extend(followed.unwrap_or_else(|failure| of_failure(&failure)));
    }
    Attempt { facts, pushes: delivered }
}

async fn follow(
    context: &SuiteContext<'_>,
    planned: &Planned,
    delivered: &[Delivered],
) -> Result<Vec<Fact>, Failure> {
    let expect = &planned.case.expect;
    let mut facts = Vec::new();
    if expect.shown.is_some() || expect.click.is_some() {
        let control = context.vendor(&planned.profile)?.control(context.session, &planned.profile)?;
        let messages = on_phone::messages(&control, delivered).await?;
        if let Some(wanted) = &expect.shown {
            facts.extend(messages.iter().map(|message| judge_shown(wanted, message.as_ref())));
        }
        if let Some(wanted) = &expect.click {
            for message in &messages {
                facts.push(on_phone::tapped(&control, message.as_ref(), wanted).await?);
            }
        }
    }
    if let Some(wanted) = &expect.receipt {
        let listening = if waits_here(planned) { Listening::Here } else { Listening::Elsewhere };
        let awaited = wait_for_receipts(&context.store, delivered, wanted.within, listening).await?;
        facts.extend(awaited.iter().flatten().map(|one| smoke::judge_receipt(&wanted.event, one)));
    }
    Ok(facts)
}

fn of_failure(failure: &Failure) -> Vec<Fact> {
    failure.problems().iter().map(Fact::unknown).collect()
}
