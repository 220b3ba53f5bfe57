//! What the state database does for each question: rows found by an index, whatever is asked and however much is kept.
//! What the rows mean belongs to the checks.

use super::super::evidence::Question;
use crate::clock::{Clock, Timestamp};
use crate::config::sandbox_profile;
use crate::store::Store;
use crate::store::deliveries::{self, Completion, DeliveryTarget, NewDelivery, Outcome};
use crate::store::im_events::{self, NewImEvent};
use crate::store::receipts::{self, NewReceipt};
use crate::store::reports::{self, NewReport};
use crate::store::source::FactSource;

/// The tables that grow with every user and every push.
const GROWING: [&str; 5] = ["delivery", "receipt", "token_report", "im_event", "presence"];

const REG_ID: &str = "CN_00000000000000000000000000000001";

fn store() -> Store {
    let now = Timestamp::from_millisecond(1_700_000_000_000).expect("a time");
    let store = Store::in_memory(Clock::fixed(now)).expect("memory");
    let report = |user: &str, reg_id: &str| NewReport {
        profile: "sandbox".into(),
        region: "sandbox".into(),
        user: user.into(),
        device: "default".into(),
        certificate_id: 1,
        reg_id: reg_id.into(),
        brand: None,
        source: FactSource::ByHand,
    };
    // bob's regId moved to alice, and hers of before was replaced by it.
    for (user, reg_id) in [("bob", REG_ID), ("alice", "CN_2"), ("alice", REG_ID)] {
        reports::record(&store, &report(user, reg_id)).expect("kept");
    }
    let new = NewDelivery {
        profile: "sandbox".into(),
        region: "sandbox".into(),
        certificate_id: Some(1),
        app_id: Some("30001".into()),
        user: Some("alice".into()),
        device: Some("default".into()),
        target: Some(DeliveryTarget::RegId(REG_ID.into())),
        app_message_id: Some("m1".into()),
        call_back_parameter: None,
        decision: "push".into(),
        request: String::new(),
        answer_within: std::time::Duration::from_secs(30),
    };
    let id = deliveries::begin(&store, &new).expect("kept");
    let outcome = Outcome::Accepted { message_id: "30001-1-1-a".into() };
    deliveries::complete(&store, id, &Completion { outcome, tries: 1, answer: None }).expect("kept");
    let receipt = NewReceipt {
        event: "push_arrive".into(),
        message_id: "30001-1-1-a".into(),
        reg_id: REG_ID.into(),
        ..NewReceipt::default()
    };
    receipts::record(&store, &[receipt]).expect("kept");
    let event = NewImEvent {
        profile: "sandbox".into(),
        user: Some("alice".into()),
        push_id: Some("p1".into()),
        body: "{}".into(),
        ..NewImEvent::default()
    };
    im_events::record(&store, &[event]).expect("kept");
    store
}

/// Every way to ask, about what is kept and what is not.
fn questions() -> Vec<Question> {
    let some = |text: &str| Some(text.to_owned());
    let mut all = vec![Question { certificate: Some(1), ..Question::default() }];
    for user in ["alice", "bob", "nobody"] {
        all.push(Question { user: some(user), ..Question::default() });
        all.push(Question { user: some(user), device: some("default"), ..Question::default() });
        all.push(Question { user: some(user), push_id: some("p1"), ..Question::default() });
    }
    for reg_id in [REG_ID, "CN_2", "CN_3"] {
        all.push(Question { reg_id: some(reg_id), ..Question::default() });
    }
    for id in ["30001-1-1-a", "30001-1-1-b", "m1", "1", "2"] {
        all.push(Question { message_id: some(id), ..Question::default() });
    }
    for id in ["p1", "p2"] {
        all.push(Question { push_id: some(id), ..Question::default() });
    }
    all
}

/// What a line of a plan does wrong: it reads a growing table whole, or all that one profile has in it.
fn is_slow(line: &str) -> bool {
    let growing = GROWING.iter().any(|table| line.contains(table));
    growing && (line.contains("SCAN") || line.ends_with("(profile=?)"))
}

#[test]
fn no_question_reads_a_growing_table_whole() {
    let mut store = store();
    let (now, profile) = (store.now(), sandbox_profile());
    let mut seen: std::collections::BTreeSet<&str> = std::collections::BTreeSet::new();
    for question in questions() {
        let plans = store.plans_of(|store| {
            super::kept(store, now, question.clone(), String::new(), &profile)
                .expect("the state can be read");
        });
        let nothing_known = question.certificate.is_some() || question.push_id.as_deref() == Some("p2");
        assert!(nothing_known || plans.len() > 1, "{question:?}: {plans:?}");
        for (sql, plan) in plans {
            assert_eq!(plan.lines().find(|line| is_slow(line)), None, "{question:?}: {sql}");
            seen.extend(GROWING.iter().filter(|table| plan.contains(*table)));
        }
    }
    assert_eq!(seen.len(), GROWING.len(), "asked about: {seen:?}");
}

#[test]
fn a_slow_plan_is_seen() {
    let mut store = store();
    let mut plans = store.plans_of(|store| {
        reports::list(store, &reports::ReportFilter { profile: Some("sandbox"), ..Default::default() })
            .expect("read");
        reports::list(store, &reports::ReportFilter { certificate_id: Some(1), ..Default::default() })
            .expect("read");
    });
    plans.retain(|(sql, _)| sql.contains("token_report"));
    assert_eq!(plans.len(), 2);
    assert!(plans.iter().all(|(_, plan)| plan.lines().any(is_slow)), "{plans:?}");
}
