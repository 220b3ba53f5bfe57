//! Tests of a single delivery's story against a sender with given answers.
//! Tests of pushing to a user are in `to_user/tests.rs`.

use std::task::{Context, Poll, Waker};

use super::super::testing::{self as fake, Fake, REG_ID};
use super::*;
use crate::oppo::RegId;
use table::Filter;

fn delivery(notification: &Checked) -> Delivery<'_> {
    Delivery {
        profile: "demo",
        region: Region::Cn,
        certificate_id: 7005,
        app_id: "30001",
        user: None,
        device: None,
        target: Target::RegId(RegId::parse(REG_ID).unwrap()),
        notification,
        answer_within: Duration::from_secs(30),
    }
}

fn only(store: &Store) -> table::Delivery {
    let mut all = table::list(store, &Filter::default()).unwrap();
    assert_eq!(all.len(), 1);
    all.remove(0)
}

#[tokio::test]
async fn the_record_is_there_while_the_request_is_out_and_complete_after() {
    let store = fake::store();
    let mut client = Fake::new(fake::accepted());
    client.look = Box::new(|| {
        let row = only(&store);
        assert_eq!((row.status, row.message_id, row.tries), (Status::Pending, None, 0));
        assert!(row.request.contains("first push") && row.request.contains("auth_token=***"));
    });
    let notification = fake::notification();
    let delivered = deliver(&store, &client, delivery(&notification)).await;
    assert_eq!(delivered.message_id(), Some("30001-1-1-a"));
    assert_eq!(delivered.warnings[0].message, "odd app");
    assert_eq!(delivered.problem(), None);
    let row = only(&store);
    assert_eq!((row.status, row.tries, Some(row.id)), (Status::Accepted, 2, delivered.id));
    assert_eq!((row.decision.as_str(), row.certificate_id), ("push", Some(7005)));
    assert_eq!(row.target, Some(table::DeliveryTarget::RegId(REG_ID.into())));
    assert_eq!(row.answer.as_deref(), Some("{\"code\":0}"));
}

#[tokio::test]
async fn an_app_message_id_is_made_recorded_and_sent_alike() {
    let store = fake::store();
    let client = Fake::new(fake::accepted());
    let notification = fake::notification();
    let delivered = deliver(&store, &client, delivery(&notification)).await;
    let made = delivered.app_message_id.unwrap();
    assert!(made.starts_with("opush-"), "{made}");
    assert_eq!(only(&store).app_message_id.as_ref(), Some(&made));
    assert_eq!(client.given.borrow()[0].1["app_message_id"], made.as_str());
    assert!(only(&store).request.contains(&made));

    let mut given = fake::notification();
    given.wire.insert("app_message_id".into(), "mine".into());
    let delivered = deliver(&store, &client, delivery(&given)).await;
    assert_eq!(delivered.app_message_id.as_deref(), Some("mine"));
}

#[tokio::test]
async fn every_outcome_is_recorded_as_it_was() {
    for (outcome, status, kind) in [
        (fake::refused(), Status::Refused, Kind::VendorRefused),
        (fake::unknown(), Status::Unknown, Kind::OutcomeUnknown),
        (None, Status::NotSent, Kind::Timeout),
    ] {
        let store = fake::store();
        let notification = fake::notification();
        let delivered = deliver(&store, &Fake::new(outcome), delivery(&notification)).await;
        let row = only(&store);
        assert_eq!((delivered.status(), row.status), (status, status));
        assert_eq!(delivered.problem().map(|problem| problem.kind), Some(kind));
        match delivered.outcome {
            Ok(Outcome::Refused(error)) => {
                assert_eq!((row.code, row.words.as_deref()), (Some(error.code), Some(error.words())));
            }
            Ok(Outcome::Unknown(_)) | Err(_) => {
                assert_eq!(row.reason, delivered.problem().map(|problem| problem.message));
            }
            Ok(Outcome::Accepted { .. }) => unreachable!(),
        }
    }
}

#[test]
fn a_send_that_is_broken_off_is_completed_as_unknown() {
    let store = fake::store();
    let mut client = Fake::new(fake::accepted());
    client.silent = true;
    let notification = fake::notification();
    {
        let mut story = Box::pin(deliver(&store, &client, delivery(&notification)));
        let mut context = Context::from_waker(Waker::noop());
        assert!(matches!(story.as_mut().poll(&mut context), Poll::Pending));
        assert_eq!(only(&store).status, Status::Pending);
    }
    let row = only(&store);
    assert_eq!((row.status, row.reason.as_deref()), (Status::Unknown, Some(table::STOPPED)));
    assert!(row.completed_at.is_some());
}

#[tokio::test]
async fn without_a_record_nothing_is_sent_and_a_lost_end_is_the_problem_of_an_accepted_push() {
    let store = fake::store();
    let notification = fake::notification();

    let mut client = Fake::new(fake::accepted());
    client.look = Box::new(|| store.refuse_writes());
    let delivered = deliver(&store, &client, delivery(&notification)).await;
    assert_eq!(delivered.status(), Status::Accepted);
    let problem = delivered.problem().unwrap();
    assert_eq!((problem.kind, delivered.warnings.len()), (Kind::StateDatabase, 1));
    assert!(
        problem
            .message
            .starts_with("OPPO accepted this push as 30001-1-1-a, but the history could not be told: ")
    );
    assert_eq!(
        overall(std::slice::from_ref(&delivered)).map(|problem| problem.kind),
        Some(Kind::StateDatabase)
    );

    let client = Fake::new(fake::accepted());
    let delivered = deliver(&store, &client, delivery(&notification)).await;
    assert_eq!((delivered.id, delivered.status()), (None, Status::NotSent));
    assert_eq!(delivered.problem().map(|problem| problem.kind), Some(Kind::StateDatabase));
    assert!(client.given.borrow().is_empty());
}

#[tokio::test]
async fn several_are_summed_up_by_what_they_have_in_common() {
    let store = fake::store();
    let notification = fake::notification();
    let mut all = Vec::new();
    for outcome in [fake::accepted(), fake::refused(), None] {
        all.push(deliver(&store, &Fake::new(outcome), delivery(&notification)).await);
    }
    assert_eq!(overall(&all[..1]), None);
    assert_eq!(overall(&all[1..2]).unwrap().code, Some(67));
    assert_eq!(overall(&all[1..]).unwrap().kind, Kind::VendorRefused);
    let partly = overall(&all).unwrap();
    assert_eq!((partly.kind, partly.message.as_str()), (Kind::PartlyDone, "2 of 3 pushes were not accepted"));
}
