//! What the state database knows: the user's devices and reports, deliveries, receipts, what a webhook reported.
//! Every query finds its rows by an index, so that millions of others do not slow it down.

use crate::config::Profile;
use crate::store::deliveries::{self, Delivery, DeliveryTarget, Filter};
use crate::store::devices::{self, Device};
use crate::store::im_events::{self, ImEventFilter};
use crate::store::presence::Platform;
use crate::store::receipts::{self, ReceiptFilter};
use crate::store::reports::{self, Report, ReportFilter};
use crate::store::{Store, StoreError};

use super::super::evidence::{Evidence, Question, Subject};

/// As many of the last deliveries are looked at.
const DELIVERIES: usize = 20;
/// As many receipts and events.
const MOST_EVENTS: usize = 100;

/// Whom the question is about: a message leads to its regId, a regId to its user, a user to the device that reported last.
pub(crate) fn subject(store: &Store, profile: &Profile, question: &Question) -> Result<Subject, StoreError> {
    let message = match &question.message_id {
        Some(id) => deliveries::show(store, id)?,
        None => None,
    };
    let pushed = match &question.push_id {
        Some(id) => told_of_push(store, profile, id)?,
        None => None,
    };
    let of_message = message.as_ref().and_then(reg_id_of);
    let reg_id = question.reg_id.clone().or(of_message);
    let holder = match &reg_id {
        Some(reg_id) => holder(store, profile, reg_id)?,
        None => None,
    };
    // Who reported a regId last is asked about even where a newer report replaced it.
    let last_holder = match (&reg_id, &holder) {
        (Some(reg_id), None) => reported_by(store, profile, reg_id)?,
        _ => None,
    };
    let user = question
        .user
        .clone()
        .or_else(|| message.as_ref().and_then(|message| message.user.clone()))
        .or_else(|| pushed.and_then(|event| event.event.user))
        .or_else(|| holder.as_ref().map(|report| report.user.clone()))
        .or(last_holder);
    let devices = match &user {
        Some(user) => devices::list(store, &profile.name, Some(user))?,
        None => Vec::new(),
    };
    let wanted =
        question.device.clone().or_else(|| message.as_ref().and_then(|message| message.device.clone()));
    let others = devices.len().saturating_sub(1);
    let device = meant(devices, wanted.as_deref(), reg_id.as_deref());
    let report = device.as_ref().and_then(|device| device.report.as_ref());
    let reg_id = reg_id.or_else(|| report.map(|report| report.reg_id.clone()));
    let certificate_id = question
        .certificate
        .or_else(|| report.map(|report| report.certificate_id))
        .or_else(|| message.as_ref().and_then(|message| message.certificate_id));
    let found = certificate_id.and_then(|id| profile.find_id(id));
    let certificate = match found {
        None if question.certificate.is_none() => profile.certificate(None).ok().cloned(),
        found => found.cloned(),
    };
    Ok(Subject {
        certificate_id: certificate_id.or(certificate.as_ref().map(|certificate| certificate.id.get())),
        certificate,
        user,
        reg_id,
        overruled: None,
        other_devices: if device.is_some() { others } else { 0 },
        device,
        profile: profile.clone(),
    })
}

