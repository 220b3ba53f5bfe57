//! Evidence by hand for the tests of the checks: a sound one, and functions that break one thing of it.
//! Nothing that is not a test.

use std::time::Duration;

use serde_json::{Value, json};

use super::CHAIN;
use crate::clock::Timestamp;
use crate::config::{CertificateId, Origin, Region, Source, Sourced, sandbox_profile};
use crate::diagnose::evidence::{AcceptedCredentials, Evidence, LiveAnswer, Question, SecretLooks, Subject};
use crate::diagnose::finding::Finding;
use crate::diagnose::{Diagnosis, examine, gather, sent};
use crate::failure::{Kind, Problem};
use crate::im::trace::{Instance, Link};
use crate::im::{State, UserState};
use crate::oppo::ClockDifference;
use crate::store::deliveries::{Delivery, Status};
use crate::store::devices::Device;
use crate::store::im_events::{ImEvent, NewImEvent};
use crate::store::presence::{Platform, Presence, PresenceSource, PresenceState};
use crate::store::receipts::{NewReceipt, Receipt};
use crate::store::reports::{Report, ReportState};
use crate::store::source::FactSource;

pub(crate) const REG_ID: &str = "CN_00000000000000000000000000000001";

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

/// Alice's app was killed an hour ago, everything is as it should be, and one push was accepted.
pub(crate) fn sound() -> Evidence {
    let now = at("2026-11-24T10:00:00Z");
    let question = Question { user: Some("alice".into()), seen: true, ..Question::default() };
    let mut evidence = gather::nothing(now, question, "opush.toml".into(), Vec::new());
    let report = report();
    let mut profile = sandbox_profile();
    profile.name = "prod".into();
    profile.origin = Origin::File("opush.toml".into());
    profile.region.value = Region::Cn;
    profile.reports_complete.value = true;
    let certificate = &mut profile.certificates[0];
    certificate.id.value = CertificateId::new(7005).expect("positive");
    certificate.app_id.value = "30123456".into();
    certificate.saved_at = Some(Sourced::new(at("2026-11-20T00:00:00Z"), Source::Default));
    evidence.subject = Some(Subject {
        certificate: Some(certificate.clone()),
        certificate_id: Some(7005),
        user: Some("alice".into()),
        reg_id: Some(REG_ID.into()),
        device: Some(Device {
            user: "alice".into(),
            name: "phone".into(),
            presence: Some(presence(PresenceState::Killed)),
            report: Some(report.clone()),
        }),
        overruled: None,
        other_devices: 0,
        profile,
    });
    evidence.secret = LiveAnswer::Answered(SecretLooks::default());
    evidence.credentials = LiveAnswer::Answered(AcceptedCredentials {
        clock: Some(ClockDifference { vendor_ahead_seconds: 0 }),
        took: Duration::from_millis(14),
    });
    evidence.on_invalid_list = LiveAnswer::Answered(false);
    evidence.account = LiveAnswer::Answered(true);
    evidence.im_state = LiveAnswer::Answered(UserState {
        user: "alice".into(),
        state: Ok(State::PushOnline),
        terminals: Vec::new(),
    });
    evidence.losses = LiveAnswer::Answered(Vec::new());
    evidence.trace = LiveAnswer::NotAsked("no PushID is known".into());
    evidence.holder = Some(report.clone());
    evidence.reports = vec![report];
    evidence.deliveries = vec![pushed(&json!({}))];
    evidence
}

/// A current report.
pub(crate) fn report() -> Report {
    let reported_at = at("2026-11-21T18:02:00Z");
    Report {
        id: 1,
        profile: "prod".into(),
        region: "cn".into(),
        user: "alice".into(),
        device: "phone".into(),
        certificate_id: 7005,
        reg_id: REG_ID.into(),
        brand: Some("realme".into()),
        state: ReportState::Current,
        source: Some(FactSource::App),
        reported_at,
        last_reported_at: reported_at,
        ended_at: None,
        ended_reason: None,
    }
}

/// A state that the IM server's webhook reported.
pub(crate) fn presence(state: PresenceState) -> Presence {
    Presence {
        profile: "prod".into(),
        user: "alice".into(),
        device: "phone".into(),
        platform: Platform::Android,
        state,
        since: Some(at("2026-11-24T09:00:00Z")),
        seen_at: at("2026-11-24T09:00:00Z"),
        last_login_at: Some(at("2026-11-23T08:00:00Z")),
        disconnected_at: (state == PresenceState::Killed).then(|| at("2026-11-24T09:00:00Z")),
        source: PresenceSource::Webhook,
        reason: None,
    }
}

/// An accepted push of a sound notification with these fields set.
pub(crate) fn pushed(fields: &Value) -> Delivery {
    let mut notification = json!({
        "title": "Alice", "content": "see you at eight?", "channel_id": "tuikit", "click_action_type": 4,
        "click_action_activity": "com.example.demo.SplashActivity", "action_parameters": "{\"extKey\":\"hello\"}",
    });
    for (key, value) in fields.as_object().expect("an object") {
        notification[key] = value.clone();
    }
    sent::tests::delivery(&notification)
}

