//! Tests of the table of deliveries.
//! Tests of a delivery's whole story are in `push`.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use strum::VariantArray;

use super::super::*;
use super::*;
use crate::clock::{Clock, Timestamp};

/// A store and the hand that moves its clock, in milliseconds.
fn store() -> (Store, Arc<AtomicI64>) {
    let hand = Arc::new(AtomicI64::new(1_700_000_000_000));
    let clock = {
        let hand = hand.clone();
        Clock::new(move || Timestamp::from_millisecond(hand.load(Ordering::Relaxed)).unwrap())
    };
    (Store::in_memory(clock).unwrap(), hand)
}

fn new(target: &str) -> NewDelivery {
    NewDelivery {
        profile: "demo".into(),
        region: "cn".into(),
        certificate_id: Some(7005),
        app_id: Some("30001".into()),
        user: None,
        device: None,
        target: Some(DeliveryTarget::RegId(target.into())),
        app_message_id: Some(format!("app-{target}")),
        call_back_parameter: None,
        decision: "push".into(),
        request: "POST".into(),
        answer_within: Duration::from_secs(30),
    }
}

fn end(outcome: Outcome) -> Completion {
    Completion { outcome, tries: 1, answer: Some("{}".into()) }
}

fn accepted(message_id: &str) -> Completion {
    end(Outcome::Accepted { message_id: message_id.into() })
}

#[test]
fn a_delivery_is_there_before_its_answer_and_complete_after() {
    let (store, hand) = store();
    let id = begin(&store, &new("r1")).unwrap();
    let begun = show(&store, &id.to_string()).unwrap().unwrap();
    assert_eq!((begun.status, begun.completed_at, begun.tries), (Status::Pending, None, 0));
    assert_eq!(begun.target, Some(DeliveryTarget::RegId("r1".into())));
    hand.fetch_add(212, Ordering::Relaxed);
    assert!(complete(&store, id, &accepted("30001-1-1-a")).unwrap());
    let done = show(&store, "30001-1-1-a").unwrap().unwrap();
    assert_eq!((done.id, done.status, done.elapsed_ms, done.tries), (id, Status::Accepted, Some(212), 1));
    assert_eq!(show(&store, "app-r1").unwrap().unwrap().id, id);
    assert_eq!(show(&store, "none").unwrap(), None);
}

#[test]
fn each_outcome_keeps_what_it_says() {
    let (store, _) = store();
    let outcomes = [
        Outcome::Refused { code: 67, words: "no".into() },
        Outcome::Unknown { reason: "timed out".into() },
        Outcome::NotSent { reason: "no connection".into() },
    ];
    let shown: Vec<_> = outcomes
        .into_iter()
        .map(|outcome| {
            let id = begin(&store, &new("r1")).unwrap();
            complete(&store, id, &end(outcome)).unwrap();
            let row = show(&store, &id.to_string()).unwrap().unwrap();
            (row.status.as_str(), row.code, row.words, row.reason)
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("refused", Some(67), Some("no".into()), None),
            ("unknown", None, None, Some("timed out".into())),
            ("not_sent", None, None, Some("no connection".into())),
        ]
    );
}

#[test]
fn the_first_end_stays() {
    let (store, _) = store();
    let id = begin(&store, &new("r1")).unwrap();
    assert!(complete(&store, id, &accepted("m1")).unwrap());
    assert!(!complete(&store, id, &end(Outcome::Unknown { reason: "late".into() })).unwrap());
    assert_eq!(show(&store, &id.to_string()).unwrap().unwrap().status, Status::Accepted);
}

#[test]
fn one_never_completed_is_unknown_once_its_answer_is_overdue() {
    let (store, hand) = store();
    let id = begin(&store, &new("r1")).unwrap();
    let status = || show(&store, &id.to_string()).unwrap().unwrap().status;
    hand.fetch_add(30_000, Ordering::Relaxed);
    assert_eq!(status(), Status::Pending);
    hand.fetch_add(1, Ordering::Relaxed);
    assert_eq!(status(), Status::Unknown);
    let listed = list(&store, &Filter { status: Some(Status::Unknown), ..Filter::default() }).unwrap();
    assert_eq!(listed[0].reason.as_deref(), Some(STOPPED));
    assert!(list(&store, &Filter { status: Some(Status::Pending), ..Filter::default() }).unwrap().is_empty());
    // An answer that comes after all is still recorded.
    assert!(complete(&store, id, &accepted("m1")).unwrap());
    assert_eq!(status(), Status::Accepted);
}

