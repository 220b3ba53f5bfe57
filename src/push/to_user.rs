//! From a user to deliveries: each of their devices is decided upon, and pushed to or recorded with its "no".
//! The decision's rule belongs to `decision`, the single delivery to `deliver`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

use super::decision::{Decision, KnownCertificate, Message, RULE, Situation, Step, decide};
use super::deliver::Sender;
use super::deliver::{Delivered, Delivery, deliver};
use super::oppo_sender::OppoSender;
use crate::clock::Timestamp;
use crate::config::{Profile, Region};
use crate::failure::{Kind, Problem};
use crate::notification::Checked;
use crate::oppo::{Client, Credentials, RegId, Target};
use crate::store::deliveries::{self as table, DeliveryTarget, NewDelivery};
use crate::store::devices::{self, Device};
use crate::store::reports::Report;
use crate::store::{Store, StoreError};

/// A push to whatever devices a user has reported.
#[derive(Clone, Copy, Debug)]
pub struct ToUser<'a> {
    pub profile: &'a str,
    pub region: Region,
    pub user: &'a str,
    /// Only reports of this certificate.
    pub certificate: Option<i64>,
    pub certificates: &'a [KnownCertificate],
    /// What is asked of the message; a notification is one that wants a push and has something to show.
    pub message: Message,
    /// The receiver muted the conversation. Only the IM server knows.
    pub muted: bool,
    /// Ignores presence and timing.
    pub force: bool,
    /// How long the sender may take for each device.
    pub answer_within: Duration,
}

impl<'a> ToUser<'a> {
    /// A notification, which wants a push and has a title, to any device of the user.
    pub(crate) fn new(profile: &'a Profile, certificates: &'a [KnownCertificate], user: &'a str) -> Self {
        ToUser {
            profile: &profile.name,
            region: profile.region.value,
            user,
            certificate: None,
            certificates,
            message: Message::default(),
            muted: false,
            force: false,
            answer_within: Duration::ZERO,
        }
    }

    /// What the rule looks at for one device.
    pub(crate) fn situation(&self, device: Option<&'a Device>, now: Timestamp) -> Situation<'a> {
        Situation {
            profile: self.profile,
            user: self.user,
            device,
            certificate: self.certificate,
            certificates: self.certificates,
            message: self.message,
            muted: self.muted,
            now,
            force: self.force,
        }
    }
}

/// What a certificate gives to a delivery: its credentials behind `sender`, its channel and click in `notification`.
#[derive(Clone, Debug)]
pub(crate) struct Prepared<S> {
    pub(crate) app_id: String,
    pub(crate) sender: S,
    pub(crate) notification: Checked,
}

/// What each certificate gives, by its ID, where both its credentials and its notification are there. `folder` is the state folder.
pub(crate) fn prepare<'a>(
    client: &'a Client,
    store: &'a Store,
    folder: &Path,
    credentials: BTreeMap<i64, Credentials>,
    mut notifications: BTreeMap<i64, Checked>,
) -> BTreeMap<i64, Prepared<OppoSender<'a>>> {
    let prepared = credentials.into_iter().filter_map(|(id, credentials)| {
        let notification = notifications.remove(&id)?;
        let app_id = credentials.app_id.clone();
        let sender = OppoSender::new(client, credentials, store, Some(folder));
        Some((id, Prepared { app_id, sender, notification }))
    });
    prepared.collect()
}

/// A device of the user, and what the rule says of it.
#[derive(Clone, Debug)]
pub struct Judged {
    /// `None` for a user of whom no device counts.
    pub device: Option<Device>,
    pub decision: Decision,
}

impl Judged {
    /// The report that a push goes to.
    pub(crate) fn report(&self) -> Option<&Report> {
        self.device.as_ref().and_then(|device| device.report.as_ref())
    }

    fn name(&self) -> Option<&str> {
        self.device.as_ref().map(|device| device.name.as_str())
    }
}

/// What the rule says of each of the user's devices, by name; at least one item, also for a user never heard of. Where a
/// certificate is asked for, only devices that reported it count.
pub fn judge(store: &Store, request: &ToUser<'_>) -> Result<Vec<Judged>, StoreError> {
    judge_by(RULE, store, request)
}

