//! Who takes up what is due; posting itself is tested over loopback in tests/sandbox.

use serde_json::json;

use super::super::push::Push;
use super::super::receipts::{Event, Receipt, Stage, list, note};
use super::super::rules::Rules;
use super::super::state::{Clock, State};
use super::queue;

#[test]
fn a_receipt_taken_by_one_process_is_skipped_by_others_until_it_is_given_up() {
    let state = State::open(None, Clock::new(|| 0), Rules::default()).unwrap();
    let notification = json!({ "call_back_url": "http://127.0.0.1:1/r" });
    let taken = state
        .with(|tx| {
            let notification = notification.as_object().unwrap();
            let push = Push { app_id: "30001", message_id: "m1", task_id: None, reg_id: "r1", notification };
            note(tx, &push, (Event::PushArrive, 5))?;
            let without_url = Push { message_id: "m2", notification: &Default::default(), ..push };
            note(tx, &without_url, (Event::PushArrive, 5))?;
            let early = queue::claim::<Receipt>(tx, 4, 100, 10)?.len();
            let first = queue::claim::<Receipt>(tx, 5, 100, 10)?.len();
            let second = queue::claim::<Receipt>(tx, 99, 200, 10)?.len();
            let again = queue::claim::<Receipt>(tx, 100, 200, 10)?;
            assert_eq!((again[0].message_id.as_str(), again[0].stage), ("m1", Stage::Posting));
            Ok([early, first, second, again.len(), list(tx, None, None, 10)?.len()])
        })
        .unwrap();
    assert_eq!(taken, [0, 1, 0, 1, 1]);
}
