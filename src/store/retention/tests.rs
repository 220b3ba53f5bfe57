//! Tests of what is kept and what goes, at once and a little at a time.
//! Tests of the settings are in `config`.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use super::super::deliveries::{self, Completion, Filter, NewDelivery, Outcome};
use super::super::im_events::{self, ImEventFilter, NewImEvent};
use super::super::receipts::{self, NewReceipt, NewRejected, ReceiptFilter};
use super::*;
use crate::clock::{Clock, Timestamp};
use std::time::Duration;

const DAY: Duration = Duration::from_secs(86_400);

/// A store and the hand that moves its clock, in milliseconds.
fn store() -> (Store, Arc<AtomicI64>) {
    let hand = Arc::new(AtomicI64::new(1_700_000_000_000));
    let clock = {
        let hand = hand.clone();
        Clock::new(move || Timestamp::from_millisecond(hand.load(Ordering::Relaxed)).unwrap())
    };
    (Store::in_memory(clock).unwrap(), hand)
}

fn days(hand: &AtomicI64, count: i64) {
    hand.fetch_add(count * DAY.as_millis() as i64, Ordering::Relaxed);
}

fn new(answer_within: Duration) -> NewDelivery {
    NewDelivery {
        profile: "demo".into(),
        region: "cn".into(),
        certificate_id: None,
        app_id: None,
        user: None,
        device: None,
        target: None,
        app_message_id: None,
        call_back_parameter: None,
        decision: "push".into(),
        request: String::new(),
        answer_within,
    }
}

/// One row in each of the four tables.
fn write(store: &Store) {
    let id = deliveries::begin(store, &new(DAY / 24)).unwrap();
    let message_id = format!("m{id}");
    let end =
        Completion { outcome: Outcome::Accepted { message_id: message_id.clone() }, tries: 1, answer: None };
    deliveries::complete(store, id, &end).unwrap();
    let receipt =
        NewReceipt { event: "push_arrive".into(), message_id, reg_id: "r".into(), ..NewReceipt::default() };
    receipts::record(store, &[receipt]).unwrap();
    let rejected = NewRejected { content_type: None, why: "no JSON".into(), body: b"x".to_vec() };
    receipts::reject(store, &[rejected]).unwrap();
    im_events::record(store, &[NewImEvent { profile: "demo".into(), ..NewImEvent::default() }]).unwrap();
}

fn numbers(store: &Store) -> Vec<i64> {
    deliveries::list(store, &Filter::default()).unwrap().iter().map(|row| row.id.0).collect()
}

fn rows(store: &Store) -> [usize; 4] {
    [
        numbers(store).len(),
        receipts::list(store, &ReceiptFilter::default()).unwrap().len(),
        receipts::rejected(store, None, None).unwrap().len(),
        im_events::list(store, &ImEventFilter::default()).unwrap().len(),
    ]
}

fn of_each(count: u64) -> Removed {
    Removed { deliveries: count, receipts: count, rejected_receipts: count, im_events: count }
}

#[test]
fn what_is_too_old_or_too_many_goes_from_each_table() {
    let (store, hand) = store();
    for _ in 0..6 {
        write(&store);
        days(&hand, 1);
    }
    // Written 6, 5, 4, 3, 2 and 1 days ago.
    let none = Keep { age: Some(6 * DAY), count: Some(6) };
    assert_eq!(prune(&store, none, false).unwrap().0, Removed::default());
    let both = Keep { age: Some(DAY * 9 / 2), count: Some(5) };
    assert_eq!(prune(&store, both, true).unwrap().0, of_each(2));
    assert_eq!(rows(&store), [6; 4], "a dry run removes nothing");
    assert_eq!(prune(&store, both, false).unwrap().0, of_each(2));
    assert_eq!(numbers(&store), [6, 5, 4, 3]);
    let by_count = Keep { age: None, count: Some(3) };
    assert_eq!(prune(&store, by_count, true).unwrap().0, of_each(1));
    assert_eq!(prune(&store, by_count, false).unwrap().0, of_each(1));
    assert_eq!((numbers(&store), rows(&store)), (vec![6, 5, 4], [3; 4]));
}

#[test]
fn the_newest_stays_so_that_no_number_is_given_twice() {
    let (store, hand) = store();
    write(&store);
    write(&store);
    days(&hand, 20);
    assert_eq!(prune(&store, Keep { age: Some(DAY), count: Some(1) }, false).unwrap().0, of_each(1));
    write(&store);
    assert_eq!(numbers(&store), [3, 2]);
}

#[test]
fn a_delivery_waiting_for_its_answer_stays() {
    let (store, _) = store();
    for _ in 0..3 {
        deliveries::begin(&store, &new(DAY)).unwrap();
    }
    let keep = Keep { age: None, count: Some(1) };
    assert_eq!(prune(&store, keep, true).unwrap().0.deliveries, 0);
    assert_eq!(prune(&store, keep, false).unwrap().0.deliveries, 0);
    assert_eq!(numbers(&store), [3, 2, 1]);
}