#[test]
fn a_delivery_of_an_ended_process_is_unknown_at_once() {
    let (store, _) = store();
    let id = begin(&store, &new("r1")).unwrap();
    store
        .write(|tx| {
            let (front, _) =
                process::this().rsplit_once(' ').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
            tx.execute("UPDATE delivery SET process = ?1", [format!("{front} 1")])
        })
        .unwrap();
    let row = show(&store, &id.to_string()).unwrap().unwrap();
    assert_eq!((row.status, row.reason.as_deref()), (Status::Unknown, Some(STOPPED)));
}

#[test]
fn the_list_is_newest_first_and_every_condition_narrows() {
    let (store, hand) = store();
    for (target, user) in [("r1", "alice"), ("r2", "bob"), ("r1", "alice")] {
        let id = begin(&store, &NewDelivery { user: Some(user.into()), ..new(target) }).unwrap();
        complete(&store, id, &accepted("m")).unwrap();
        hand.fetch_add(1_000, Ordering::Relaxed);
    }
    let alias = Some(DeliveryTarget::Alias("a".into()));
    let id =
        begin(&store, &NewDelivery { profile: "prod".into(), target: alias.clone(), ..new("") }).unwrap();
    complete(&store, id, &end(Outcome::Refused { code: 13, words: "slow".into() })).unwrap();

    let ids = |filter: Filter<'_>| -> Vec<i64> {
        list(&store, &filter).unwrap().iter().map(|delivery| delivery.id.0).collect()
    };
    let all = Filter::default();
    assert_eq!(ids(all), [4, 3, 2, 1]);
    assert_eq!(ids(Filter { limit: Some(2), ..all }), [4, 3]);
    assert_eq!(ids(Filter { status: Some(Status::Refused), ..all }), [4]);
    assert_eq!(ids(Filter { status: Some(Status::Accepted), limit: Some(1), ..all }), [3]);
    assert_eq!(ids(Filter { profile: Some("demo"), ..all }), [3, 2, 1]);
    assert_eq!(ids(Filter { user: Some("alice"), ..all }), [3, 1]);
    assert_eq!(ids(Filter { target: Some("r1"), ..all }), [3, 1]);
    let since = Timestamp::from_millisecond(1_700_000_002_000).unwrap();
    assert_eq!(ids(Filter { since: Some(since), ..all }), [4, 3]);
    assert_eq!(ids(Filter { until: Some(since), ..all }), [2, 1]);
    assert_eq!(ids(Filter { code: Some(13), ..all }), [4]);
    assert_eq!(ids(Filter { certificate_id: Some(7005), limit: Some(3), ..all }), [4, 3, 2]);
    assert_eq!(ids(Filter { certificate_id: Some(1), ..all }), [0; 0]);
    assert_eq!(show(&store, "4").unwrap().unwrap().target, alias);
}

#[test]
fn a_clock_set_back_makes_no_negative_time() {
    let (store, hand) = store();
    let id = begin(&store, &new("r1")).unwrap();
    hand.fetch_sub(5_000, Ordering::Relaxed);
    complete(&store, id, &accepted("m1")).unwrap();
    assert_eq!(show(&store, "m1").unwrap().unwrap().elapsed_ms, Some(0));
}

#[test]
fn a_huge_answer_is_cut_at_a_character() {
    let (store, _) = store();
    let id = begin(&store, &new("r1")).unwrap();
    let huge = Completion { answer: Some("é".repeat(20_000) + "x"), ..accepted("m1") };
    complete(&store, id, &huge).unwrap();
    let kept = show(&store, "m1").unwrap().unwrap().answer.unwrap();
    assert_eq!(kept.len(), 16 * 1024);
    assert!(kept.chars().all(|c| c == 'é'));
}

