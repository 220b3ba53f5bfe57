//! Tests of the table of receipts: duplicates, matching before and after the answer, what is not a receipt.
//! Tests of how a callback is read are in the room `receipts`.

use std::time::Duration;

use super::super::deliveries::{self, Completion, DeliveryId, DeliveryTarget, NewDelivery, Outcome};
use super::super::*;
use super::table::{BODY_KEPT, REJECTED_KEPT};
use super::*;
use crate::clock::Clock;
use crate::clock::Timestamp;

fn store() -> Store {
    Store::in_memory(Clock::fixed(Timestamp::from_millisecond(1_700_000_000_000).unwrap())).unwrap()
}

fn begin(store: &Store, target: DeliveryTarget, parameter: Option<&str>) -> DeliveryId {
    let new = NewDelivery {
        profile: "demo".into(),
        region: "cn".into(),
        certificate_id: Some(7005),
        app_id: None,
        user: Some("alice".into()),
        device: None,
        target: Some(target),
        app_message_id: None,
        call_back_parameter: parameter.map(str::to_owned),
        decision: "push".into(),
        request: "POST".into(),
        answer_within: Duration::from_secs(30),
    };
    deliveries::begin(store, &new).unwrap()
}

fn to(reg_id: &str) -> DeliveryTarget {
    DeliveryTarget::RegId(reg_id.into())
}

fn complete(store: &Store, id: DeliveryId, outcome: Outcome) {
    assert!(deliveries::complete(store, id, &Completion { outcome, tries: 1, answer: None }).unwrap());
}

fn accepted(message_id: &str) -> Outcome {
    Outcome::Accepted { message_id: message_id.into() }
}

fn receipt(message_id: &str, reg_id: &str, parameter: Option<&str>) -> NewReceipt {
    NewReceipt {
        event: "push_arrive".into(),
        message_id: message_id.into(),
        task_id: Some(message_id.into()),
        app_id: None,
        reg_id: reg_id.into(),
        parameter: parameter.map(str::to_owned),
        event_time: "1700000000000".into(),
        event_at: Some(Timestamp::from_millisecond(1_700_000_000_000).unwrap()),
    }
}

fn all(store: &Store) -> Vec<Receipt> {
    list(store, &ReceiptFilter::default()).unwrap()
}

fn owners(store: &Store) -> Vec<Option<DeliveryId>> {
    all(store).into_iter().rev().map(|kept| kept.delivery_id).collect()
}

#[test]
fn a_receipt_finds_its_delivery_by_message_id_reg_id_and_parameter() {
    let store = store();
    let plain = begin(&store, to("r1"), None);
    complete(&store, plain, accepted("m1"));
    let with = begin(&store, to("r1"), Some("p"));
    complete(&store, with, accepted("m2"));
    let alias = begin(&store, DeliveryTarget::Alias("a".into()), None);
    complete(&store, alias, accepted("m3"));
    let by_task = NewReceipt { task_id: Some("m1".into()), ..receipt("other", "r1", None) };
    let given = [
        (receipt("m1", "r1", None), Some(plain)),
        (receipt("m1", "r1", Some("whatever")), Some(plain)),
        (receipt("m1", "r2", None), None),
        (receipt("forged", "r1", None), None),
        (receipt("m2", "r1", Some("p")), Some(with)),
        (receipt("m2", "r1", None), Some(with)),
        (receipt("m2", "r1", Some("wrong")), None),
        (receipt("m3", "r9", None), Some(alias)),
        (by_task, Some(plain)),
    ];
    let new: Vec<NewReceipt> = given.iter().map(|(new, _)| new.clone()).collect();
    let kept = record(&store, &new).unwrap();
    for (kept, (new, owner)) in kept.iter().zip(&given) {
        assert_eq!((&kept.receipt, kept.delivery_id, kept.seen), (new, *owner, 1));
        assert_eq!(kept.user.as_deref(), owner.map(|_| "alice"), "{new:?}");
    }
    assert_eq!(all(&store), kept.into_iter().rev().collect::<Vec<_>>());
}