/// The rows about the subject.
pub(crate) fn rows(store: &Store, subject: &Subject, evidence: &mut Evidence) -> Result<(), StoreError> {
    let profile = subject.profile.name.as_str();
    let (user, reg_id) = (subject.user.as_deref(), subject.reg_id.as_deref());
    let device = subject.device.as_ref().map(|device| device.name.as_str());
    if user.is_some() || reg_id.is_some() {
        let of_user = ReportFilter {
            profile: Some(profile),
            user,
            device,
            reg_id: if user.is_none() { reg_id } else { None },
            history: true,
            ..ReportFilter::default()
        };
        evidence.reports = reports::list(store, &of_user)?;
    }
    if let Some(reg_id) = reg_id {
        evidence.holder = holder(store, &subject.profile, reg_id)?;
    }
    evidence.deliveries = sent(store, subject, &evidence.question)?;
    if let Ok(Delivery { id, app_id, target: Some(target), app_message_id: Some(of_app), .. }) =
        evidence.last_sent()
    {
        let earlier =
            deliveries::earlier_with_same_id(store, app_id.as_deref(), target.value(), of_app, *id)?;
        evidence.same_id = earlier;
    }
    let message_id = evidence.deliveries.first().and_then(|delivery| delivery.message_id.as_deref());
    let of = |reg_id, message_id| ReceiptFilter {
        reg_id,
        message_id,
        limit: Some(MOST_EVENTS),
        ..ReceiptFilter::default()
    };
    evidence.receipts = match (&evidence.question.message_id, reg_id, message_id) {
        // One message is asked about: what came of others is another story.
        (Some(question), _, _) => receipts::list(store, &of(None, Some(message_id.unwrap_or(question))))?,
        (None, Some(reg_id), _) => receipts::list(store, &of(Some(reg_id), None))?,
        (None, None, Some(message_id)) => receipts::list(store, &of(None, Some(message_id)))?,
        (None, None, None) => Vec::new(),
    };
    // A regId may have been pushed to from another profile as well, which is another story too.
    evidence.receipts.retain(|receipt| receipt.profile.as_deref().is_none_or(|other| other == profile));
    if let Some(user) = user {
        let filter = ImEventFilter {
            profile: Some(profile),
            user: Some(user),
            limit: Some(MOST_EVENTS),
            ..ImEventFilter::default()
        };
        evidence.events = im_events::list(store, &filter)?;
    }
    Ok(())
}

/// The one message asked about, else the last ones to the regId, else to the user, else with the certificate.
fn sent(store: &Store, subject: &Subject, question: &Question) -> Result<Vec<Delivery>, StoreError> {
    if let Some(id) = &question.message_id {
        return Ok(deliveries::show(store, id)?.into_iter().collect());
    }
    let filter =
        Filter { limit: Some(DELIVERIES), profile: Some(&subject.profile.name), ..Filter::default() };
    let filter = match (&subject.reg_id, &subject.user) {
        (Some(reg_id), _) => Filter { target: Some(reg_id), ..filter },
        (None, Some(user)) => Filter { user: Some(user), ..filter },
        (None, None) => return Ok(Vec::new()),
    };
    deliveries::list(store, &filter)
}

fn holder(store: &Store, profile: &Profile, reg_id: &str) -> Result<Option<Report>, StoreError> {
    let filter =
        ReportFilter { profile: Some(&profile.name), reg_id: Some(reg_id), ..ReportFilter::default() };
    Ok(reports::list(store, &filter)?.into_iter().next())
}

fn reported_by(store: &Store, profile: &Profile, reg_id: &str) -> Result<Option<String>, StoreError> {
    let filter = ReportFilter {
        profile: Some(&profile.name),
        reg_id: Some(reg_id),
        history: true,
        ..ReportFilter::default()
    };
    let reports = reports::list(store, &filter)?;
    Ok(reports.into_iter().max_by_key(|report| report.last_reported_at).map(|report| report.user))
}

fn told_of_push(
    store: &Store,
    profile: &Profile,
    push_id: &str,
) -> Result<Option<im_events::ImEvent>, StoreError> {
    let filter = ImEventFilter {
        profile: Some(&profile.name),
        push_id: Some(push_id),
        limit: Some(1),
        ..ImEventFilter::default()
    };
    Ok(im_events::list(store, &filter)?.into_iter().next())
}

fn reg_id_of(delivery: &Delivery) -> Option<String> {
    match &delivery.target {
        Some(DeliveryTarget::RegId(reg_id)) => Some(reg_id.clone()),
        _ => None,
    }
}

/// The device asked for, or that of the regId, or the one that reported last.
fn meant(devices: Vec<Device>, name: Option<&str>, reg_id: Option<&str>) -> Option<Device> {
    let of = |device: &Device| device.report.as_ref().map(|report| report.reg_id.clone());
    if let Some(name) = name {
        return devices.into_iter().find(|device| device.name == name);
    }
    if let Some(found) = devices.iter().position(|device| reg_id.is_some() && of(device).as_deref() == reg_id)
    {
        return devices.into_iter().nth(found);
    }
    // OPPO's pushes go to phones: an iPad or a browser without a report does not matter here.
    let phone = |device: &Device| {
        device.report.is_some()
            || device.presence.as_ref().is_none_or(|presence| presence.platform == Platform::Android)
    };
    let at = |device: &Device| device.report.as_ref().map(|report| report.last_reported_at);
    devices.into_iter().filter(phone).max_by_key(at)
}
