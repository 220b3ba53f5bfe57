//! Tests of the report history: single cases by name, and all of them against a small model.
//! Tests of opening the database are in `store/tests.rs`.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use proptest::prelude::*;

use super::super::*;
use super::*;
use crate::clock::Clock;
use crate::clock::Timestamp;
use crate::store::source::FactSource;

/// A store with a clock that moves on by one millisecond at each look.
fn store() -> Store {
    let ticks = Arc::new(AtomicI64::new(1_700_000_000_000));
    Store::in_memory(Clock::new(move || {
        Timestamp::from_millisecond(ticks.fetch_add(1, Ordering::Relaxed)).unwrap()
    }))
    .unwrap()
}

fn new(user: &str, device: &str, certificate_id: i64, reg_id: &str) -> NewReport {
    NewReport {
        profile: "demo".into(),
        region: "cn".into(),
        user: user.into(),
        device: device.into(),
        certificate_id,
        reg_id: reg_id.into(),
        brand: None,
        source: FactSource::ByHand,
    }
}

fn history(store: &Store) -> Vec<Report> {
    list(store, &ReportFilter { history: true, ..ReportFilter::default() }).unwrap()
}

#[test]
fn the_same_again_changes_only_the_time_and_a_brand_reported_later() {
    let store = store();
    let first = record(&store, &new("alice", "phone", 7005, "r1")).unwrap();
    assert!(!first.repeated);
    let again = NewReport { brand: Some("realme".into()), ..new("alice", "phone", 7005, "r1") };
    let second = record(&store, &again).unwrap();
    assert!(second.repeated);
    assert_eq!(second.report.id, first.report.id);
    assert_eq!(second.report.reported_at, first.report.reported_at);
    assert!(second.report.last_reported_at > first.report.last_reported_at);
    assert_eq!(second.report.brand.as_deref(), Some("realme"));
    let third = record(&store, &new("alice", "phone", 7005, "r1")).unwrap();
    assert_eq!(third.report.brand.as_deref(), Some("realme"));
    assert_eq!(history(&store).len(), 1);
}

#[test]
fn a_new_reg_id_supersedes_the_old_one_and_the_old_one_is_kept() {
    let store = store();
    record(&store, &new("alice", "phone", 7005, "r1")).unwrap();
    let recorded = record(&store, &new("alice", "phone", 7005, "r2")).unwrap();
    assert_eq!(recorded.superseded.unwrap().reg_id, "r1");
    assert_eq!(recorded.unbound, None);
    let ended = history(&store).into_iter().find(|report| report.reg_id == "r1").unwrap();
    assert_eq!(ended.state, ReportState::Superseded);
    assert_eq!(ended.ended_reason.as_deref(), Some("regId r2 was reported instead"));
    assert!(ended.ended_at.unwrap() > ended.reported_at);
}

#[test]
fn another_certificate_for_the_same_reg_id_supersedes() {
    let store = store();
    record(&store, &new("alice", "phone", 7004, "r1")).unwrap();
    let recorded = record(&store, &new("alice", "phone", 7005, "r1")).unwrap();
    let old = recorded.superseded.unwrap();
    assert_eq!(old.certificate_id, 7004);
    assert_eq!(old.ended_reason.as_deref(), Some("certificate 7005 was reported instead"));
    assert_eq!(recorded.unbound, None);
}

#[test]
fn a_reg_id_that_moves_unbinds_its_first_user_within_its_profile_only() {
    let store = store();
    record(&store, &new("alice", "phone", 7005, "r1")).unwrap();
    let elsewhere = NewReport { profile: "prod".into(), ..new("alice", "phone", 7005, "r1") };
    record(&store, &elsewhere).unwrap();
    record(&store, &new("bob", "phone", 7005, "r2")).unwrap();
    let recorded = record(&store, &new("bob", "phone", 7005, "r1")).unwrap();
    assert_eq!(recorded.superseded.unwrap().reg_id, "r2");
    let unbound = recorded.unbound.unwrap();
    assert_eq!((unbound.user.as_str(), unbound.state), ("alice", ReportState::Unbound));
    let current = list(&store, &ReportFilter { reg_id: Some("r1"), ..ReportFilter::default() }).unwrap();
    let owners: Vec<_> = current.iter().map(|r| (r.profile.as_str(), r.user.as_str())).collect();
    assert_eq!(owners, [("demo", "bob"), ("prod", "alice")]);
}