/// OPPO refused the newest push.
pub(crate) fn refused(evidence: &mut Evidence, code: i64) {
    if evidence.deliveries.is_empty() {
        evidence.deliveries.push(pushed(&json!({})));
    }
    let delivery = &mut evidence.deliveries[0];
    delivery.status = Status::Refused;
    delivery.code = Some(code);
    delivery.message_id = None;
}

/// OPPO posted this receipt of the newest push.
pub(crate) fn received(evidence: &mut Evidence, event: &str) {
    let delivery = evidence.deliveries[0].clone();
    let receipt = NewReceipt {
        event: event.into(),
        message_id: delivery.message_id.unwrap_or_default(),
        reg_id: REG_ID.into(),
        ..NewReceipt::default()
    };
    let received_at = at("2026-11-24T09:00:05Z");
    let newest = Receipt {
        id: 1,
        received_at,
        receipt,
        seen: 1,
        delivery_id: Some(delivery.id),
        profile: Some("prod".into()),
        user: Some("alice".into()),
    };
    evidence.receipts.insert(0, newest);
}

/// The IM server's webhook, or `im send`, left this at half past nine, after the push.
pub(crate) fn webhook_event(evidence: &mut Evidence, command: &str, what: Option<&str>, body: &Value) {
    let event = NewImEvent {
        profile: "prod".into(),
        command: command.into(),
        user: Some("alice".into()),
        what: what.map(str::to_owned),
        body: body.to_string(),
        ..NewImEvent::default()
    };
    evidence.events.insert(0, ImEvent { id: 1, received_at: at("2026-11-24T09:30:00Z"), event });
}

/// A text message that `im send` sent to the user, with these fields set.
pub(crate) fn messaged(evidence: &mut Evidence, fields: &Value) {
    let text = json!([{ "MsgType": "TIMTextElem", "MsgContent": { "Text": "see you at eight?" } }]);
    let mut body = json!({ "MsgBody": text });
    for (key, value) in fields.as_object().expect("an object") {
        body[key] = value.clone();
    }
    webhook_event(evidence, crate::diagnose::im_message::COMMAND, None, &body);
}

/// The IM server's trace of a push, with links by name and status.
pub(crate) fn traced(evidence: &mut Evidence, notifications: i64, links: &[(&str, i64)]) {
    let link = |(name, status): &(&str, i64)| Link {
        code: (*status != 1).then(|| "13".into()),
        ..Link::new(name, Some(*status))
    };
    let links = links.iter().map(link).collect();
    let instance = Instance { notification_status: Some(notifications), links, ..Instance::default() };
    evidence.trace = LiveAnswer::Answered(vec![instance]);
}

/// Every question to the IM server ended like this.
pub(crate) fn im_failed(evidence: &mut Evidence, problem: &Problem) {
    evidence.account = LiveAnswer::Failed(problem.clone());
    evidence.im_state = LiveAnswer::Failed(problem.clone());
    evidence.losses = LiveAnswer::Failed(problem.clone());
}

/// OPPO refused the auth call.
pub(crate) fn auth_refused(evidence: &mut Evidence, code: i64) {
    let problem = Problem::new(Kind::VendorRefused, format!("OPPO refused the auth call: {code}"), "fix it");
    evidence.credentials = LiveAnswer::Failed(problem.with_code(code));
}

pub(crate) fn subject(evidence: &mut Evidence) -> &mut Subject {
    evidence.subject.as_mut().expect("a subject")
}

/// Changes the certificate in question, in the profile as well.
pub(crate) fn certificate(evidence: &mut Evidence, change: impl Fn(&mut crate::config::Certificate)) {
    let subject = subject(evidence);
    change(&mut subject.profile.certificates[0]);
    subject.certificate = Some(subject.profile.certificates[0].clone());
    subject.certificate_id = Some(subject.profile.certificates[0].id.get());
}

/// There is no current report.
pub(crate) fn unreported(evidence: &mut Evidence, reports: Vec<Report>) {
    let subject = subject(evidence);
    if let Some(device) = &mut subject.device {
        device.report = None;
    }
    subject.reg_id = None;
    evidence.holder = None;
    evidence.reports = reports;
}

pub(crate) fn set_presence(evidence: &mut Evidence, presence: Option<Presence>) {
    if let Some(device) = &mut subject(evidence).device {
        device.presence = presence;
    }
}

pub(crate) fn diagnose(evidence: &Evidence) -> Diagnosis {
    examine(CHAIN, evidence)
}

/// What one check finds.
pub(crate) fn found(evidence: &Evidence, id: &str) -> Finding {
    let diagnosis = diagnose(evidence);
    let checked = diagnosis.checks.into_iter().find(|checked| checked.id == id);
    checked.map(|checked| checked.finding).unwrap_or_else(|| panic!("{id} is not a check"))
}
