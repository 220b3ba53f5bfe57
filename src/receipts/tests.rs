//! Tests of the listener where the state database fails, and of waiting for receipts.
//! What it answers otherwise is tested with the binary, in tests/cli/receipt/.

use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::serve::Serving;
use super::*;
use crate::clock::{Clock, Timestamp};
use crate::failure::{Kind, Problem};
use crate::oppo::{Alias, RegId, Target};
use crate::push::{Delivered, testing};
use crate::store::Store;
use crate::store::deliveries::{self, Completion, DeliveryTarget, NewDelivery, Outcome};
use crate::store::receipts::{NewReceipt, record};

fn store() -> Arc<Store> {
    Arc::new(Store::in_memory(Clock::fixed(Timestamp::UNIX_EPOCH)).unwrap())
}

async fn post(serving: &Serving, body: &str) -> String {
    let mut stream = TcpStream::connect(serving.url().trim_start_matches("http://")).await.unwrap();
    let length = body.len();
    let request = format!(
        "POST /receipts HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

const R1: &str = "CN_0123456789abcdef0123456789abcdef";
const R2: &str = "CN_ffffffffffffffffffffffffffffffff";

const BODY: &str = r#"[{"messageId":"m1","registrationIds":"r1","eventType":"push_arrive"}]"#;

#[tokio::test]
async fn what_could_not_be_stored_is_requested_again() {
    let store = store();
    let options = Options::new("127.0.0.1:0".parse::<std::net::SocketAddr>().unwrap().into());
    let (serving, events) = serve(store.clone(), options).await.unwrap();
    assert!(post(&serving, BODY).await.starts_with("HTTP/1.1 200"));
    store.refuse_writes();
    for body in [BODY, "no receipt"] {
        let answer = post(&serving, body).await;
        assert!(answer.starts_with("HTTP/1.1 503") && answer.contains("retry-after: 10"), "{answer}");
    }
    let totals = serving.stop().await;
    assert_eq!((totals.stored, totals.rejected, totals.failed), (1, 0, 2));
    assert!(totals.problem.unwrap().message.contains("answered 503"));
    let failed = events.iter().filter(|event| matches!(event, Event::Failed { callbacks: 1, .. }));
    assert_eq!(failed.count(), 2);
}

fn deliver(store: &Store, reg_id: &str, message_id: &str) {
    let new = NewDelivery {
        profile: "demo".into(),
        region: "cn".into(),
        certificate_id: Some(1),
        app_id: None,
        user: None,
        device: None,
        target: Some(DeliveryTarget::RegId(reg_id.into())),
        app_message_id: None,
        call_back_parameter: None,
        decision: "push".into(),
        request: String::new(),
        answer_within: Duration::from_secs(30),
    };
    let id = deliveries::begin(store, &new).unwrap();
    let outcome = Outcome::Accepted { message_id: message_id.into() };
    deliveries::complete(store, id, &Completion { outcome, tries: 1, answer: None }).unwrap();
}

fn receipt(message_id: &str, reg_id: &str, event: &str) -> NewReceipt {
    NewReceipt {
        event: event.into(),
        message_id: message_id.into(),
        reg_id: reg_id.into(),
        ..NewReceipt::default()
    }
}

/// An accepted push; to an alias where no regId is given.
fn accepted(message_id: &str, reg_id: Option<&str>) -> Delivered {
    testing::delivered(
        message_id,
        match reg_id {
            Some(reg_id) => Target::RegId(RegId::parse(reg_id).unwrap()),
            None => Target::Alias(Alias::parse("alice").unwrap()),
        },
    )
}

#[tokio::test]
async fn waiting_ends_when_every_push_has_a_receipt_or_time_is_up() {
    let store = store();
    deliver(&store, R1, "m1");
    deliver(&store, R2, "m2");
    let mut pushes = vec![accepted("m1", Some(R1)), accepted("m2", None)];
    pushes
        .push(Delivered { outcome: Err(Problem::new(Kind::NotPushed, "no", "send")), ..accepted("", None) });
    record(&store, &[receipt("m1", R1, "push_arrive"), receipt("m1", R1, "regid_invalid")]).unwrap();
    // One that belongs to no push here does not count.
    record(&store, &[receipt("m2", "forged", "push_arrive")]).unwrap();
    let wait = |within| wait_for_receipts(&store, &pushes, within, Listening::Elsewhere);
    let events = |all: Vec<Option<AwaitedReceipt>>| -> Vec<_> {
        let event = |one: AwaitedReceipt| match (one.receipt, one.problem) {
            (receipt, Some(problem)) => (receipt.map(|(one, _)| one.receipt.event), Some(problem.kind)),
            (receipt, None) => (receipt.map(|(one, _)| one.receipt.event), None),
        };
        all.into_iter().map(|one| one.map(event)).collect()
    };
    let arrived = Some((Some("push_arrive".to_owned()), None));
    let found = events(wait(Duration::ZERO).await.unwrap());
    assert_eq!(found, [arrived.clone(), Some((None, Some(Kind::NoReceipt))), None]);
    let late = async {
        tokio::task::yield_now().await;
        record(&store, &[receipt("m2", R2, "user_daily_limit")]).unwrap();
    };
    let (found, ()) = tokio::join!(wait(Duration::from_secs(60)), late);
    let limited = Some((Some("user_daily_limit".to_owned()), Some(Kind::NotDelivered)));
    assert_eq!(events(found.unwrap()), [arrived, limited, None]);
}

/// Something came, and it is not an arrival: the wait is over, and says what it was.
#[tokio::test]
async fn an_event_that_is_not_known_ends_the_wait_by_its_name() {
    for event in ["message_night_control", "push_click"] {
        let store = store();
        deliver(&store, R1, "m1");
        record(&store, &[receipt("m1", R1, event)]).unwrap();
        let pushes = [accepted("m1", Some(R1))];
        let wait = wait_for_receipts(&store, &pushes, Duration::from_secs(60), Listening::Elsewhere);
        let awaited = wait.await.unwrap().remove(0).unwrap();
        assert_eq!(awaited.receipt.map(|(receipt, _)| receipt.receipt.event).as_deref(), Some(event));
        let problem = awaited.problem.unwrap();
        assert_eq!(problem.kind, Kind::NotDelivered);
        assert!(problem.message.contains(event), "{problem:?}");
    }
}
