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
fn an_unknown_event_is_not_an_arrival() {
    let evidence = unseen(|e| received(e, "push_click"));
    assert_eq!(found(&evidence, "no-receipt").status, CheckStatus::Unknown);
    assert_eq!(found(&evidence, "phone-display").status, CheckStatus::Skipped);
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