/// The same by another rule, so that a wrong one can be shown to be noticed.
pub fn judge_by(rule: &[Step], store: &Store, request: &ToUser<'_>) -> Result<Vec<Judged>, StoreError> {
    let known = devices::list(store, request.profile, Some(request.user))?;
    let counts = |device: &Device| match request.certificate {
        None => true,
        Some(id) => device.report.as_ref().is_some_and(|report| report.certificate_id == id),
    };
    let mut devices: Vec<Option<Device>> = known.into_iter().filter(counts).map(Some).collect();
    if devices.is_empty() {
        devices.push(None);
    }
    let now = store.now();
    Ok(devices
        .into_iter()
        .map(|device| Judged { decision: decide(rule, &request.situation(device.as_ref(), now)), device })
        .collect())
}

/// The certificates that the pushes among these need.
pub(crate) fn certificates_needed(judged: &[Judged]) -> BTreeSet<i64> {
    let pushes = judged.iter().filter(|one| one.decision.is_push());
    pushes.filter_map(Judged::report).map(|report| report.certificate_id).collect()
}

/// One delivery for each judged device, one after the other, with what its certificate gives.
pub(crate) async fn deliver_to_user<S: Sender>(
    store: &Store,
    request: &ToUser<'_>,
    judged: &[Judged],
    prepared: &BTreeMap<i64, Prepared<S>>,
) -> Result<Vec<Delivered>, StoreError> {
    let mut delivered = Vec::with_capacity(judged.len());
    for one in judged {
        delivered.push(to_device(store, request, one, prepared).await?);
    }
    Ok(delivered)
}

async fn to_device<S: Sender>(
    store: &Store,
    request: &ToUser<'_>,
    judged: &Judged,
    prepared: &BTreeMap<i64, Prepared<S>>,
) -> Result<Delivered, StoreError> {
    let (report, no) = (judged.report(), judged.decision.problem());
    let (Some(report), None) = (report, &no) else {
        // The rule makes no push without a report.
        let no = no.unwrap_or_else(|| Problem::new(Kind::NotPushed, "no-report", "report a token"));
        return hold_back(store, request, judged, no);
    };
    let id = report.certificate_id;
    let prepared = prepared.get(&id).ok_or_else(|| {
        Problem::new(Kind::NotFound, format!("certificate {id} has just been removed"), "send again")
    });
    match RegId::parse(&report.reg_id).and_then(|reg_id| Ok((reg_id, prepared?))) {
        Err(problem) => hold_back(store, request, judged, problem),
        Ok((reg_id, prepared)) => {
            let delivery = Delivery {
                profile: request.profile,
                region: request.region,
                certificate_id: id,
                app_id: &prepared.app_id,
                user: Some(request.user),
                device: judged.name(),
                target: Target::RegId(reg_id),
                notification: &prepared.notification,
                answer_within: request.answer_within,
            };
            let delivered = deliver(store, &prepared.sender, delivery).await;
            Ok(Delivered { decision: judged.decision.clone(), ..delivered })
        }
    }
}

/// Records that nothing was sent: `problem` is the decision's "no", or what stopped a push on the way to the sender.
fn hold_back(
    store: &Store,
    request: &ToUser<'_>,
    judged: &Judged,
    problem: Problem,
) -> Result<Delivered, StoreError> {
    let (report, decision) = (judged.report(), judged.decision.clone());
    let reason = if decision.is_push() { problem.message.clone() } else { decision.ground().to_owned() };
    let new = NewDelivery {
        profile: request.profile.into(),
        region: request.region.as_str().into(),
        certificate_id: report.map(|report| report.certificate_id),
        user: Some(request.user.into()),
        device: judged.name().map(str::to_owned),
        target: report.map(|report| DeliveryTarget::RegId(report.reg_id.clone())),
        decision: decision.name().into(),
        ..NewDelivery::default()
    };
    let id = table::hold_back(store, &new, &reason)?;
    Ok(Delivered {
        id: Some(id),
        certificate_id: new.certificate_id,
        user: new.user,
        device: new.device,
        target: report.and_then(|report| RegId::parse(&report.reg_id).ok()).map(Target::RegId),
        app_message_id: None,
        decision,
        outcome: Err(problem),
        unrecorded: None,
        elapsed_ms: 0,
        exchanges: Vec::new(),
        refusal: None,
        warnings: Vec::new(),
    })
}

#[cfg(test)]
mod tests;