#[test]
fn the_same_posted_again_is_counted() {
    let store = store();
    let first = receipt("m1", "r1", None);
    let later = NewReceipt { event_time: "1700000000001".into(), ..first.clone() };
    let other = NewReceipt { event: "regid_invalid".into(), ..first.clone() };
    let seen = |new: &[NewReceipt]| -> Vec<(i64, i64)> {
        record(&store, new).unwrap().iter().map(|kept| (kept.id, kept.seen)).collect()
    };
    assert_eq!(seen(&[other, later.clone()]), [(1, 1), (2, 1)]);
    assert_eq!(seen(&[first.clone(), later, first]), [(3, 1), (2, 2), (3, 2)]);
    assert_eq!(all(&store).len(), 3);
}

#[test]
fn a_receipt_that_comes_before_the_answer_is_matched_with_it() {
    let store = store();
    let id = begin(&store, to("r1"), Some("p"));
    let early = [
        receipt("m1", "r1", None),
        receipt("m1", "r2", None),
        receipt("m1", "r1", Some("wrong")),
        NewReceipt { task_id: Some("m1".into()), ..receipt("part", "r1", None) },
        receipt("m9", "r1", None),
    ];
    record(&store, &early).unwrap();
    assert_eq!(owners(&store), [None; 5]);
    complete(&store, id, accepted("m1"));
    assert_eq!(owners(&store), [Some(id), None, None, Some(id), None]);
}

#[test]
fn a_push_without_an_answer_is_found_by_its_parameter_if_no_other_can_be_meant() {
    let store = store();
    let lost = begin(&store, to("r1"), Some("p"));
    complete(&store, lost, Outcome::Unknown { reason: "deadline".into() });
    record(&store, &[receipt("m1", "r1", Some("p")), receipt("m1", "r1", Some("q"))]).unwrap();
    assert_eq!(owners(&store), [Some(lost), None]);
    begin(&store, to("r1"), Some("p"));
    assert_eq!(record(&store, &[receipt("m2", "r1", Some("p"))]).unwrap()[0].delivery_id, None);
}

#[test]
fn an_answer_corrects_what_the_parameter_seemed_to_say() {
    for (end, owner) in [
        (accepted("m2"), false),
        (accepted("m1"), true),
        (Outcome::NotSent { reason: "no".into() }, false),
        (Outcome::Refused { code: 1, words: "no".into() }, false),
        (Outcome::Unknown { reason: "deadline".into() }, true),
    ] {
        let store = store();
        let id = begin(&store, to("r1"), Some("p"));
        record(&store, &[receipt("m1", "r1", Some("p"))]).unwrap();
        assert_eq!(owners(&store), [Some(id)]);
        complete(&store, id, end.clone());
        assert_eq!(owners(&store), [owner.then_some(id)], "{end:?}");
    }
}

#[test]
fn filters_narrow_the_list() {
    let store = store();
    let id = begin(&store, to("r1"), None);
    complete(&store, id, accepted("m1"));
    record(&store, &[receipt("m1", "r1", None), receipt("m2", "r2", None)]).unwrap();
    let ids = |filter: ReceiptFilter| -> Vec<i64> {
        list(&store, &filter).unwrap().iter().map(|kept| kept.id).collect()
    };
    let any = ReceiptFilter::default;
    assert_eq!(ids(any()), [2, 1]);
    assert_eq!(ids(ReceiptFilter { message_id: Some("m2"), ..any() }), [2]);
    assert_eq!(ids(ReceiptFilter { reg_id: Some("r1"), ..any() }), [1]);
    assert_eq!(ids(ReceiptFilter { event: Some("regid_invalid"), ..any() }), [0; 0]);
    assert_eq!(ids(ReceiptFilter { delivery_id: Some(id), ..any() }), [1]);
    assert_eq!(ids(ReceiptFilter { user: Some("alice"), ..any() }), [1]);
    assert_eq!(ids(ReceiptFilter { user: Some("alice"), profile: Some("other"), ..any() }), [0; 0]);
    assert_eq!(ids(ReceiptFilter { profile: Some("demo"), ..any() }), [1]);
    assert_eq!(ids(ReceiptFilter { unmatched: true, ..any() }), [2]);
    assert_eq!(ids(ReceiptFilter { after_id: Some(1), ..any() }), [2]);
    assert_eq!(ids(ReceiptFilter { limit: Some(1), ..any() }), [2]);
    assert_eq!(ids(ReceiptFilter { since: Some(store.now()), ..any() }), [2, 1]);
    let later = Timestamp::from_millisecond(1_700_000_000_001).unwrap();
    assert_eq!(ids(ReceiptFilter { since: Some(later), ..any() }), [0; 0]);
}

