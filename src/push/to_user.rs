//! From a user to deliveries: each of their devices is decided upon, and pushed to or recorded with its "no".
//! The decision's rule belongs to `decision`, the single delivery to `deliver`.

use std::time::Duration;

use super::decision::{Decision, KnownCertificate, decide};
use super::deliver::{Delivered, Delivery, deliver};
use super::sender::{SendOutcome, Sender};
use crate::config::Region;
use crate::failure::{Explain, Problem};
use crate::notification::Checked;
use crate::oppo::{RegId, Target};
use crate::store::deliveries::{self as table, DeliveryTarget, NewDelivery};
use crate::store::reports::{self, Report, ReportFilter};
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
    /// Lets a certificate serve before its ten minutes are over.
    pub force: bool,
    /// How long the sender may take for each device.
    pub answer_within: Duration,
}

/// What a report's certificate gives to a delivery: its credentials behind `sender`, its channel and click in
/// `notification`.
#[derive(Clone, Debug)]
pub struct Prepared<S> {
    pub app_id: String,
    pub sender: S,
    pub notification: Checked,
}

/// One delivery for each current report of the user, one after the other. At least one item comes back: a user
/// without a report gets one that was not sent. `prepare` is asked only where the decision is to push.
pub async fn deliver_to_user<S: Sender>(
    store: &Store,
    request: &ToUser<'_>,
    prepare: impl Fn(&Report) -> Result<Prepared<S>, Problem>,
) -> Result<Vec<Delivered>, StoreError> {
    let filter = ReportFilter {
        profile: Some(request.profile),
        user: Some(request.user),
        certificate_id: request.certificate,
        ..ReportFilter::default()
    };
    let current = reports::list(store, &filter)?;
    if current.is_empty() {
        let decision = Decision::NoReport { user: request.user.into(), profile: request.profile.into() };
        let held = decision.problem().map(|no| hold_back(store, request, None, decision, no)).transpose()?;
        return Ok(held.into_iter().collect());
    }
    let mut delivered = Vec::with_capacity(current.len());
    for report in &current {
        delivered.push(to_device(store, request, report, &prepare).await?);
    }
    Ok(delivered)
}

async fn to_device<S: Sender>(
    store: &Store,
    request: &ToUser<'_>,
    report: &Report,
    prepare: &impl Fn(&Report) -> Result<Prepared<S>, Problem>,
) -> Result<Delivered, StoreError> {
    let decision = decide(report, request.certificates, store.now(), request.force);
    if let Some(no) = decision.problem() {
        return hold_back(store, request, Some(report), decision, no);
    }
    let prepared = RegId::parse(&report.reg_id)
        .map_err(Explain::explain)
        .and_then(|reg_id| Ok((reg_id, prepare(report)?)));
    match prepared {
        Err(problem) => hold_back(store, request, Some(report), decision, problem),
        Ok((reg_id, prepared)) => {
            let delivery = Delivery {
                profile: request.profile,
                region: request.region,
                certificate_id: report.certificate_id,
                app_id: &prepared.app_id,
                user: Some(request.user),
                device: Some(&report.device),
                target: Target::RegId(reg_id),
                notification: &prepared.notification,
                answer_within: request.answer_within,
            };
            Ok(deliver(store, &prepared.sender, delivery).await)
        }
    }
}

/// Records that nothing was sent: `problem` is the decision's "no", or what stopped a push on the way to the sender.
fn hold_back(
    store: &Store,
    request: &ToUser<'_>,
    report: Option<&Report>,
    decision: Decision,
    problem: Problem,
) -> Result<Delivered, StoreError> {
    let reason = if decision == Decision::Push { problem.message.clone() } else { decision.ground() };
    let new = NewDelivery {
        profile: request.profile.into(),
        region: request.region.as_str().into(),
        certificate_id: report.map(|report| report.certificate_id),
        app_id: None,
        user: Some(request.user.into()),
        device: report.map(|report| report.device.clone()),
        target: report.map(|report| DeliveryTarget::RegId(report.reg_id.clone())),
        app_message_id: None,
        decision: decision.name().into(),
        request: String::new(),
        answer_within: Duration::ZERO,
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
        outcome: SendOutcome::Failed(problem),
        tries: 0,
        elapsed_ms: 0,
        masked_request: String::new(),
        masked_answer: None,
        exchanges: Vec::new(),
        warnings: Vec::new(),
    })
}

#[cfg(test)]
mod tests;
