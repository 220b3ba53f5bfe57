//! What receipts, traces and OPPO's list are evidence of, and what they are none of.
//! Which check fails for what is in the table beside.

use super::super::testing::*;
use super::*;
use crate::clock::Timestamp;
use crate::diagnose::Verdict;
use crate::diagnose::evidence::Question;
use crate::store::deliveries::DeliveryId;

fn unseen(change: impl FnOnce(&mut Evidence)) -> Evidence {
    let mut evidence = sound();
    evidence.question.seen = false;
    change(&mut evidence);
    evidence
}

/// A newer push was accepted after the one that the receipts are of.
fn pushed_again(evidence: &mut Evidence) {
    let mut newer = evidence.deliveries[0].clone();
    newer.id = DeliveryId(newer.id.0 + 1);
    newer.message_id = Some("30123456-1-1-newer".into());
    evidence.deliveries.insert(0, newer);
}

#[test]
fn what_was_reported_of_an_older_push_is_not_a_fault_today() {
    for event in ["user_daily_limit", "regid_invalid"] {
        let evidence = unseen(|e| {
            received(e, event);
            pushed_again(e);
        });
        assert_eq!(with(&evidence, CheckStatus::Fail), [] as [&str; 0], "{event}");
        assert_eq!(found(&evidence, "no-receipt").status, CheckStatus::Unknown, "{event}");
    }
    let yesterday = unseen(|e| {
        received(e, "user_daily_limit");
        e.receipts[0].received_at = at("2026-11-23T09:00:00Z");
    });
    assert_eq!(found(&yesterday, "daily-limit").status, CheckStatus::Pass);
}

#[test]
fn an_unknown_event_is_named_and_is_not_an_arrival() {
    let evidence = unseen(|e| received(e, "push_click"));
    let finding = found(&evidence, "no-receipt");
    assert_eq!(finding.status, CheckStatus::Unknown);
    assert!(finding.evidence.contains("push_click"), "{finding:?}");
    assert_eq!(found(&evidence, "phone-display").status, CheckStatus::Skipped);
    // An arrival stays one, whatever comes after it.
    let evidence = unseen(|e| {
        received(e, "push_arrive");
        received(e, "push_click");
    });
    assert_eq!(found(&evidence, "no-receipt").status, CheckStatus::Pass);
}

/// Only pushes that asked for a receipt can have one.
#[test]
fn a_series_counts_those_that_asked_for_a_receipt() {
    let series = |asked: usize, arrived: bool| {
        let evidence = unseen(|e| {
            let push = |number: usize| {
                let url = serde_json::json!({"call_back_url": "https://example.com/r"});
                let fields = if number < asked { url } else { serde_json::json!({}) };
                crate::store::deliveries::Delivery { id: DeliveryId(number as i64 + 1), ..pushed(&fields) }
            };
            e.deliveries = (0..5).map(push).collect();
            if arrived {
                received(e, "push_arrive");
                e.receipts[0].receipt.message_id = "another".into();
            }
        });
        found(&evidence, "rapid-series").evidence
    };
    assert!(series(0, false).ends_with("; none of them asked for a receipt"));
    assert!(series(2, true).ends_with("; 1 of the 2 that asked for a receipt arrived"));
    assert!(series(5, false).ends_with("; 0 of the 5 that asked for a receipt arrived"));
}

#[test]
fn a_repeated_app_message_id_that_arrived_is_no_fault() {
    let evidence = unseen(|e| {
        e.same_id = Some(e.deliveries[0].clone());
        received(e, "push_arrive");
    });
    let first = "the receipt is the first one's";
    assert_eq!(found(&evidence, "app-message-id-repeated").status, CheckStatus::Fail, "{first}");
    let evidence = unseen(|e| {
        let message_id = Some("30123456-1-1-earlier".into());
        e.same_id = Some(crate::store::deliveries::Delivery { message_id, ..e.deliveries[0].clone() });
        received(e, "push_arrive");
    });
    assert_eq!(found(&evidence, "app-message-id-repeated").status, CheckStatus::Pass);
}

#[test]
fn a_push_that_has_just_arrived_speaks_against_the_list() {
    let listed = |hours: i64| {
        unseen(|e| {
            received(e, "push_arrive");
            e.receipts[0].received_at =
                Timestamp::from_second(e.now.as_second() - hours * 3600 + 60).expect("in range");
            e.on_invalid_list = LiveAnswer::Answered(true);
        })
    };
    assert_eq!(found(&listed(1), "on-invalid-list").status, CheckStatus::Warn);
    assert_eq!(found(&listed(3), "on-invalid-list").status, CheckStatus::Fail);
}

#[test]
fn a_push_without_a_trace_is_not_sound() {
    for trace in [
        LiveAnswer::Answered(Vec::new()),
        LiveAnswer::NotAsked("the profile has no settings of an IM server".into()),
    ] {
        let evidence = unseen(|e| {
            e.question = Question { push_id: Some("typo".into()), ..Question::default() };
            e.deliveries.clear();
            e.trace = trace.clone();
        });
        assert_eq!(diagnose(&evidence).verdict(), Verdict::Inconclusive, "{trace:?}");
        assert!(found(&evidence, "im-push-lost").evidence.contains("typo"));
    }
}

#[test]
fn a_trace_that_ends_before_the_screen_leaves_the_phone_in_doubt() {
    let evidence = unseen(|e| {
        e.question = Question { push_id: Some("p1".into()), ..Question::default() };
        e.deliveries.clear();
        traced(e, 1, &[("IMCommitStat.IMStat", 1), ("OfflinePushStat.DeviceStat", 0)]);
    });
    assert_eq!(found(&evidence, "phone-display").status, CheckStatus::Unknown);
}

#[test]
fn a_push_that_was_shown_had_a_report() {
    let evidence = unseen(|e| {
        unreported(e, Vec::new());
        traced(e, 1, &[("OfflinePushStat.DeviceStat", 1)]);
    });
    assert_eq!(found(&evidence, "no-report").status, CheckStatus::Skipped);
}