/// No filter reads a whole table or sorts what it found, but for the few receipts of one user.
#[test]
fn the_newest_of_any_filter_come_by_an_index() {
    let store = store();
    let any = ReceiptFilter { limit: Some(10), ..ReceiptFilter::default() };
    let plan = |filter: ReceiptFilter| -> String {
        let query = super::table::query(&filter);
        store
            .read(|connection| {
                connection
                    .prepare(&format!("EXPLAIN QUERY PLAN {}", query.sql))?
                    .query_map(rusqlite::params_from_iter(query.values), |row| row.get::<_, String>(3))?
                    .collect::<rusqlite::Result<Vec<_>>>()
            })
            .unwrap()
            .join("\n")
    };
    for (filter, index) in [
        (ReceiptFilter { message_id: Some("m"), ..any.clone() }, "receipt_by_message_id"),
        (ReceiptFilter { reg_id: Some("r"), ..any.clone() }, "receipt_by_reg_id"),
        (ReceiptFilter { delivery_id: Some(DeliveryId(1)), ..any.clone() }, "receipt_by_delivery"),
        (ReceiptFilter { unmatched: true, ..any.clone() }, "receipt_by_delivery"),
        (ReceiptFilter { after_id: Some(7), ..any.clone() }, "INTEGER PRIMARY KEY (rowid>?)"),
    ] {
        let plan = plan(filter);
        assert!(plan.contains(index) && !plan.contains("SCAN") && !plan.contains("B-TREE"), "{plan}");
    }
    let of_user = plan(ReceiptFilter { user: Some("alice"), ..any.clone() });
    assert!(of_user.contains("delivery_by_user_id") && of_user.contains("receipt_by_delivery"), "{of_user}");
    let of_profile = plan(ReceiptFilter { profile: Some("demo"), ..any });
    assert!(!of_profile.contains("B-TREE"), "{of_profile}");
}

#[test]
fn what_is_no_receipt_is_kept_up_to_a_limit() {
    let store = store();
    let new = |why: &str, body: &[u8]| NewRejected {
        content_type: Some("text/plain".into()),
        why: why.into(),
        body: body.into(),
    };
    reject(&store, &[new("not JSON", &[b'x', 0xff, b'y'])]).unwrap();
    reject(&store, &[new("too long", "你".repeat(BODY_KEPT).as_bytes())]).unwrap();
    let kept = rejected(&store, None, None).unwrap();
    assert_eq!((kept[1].content_type.as_deref(), kept[1].why.as_str()), (Some("text/plain"), "not JSON"));
    assert_eq!(kept[1].body, "x\u{fffd}y");
    assert!(kept[0].body.len() <= BODY_KEPT + 2 && kept[0].body.starts_with('你'));
    reject(&store, &vec![new("again", b""); REJECTED_KEPT as usize]).unwrap();
    let kept = rejected(&store, None, None).unwrap();
    assert_eq!(kept.len() as i64, REJECTED_KEPT);
    assert!(kept.iter().all(|one| one.why == "again"));
    assert_eq!(rejected(&store, Some(store.now()), Some(3)).unwrap().len(), 3);
}

#[test]
fn a_receipt_outlives_its_delivery() {
    let store = store();
    let id = begin(&store, to("r1"), None);
    complete(&store, id, accepted("m1"));
    record(&store, &[receipt("m1", "r1", None)]).unwrap();
    store.write(|tx| tx.execute("DELETE FROM delivery", [])).unwrap();
    assert_eq!(owners(&store), [None]);
}
