//! Tests of pushing to a user: one delivery for each device, or a "no" with its name.
//! The rule itself is tested in `decision`.

use super::super::presence;
use super::super::reports::{ReportRequest, report};
use super::super::testing::{self as fake, Fake, REG_ID};
use super::*;
use crate::clock::Timestamp;
use crate::failure::Kind;
use crate::store::deliveries::{Filter, Status};
use crate::store::presence::{PresenceSource, PresenceState};
use crate::store::source::FactSource;

const OTHER: &str = "CN_ffffffffffffffffffffffffffffffff";

fn reported(store: &Store, device: &str, certificate_id: i64, reg_id: &str) {
    let request = ReportRequest {
        profile: "demo",
        region: Region::Cn,
        certificates: &[7004, 7005],
        user: "alice",
        device: Some(device),
        certificate_id,
        reg_id,
        brand: None,
        source: FactSource::ByHand,
    };
    report(store, &request).unwrap();
}

fn to_alice(certificates: &[KnownCertificate]) -> ToUser<'_> {
    ToUser {
        profile: "demo",
        region: Region::Cn,
        user: "alice",
        certificate: None,
        certificates,
        message: Message::default(),
        muted: false,
        force: false,
        answer_within: Duration::from_secs(30),
    }
}

fn known(id: i64, saved_at: Option<Timestamp>) -> KnownCertificate {
    KnownCertificate { id, saved_at }
}

fn prepared<'a>(fake: &'a Fake<'a>) -> BTreeMap<i64, Prepared<&'a Fake<'a>>> {
    let one = || Prepared { app_id: "30001".into(), sender: fake, notification: fake::notification() };
    [7004, 7005].map(|id| (id, one())).into()
}

async fn to(store: &Store, request: &ToUser<'_>, client: &Fake<'_>) -> Vec<Delivered> {
    let judged = judge(store, request).unwrap();
    deliver_to_user(store, request, &judged, &prepared(client)).await.unwrap()
}

#[tokio::test]
async fn each_device_gets_its_own_delivery() {
    let store = fake::store();
    reported(&store, "pad", 7004, OTHER);
    reported(&store, "phone", 7005, REG_ID);
    let client = Fake::new(fake::accepted());
    let known = [known(7004, None), known(7005, None)];
    let all = to(&store, &to_alice(&known), &client).await;
    let devices: Vec<_> = all.iter().map(|one| (one.device.as_deref(), one.certificate_id)).collect();
    assert_eq!(devices, [(Some("pad"), Some(7004)), (Some("phone"), Some(7005))]);
    let sent: Vec<_> = client.given.borrow().iter().map(|(reg_id, _)| reg_id.clone().unwrap()).collect();
    assert_eq!(sent, [OTHER, REG_ID]);
    let history =
        crate::store::deliveries::list(&store, &Filter { user: Some("alice"), ..Filter::default() });
    assert!(history.unwrap().iter().all(|row| row.status == Status::Accepted));
}

#[tokio::test]
async fn a_user_without_a_report_gets_no_push_and_the_history_keeps_it() {
    let store = fake::store();
    let client = Fake::new(fake::accepted());
    let all = to(&store, &to_alice(&[]), &client).await;
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].decision.name(), "no-report");
    let problem = all[0].problem().unwrap();
    assert_eq!((problem.kind, problem.kind.class().exit_code()), (Kind::NotPushed, 9));
    assert!(client.given.borrow().is_empty());
    let row = crate::store::deliveries::show(&store, "1").unwrap().unwrap();
    assert_eq!((row.status, row.decision.as_str(), row.target), (Status::NotSent, "no-report", None));
    assert_eq!(row.reason.as_deref(), Some("user alice has no token report in profile demo"));
}

#[tokio::test]
async fn a_no_for_one_device_leaves_the_others_alone() {
    let store = fake::store();
    reported(&store, "pad", 7004, OTHER);
    reported(&store, "phone", 7005, REG_ID);
    let client = Fake::new(fake::accepted());
    let known = [known(7005, None)];
    let all = to(&store, &to_alice(&known), &client).await;
    let seen: Vec<_> = all.iter().map(|one| (one.decision.name(), one.status())).collect();
    assert_eq!(seen, [("certificate-missing", Status::NotSent), ("push", Status::Accepted)]);
    assert_eq!(super::super::overall(&all), None, "a no beside a push is the rule at work");
}

#[tokio::test]
async fn a_fresh_certificate_waits_unless_forced() {
    let store = fake::store();
    reported(&store, "phone", 7005, REG_ID);
    let client = Fake::new(fake::accepted());
    let known = [known(7005, Some(fake::now()))];
    let held = to(&store, &to_alice(&known), &client).await;
    assert_eq!(held[0].decision.name(), "certificate-not-yet-active");
    assert_eq!(held[0].target.as_ref().map(Target::value), Some(REG_ID));
    let forced = ToUser { force: true, ..to_alice(&known) };
    let sent = to(&store, &forced, &client).await;
    assert_eq!(sent[0].status(), Status::Accepted);
}

#[tokio::test]
async fn a_device_without_a_usable_certificate_is_held_back_with_the_reason() {
    let store = fake::store();
    reported(&store, "phone", 7005, REG_ID);
    let known = [known(7005, None)];
    let request = to_alice(&known);
    let none = BTreeMap::<i64, Prepared<&Fake<'_>>>::new();
    let all = deliver_to_user(&store, &request, &judge(&store, &request).unwrap(), &none).await.unwrap();
    assert_eq!((all[0].decision.name(), all[0].status()), ("push", Status::NotSent));
    assert_eq!(all[0].problem().unwrap().kind, Kind::NotFound);
    let row = crate::store::deliveries::show(&store, "1").unwrap().unwrap();
    let reason = "certificate 7005 has just been removed";
    assert_eq!((row.status, row.reason.as_deref()), (Status::NotSent, Some(reason)));
}

#[tokio::test]
async fn what_is_said_of_an_app_decides_and_the_history_keeps_the_no() {
    let store = fake::store();
    reported(&store, "pad", 7005, OTHER);
    reported(&store, "phone", 7005, REG_ID);
    let said = presence::SetPresence {
        profile: "demo",
        rule: crate::config::MultiDevice::One,
        user: "alice",
        device: Some("phone"),
        platform: None,
        state: PresenceState::Online,
        source: PresenceSource::Hand,
    };
    presence::set(&store, &said).unwrap();
    let client = Fake::new(fake::accepted());
    let known = [known(7005, None)];
    let held = to(&store, &to_alice(&known), &client).await;
    let names: Vec<_> = held.iter().map(|one| one.decision.name()).collect();
    assert_eq!(names, ["kicked", "online"]);
    assert_eq!(super::super::overall(&held).unwrap().kind, Kind::NotPushed);
    let row = crate::store::deliveries::show(&store, "1").unwrap().unwrap();
    assert_eq!(row.decision, "kicked");
    assert!(row.reason.unwrap().contains("device phone logged in"));
    presence::set(&store, &presence::SetPresence { state: PresenceState::Killed, ..said }).unwrap();
    let sent = to(&store, &to_alice(&known), &client).await;
    assert_eq!((sent[0].status(), sent[1].status()), (Status::NotSent, Status::Accepted));
    assert_eq!(super::super::overall(&sent), None);
    let forced = to(&store, &ToUser { force: true, ..to_alice(&known) }, &client).await;
    assert!(forced.iter().all(|one| one.status() == Status::Accepted));
}
