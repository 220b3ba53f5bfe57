//! Tests of the listener where the state database fails, and of waiting for receipts.
//! What it answers otherwise is tested with the binary, in tests/cli/receipt/.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::Instant;

use super::serve::Serving;
use super::waiting::{Wanted, until};
use super::*;
use crate::clock::{Clock, Timestamp};
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
        "POST /receipts HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

const BODY: &str = r#"[{"messageId":"m1","registrationIds":"r1","eventType":"push_arrive"}]"#;

#[tokio::test]
async fn what_could_not_be_stored_is_asked_for_again() {
    let (store, failed) = (store(), Arc::new(Mutex::new(0)));
    let seen = failed.clone();
    let told = move |event: Event<'_>| {
        if let Event::Failed { callbacks, .. } = event {
            *seen.lock().unwrap() += callbacks;
        }
    };
    let options = Options::new("127.0.0.1:0".parse().unwrap());
    let serving = serve(store.clone(), options, told).await.unwrap();
    assert!(post(&serving, BODY).await.starts_with("HTTP/1.1 200"));
    store.refuse_writes();
    for body in [BODY, "no receipt"] {
        let answer = post(&serving, body).await;
        assert!(answer.starts_with("HTTP/1.1 503") && answer.contains("retry-after: 10"), "{answer}");
    }
    let totals = serving.stop().await;
    assert_eq!((totals.stored, totals.rejected, totals.failed), (1, 0, 2));
    assert_eq!(*failed.lock().unwrap(), 2);
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

#[tokio::test]
async fn waiting_ends_when_every_push_has_a_receipt_or_time_is_up() {
    let store = store();
    deliver(&store, "r1", "m1");
    deliver(&store, "r2", "m2");
    let wanted = [("m1", Some("r1")), ("m2", None)]
        .map(|(id, reg_id)| Wanted { message_id: id.into(), reg_id: reg_id.map(str::to_owned) });
    let mut events = Vec::new();
    let mut found = |wanted: &Wanted, receipt: &crate::store::receipts::Receipt| {
        events.push(format!("{} {}", wanted.message_id, receipt.receipt.event));
    };
    record(&store, &[receipt("m1", "r1", "push_arrive"), receipt("m1", "r1", "regid_invalid")]).unwrap();
    // One that belongs to no push here does not count, and neither does an event that nobody knows.
    record(&store, &[receipt("m2", "forged", "push_arrive"), receipt("m2", "r2", "push_click")]).unwrap();
    let now = Instant::now();
    assert!(!until(&store, &wanted, now, &mut found).await.unwrap());
    let late = async {
        tokio::task::yield_now().await;
        record(&store, &[receipt("m2", "r2", "user_daily_limit")]).unwrap();
    };
    let (all, ()) = tokio::join!(until(&store, &wanted, now + Duration::from_secs(60), &mut found), late);
    assert!(all.unwrap());
    let m1 = ["m1 push_arrive", "m1 regid_invalid"];
    assert_eq!(events, [m1[0], m1[1], m1[0], m1[1], "m2 user_daily_limit"]);
}