/// A store with deliveries of every kind in no order, 300 rows.
fn mixed() -> Store {
    let (store, hand) = store();
    for turn in 0..300_usize {
        let pick = |count: usize, step: usize| (turn * step / 3) % count;
        let new = NewDelivery {
            profile: ["demo", "prod"][pick(2, 5)].into(),
            user: [None, Some("alice"), Some("bob")][pick(3, 7)].map(Into::into),
            certificate_id: [None, Some(1), Some(7005)][pick(3, 11)],
            ..new(["r1", "r2", "r3", "r4"][pick(4, 13)])
        };
        let id = begin(&store, &new).unwrap();
        let outcome = match pick(5, 17) {
            0 => None,
            1 => Some(Outcome::Accepted { message_id: format!("m{turn}") }),
            2 => Some(Outcome::Refused { code: [13, 67][turn % 2], words: "no".into() }),
            3 => Some(Outcome::Unknown { reason: "late".into() }),
            _ => Some(Outcome::NotSent { reason: "no".into() }),
        };
        outcome.into_iter().for_each(|outcome| assert!(complete(&store, id, &end(outcome)).unwrap()));
        // Now and then the clock is set back.
        hand.fetch_add(if turn % 50 == 49 { -3_000 } else { 500 }, Ordering::Relaxed);
    }
    store
}

/// Whatever is combined, the database finds what the plain conditions let through, each once, and as many as asked for.
#[test]
fn every_combination_finds_what_its_conditions_say() {
    let store = mixed();
    let everything = list(&store, &Filter::default()).unwrap();
    assert_eq!(everything.len(), 300);
    let (early, late) = (everything[220].begun_at, everything[60].begun_at);
    let statuses = std::iter::once(None).chain(Status::VARIANTS.iter().copied().map(Some));
    let mut seen = 0;
    for (status, bits) in statuses.flat_map(|status| (0..128_u32).map(move |bits| (status, bits))) {
        let given = |bit: u32| bits & (1 << bit) != 0;
        let filter = Filter {
            limit: None,
            status,
            profile: given(0).then_some("demo"),
            user: given(1).then_some("alice"),
            target: given(2).then_some("r1"),
            certificate_id: given(3).then_some(7005),
            code: given(4).then_some(67),
            since: given(5).then_some(early),
            until: given(6).then_some(late),
        };
        let mut expected: Vec<&Delivery> = everything.iter().filter(|one| filter.fits(one)).collect();
        if matches!(filter.lead(), filter::Lead::Time) {
            expected.sort_by_key(|one| std::cmp::Reverse((one.begun_at, one.id)));
        }
        let found = list(&store, &filter).unwrap();
        assert!(found.iter().eq(expected.iter().copied()), "{filter:?}");
        let few = list(&store, &Filter { limit: Some(3), ..filter }).unwrap();
        assert!(few.iter().eq(expected.iter().copied().take(3)), "{filter:?}");
        seen += found.len();
    }
    assert!(seen > 3_000, "{seen}");
}

#[test]
fn pages_are_whole_and_without_repetition() {
    let store = mixed();
    let statuses = std::iter::once(None).chain(Status::VARIANTS.iter().copied().map(Some));
    let since = Timestamp::from_millisecond(1_700_000_000_000).ok();
    for (status, since) in statuses.flat_map(|status| [(status, None), (status, since)]) {
        let filter = Filter { status, since, ..Filter::default() };
        let whole = list(&store, &filter).unwrap();
        for rows in [1, 7, 299, 300] {
            let pages: Vec<Vec<Delivery>> =
                Pages::whole(&store, filter).of(rows).collect::<Result<_, _>>().unwrap();
            assert!(pages.iter().all(|page| (1..=rows).contains(&page.len())));
            assert_eq!(pages.concat(), whole, "{filter:?} in pages of {rows}");
        }
    }
}

#[test]
fn brief_rows_lack_request_and_answer_alone() {
    let store = mixed();
    let brief: Vec<Delivery> = Pages::brief(&store, Filter::default()).map(Result::unwrap).next().unwrap();
    let whole = list(&store, &Filter::default()).unwrap();
    let stripped = whole.into_iter().map(|one| Delivery { request: String::new(), answer: None, ..one });
    assert!(brief.into_iter().eq(stripped));
}

#[test]
fn what_comes_after_a_number_and_what_is_still_awaited() {
    let store = mixed();
    assert_eq!(newest(&store).unwrap(), DeliveryId(300));
    let after: Vec<i64> = after(&store, DeliveryId(297)).unwrap().iter().map(|one| one.id.0).collect();
    assert_eq!(after, [298, 299, 300]);
    let waiting = pending(&store).unwrap();
    assert!(waiting.len() > 10 && waiting.iter().all(|one| one.status == Status::Pending));
    let id = waiting[0].id;
    complete(&store, id, &accepted("m")).unwrap();
    assert_eq!(again(&store, id).unwrap().unwrap().status, Status::Accepted);
    assert_eq!(again(&store, DeliveryId(999)).unwrap(), None);
}