#[test]
fn every_condition_of_a_filter_narrows() {
    let store = store();
    record(&store, &new("alice", "phone", 7005, "r1")).unwrap();
    record(&store, &new("alice", "pad", 7006, "r2")).unwrap();
    record(&store, &new("bob", "phone", 7005, "r3")).unwrap();
    let count = |filter: ReportFilter<'_>| list(&store, &filter).unwrap().len();
    let all = ReportFilter::default();
    assert_eq!(count(all.clone()), 3);
    assert_eq!(count(ReportFilter { user: Some("alice"), ..all.clone() }), 2);
    assert_eq!(count(ReportFilter { user: Some("alice"), device: Some("pad"), ..all.clone() }), 1);
    assert_eq!(count(ReportFilter { certificate_id: Some(7005), ..all.clone() }), 2);
    assert_eq!(count(ReportFilter { reg_id: Some("r3"), ..all.clone() }), 1);
    assert_eq!(count(ReportFilter { profile: Some("prod"), ..all }), 0);
}

#[test]
fn a_renumbered_certificate_takes_its_reports_along() {
    let store = store();
    record(&store, &new("alice", "phone", 1, "r1")).unwrap();
    record(&store, &new("alice", "phone", 1, "r2")).unwrap();
    record(&store, &new("bob", "phone", 2, "r3")).unwrap();
    assert_eq!(Renumbering::begin(&store, "f", "demo", 1, 7005).unwrap().finish(&store).unwrap(), 1);
    let of = |id| history(&store).iter().filter(|report| report.certificate_id == id).count();
    assert_eq!((of(1), of(2), of(7005)), (0, 1, 2));
}

#[derive(Clone, Debug)]
enum Step {
    Report { user: u8, device: u8, certificate: i64, reg_id: u8 },
    Remove { user: u8, device: Option<u8> },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..3u8, 0..2u8, 1..3i64, 0..4u8).prop_map(|(user, device, certificate, reg_id)| Step::Report {
            user,
            device,
            certificate,
            reg_id
        }),
        1 => (0..3u8, proptest::option::of(0..2u8)).prop_map(|(user, device)| Step::Remove { user, device }),
    ]
}

proptest! {
    #[test]
    fn the_history_agrees_with_a_map_from_device_to_reg_id(
        steps in proptest::collection::vec(step(), 1..40),
    ) {
        let store = store();
        let mut model: BTreeMap<(String, String), (i64, String)> = BTreeMap::new();
        let mut rows = 0;
        for step in steps {
            match step {
                Step::Report { user, device, certificate, reg_id } => {
                    let key = (format!("user{user}"), format!("device{device}"));
                    let value = (certificate, format!("reg{reg_id}"));
                    let recorded = record(&store, &new(&key.0, &key.1, value.0, &value.1)).unwrap();
                    let repeated = model.get(&key) == Some(&value);
                    prop_assert_eq!(recorded.repeated, repeated);
                    rows += usize::from(!repeated);
                    let old = model.remove(&key).filter(|_| !repeated);
                    prop_assert_eq!(recorded.superseded.map(|r| (r.certificate_id, r.reg_id)), old);
                    let owner = model.iter().find(|(_, v)| v.1 == value.1).map(|(k, _)| k.clone());
                    if let Some(owner) = &owner {
                        model.remove(owner);
                    }
                    prop_assert_eq!(recorded.unbound.map(|r| (r.user, r.device)), owner);
                    model.insert(key, value);
                }
                Step::Remove { user, device } => {
                    let user = format!("user{user}");
                    let device = device.map(|device| format!("device{device}"));
                    let before = model.len();
                    model.retain(|k, _| k.0 != user || device.as_ref().is_some_and(|d| *d != k.1));
                    let removed = remove(&store, "demo", &user, device.as_deref()).unwrap();
                    prop_assert_eq!(removed.len(), before - model.len());
                }
            }
            let current: BTreeMap<_, _> = list(&store, &ReportFilter::default())
                .unwrap()
                .into_iter()
                .map(|r| ((r.user, r.device), (r.certificate_id, r.reg_id)))
                .collect();
            prop_assert_eq!(&current, &model);
        }
        let all = history(&store);
        prop_assert_eq!(all.len(), rows);
        for report in all {
            let ended = report.state != ReportState::Current;
            prop_assert_eq!(report.ended_at.is_some(), ended);
            prop_assert_eq!(report.ended_reason.is_some(), ended);
        }
    }
}