#[test]
fn more_than_one_batch_goes() {
    let (store, hand) = store();
    fill(&store, BATCH * 2 + 10);
    days(&hand, 2);
    write(&store);
    let (removed, _) = prune(&store, Keep { age: Some(DAY), count: None }, false).unwrap();
    assert_eq!((removed.deliveries, numbers(&store).len()), (BATCH as u64 * 2 + 10, 1));
}

const ONE_DAY: Keep = Keep { age: Some(DAY), count: None };

#[test]
fn ages_are_not_judged_while_the_clock_stands_before_the_newest_row() {
    let (store, hand) = store();
    fill(&store, 3);
    days(&hand, 5);
    write(&store);
    days(&hand, -1);
    assert_eq!(prune(&store, ONE_DAY, false).unwrap(), (Removed::default(), Ages::ClockBehind));
    assert_eq!(notice_gap(&store).unwrap(), None);
    days(&hand, 2);
    assert_eq!(prune(&store, ONE_DAY, false).unwrap().0.deliveries, 3);
}

#[test]
fn after_a_long_gap_the_first_run_only_says_so_and_one_an_hour_later_prunes() {
    let (store, hand) = store();
    fill(&store, 3);
    write(&store);
    days(&hand, 31);
    assert_eq!(notice_gap(&store).unwrap(), Some(31 * DAY));
    assert_eq!(notice_gap(&store).unwrap(), None, "it is said once");
    let (removed, ages) = prune(&store, ONE_DAY, false).unwrap();
    assert!(matches!(ages, Ages::Gap { .. }) && removed == Removed::default(), "{ages:?} {removed:?}");
    hand.fetch_add(GRACE - 1, Ordering::Relaxed);
    assert!(matches!(prune(&store, ONE_DAY, false).unwrap().1, Ages::Gap { .. }));
    hand.fetch_add(1, Ordering::Relaxed);
    assert_eq!(prune(&store, ONE_DAY, false).unwrap().0.deliveries, 3);
    // The next gap is another one.
    write(&store);
    days(&hand, 31);
    assert_eq!(notice_gap(&store).unwrap(), Some(31 * DAY));
}

/// A listener runs for months: what it writes after a gap closes the gap, and must not remove anything yet.
#[test]
fn a_write_after_a_gap_notices_it_too() {
    let (store, hand) = store();
    let store = store.keeping(ONE_DAY);
    fill(&store, AT_ONCE);
    days(&hand, 31);
    for _ in 0..2 * EVERY {
        write(&store);
    }
    assert_eq!(numbers(&store).len() as i64, AT_ONCE + 2 * EVERY);
    hand.fetch_add(GRACE, Ordering::Relaxed);
    for _ in 0..EVERY {
        write(&store);
    }
    assert!((numbers(&store).len() as i64) < AT_ONCE);
}

/// So many old deliveries, written past the functions that would sweep.
fn fill(store: &Store, count: i64) {
    let sql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
               INSERT INTO delivery (begun_at, due_at, process, profile, region, decision, request, status, completed_at)
               SELECT ?2, ?2, '', 'demo', 'cn', 'push', '', 'accepted', ?2 FROM n";
    store.write(|tx| tx.execute(sql, [count, to_ms(store.now())])).unwrap();
}

#[test]
fn without_settings_nothing_goes_by_itself_and_with_them_a_little_now_and_then() {
    let (store, hand) = store();
    let old = AT_ONCE * 2;
    fill(&store, old);
    days(&hand, 2);
    let send = |store: &Store, count: i64| {
        (0..count).for_each(|_| {
            deliveries::hold_back(store, &new(Duration::ZERO), "no").unwrap();
        })
    };
    send(&store, EVERY);
    assert_eq!(numbers(&store).len() as i64, old + EVERY);
    let store = store.keeping(Keep { age: Some(DAY), count: None });
    send(&store, EVERY);
    assert_eq!(numbers(&store).len() as i64, old + 2 * EVERY - AT_ONCE, "one look, so many rows");
    send(&store, EVERY);
    send(&store, EVERY);
    assert_eq!(numbers(&store).len() as i64, 4 * EVERY, "all that was old");
}

#[test]
fn the_count_holds_while_pushes_are_recorded() {
    let (store, _) = store();
    let store = store.keeping(Keep { age: None, count: Some(100) });
    for _ in 0..EVERY * 5 {
        write(&store);
    }
    let [deliveries, receipts, rejected, events] = rows(&store);
    assert!([deliveries, receipts, rejected, events].iter().all(|count| *count == 100), "{:?}", rows(&store));
    assert_eq!(numbers(&store)[0], EVERY * 5);
}

/// The work of one look is bounded: it goes along the oldest numbers, and what it removes has no other rows to visit.
#[test]
fn a_look_reads_no_table_whole() {
    let (store, _) = store();
    for growing in [DELIVERY, RECEIPT, REJECTED, EVENT] {
        let sql = format!("EXPLAIN QUERY PLAN {}", growing.sweeping());
        let plan: Vec<String> = store
            .read(|connection| {
                let mut statement = connection.prepare(&sql)?;
                statement.query_map([1, 2, 3, 4, 5], |row| row.get(3))?.collect()
            })
            .unwrap();
        assert!(plan.iter().all(|line| !line.starts_with("SCAN")), "{plan:?}");
    }
}
