//! Receipts from their cause to their body; posting them is tested over loopback in tests/sandbox/receipts.rs.
//! Phones are set up here as the control API does.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::rules::ReceiptSpace;
use super::{Event, Receipt, Stage, body, is_on_this_machine};

fn receipt(message_id: &str, reg_id: &str, event: Event) -> Receipt {
    Receipt {
        id: 0,
        message_id: message_id.into(),
        task_id: None,
        app_id: "30001".into(),
        reg_id: reg_id.into(),
        event,
        event_at: 1_700_000_000_000,
        url: "http://127.0.0.1:1/r".into(),
        param: Some("my-param".into()),
        stage: Stage::Waiting,
        tries: 0,
        due_at: 0,
        status: None,
        detail: None,
    }
}

/// The reference's sample, section 6, with the taskId of a unicast.
#[test]
fn the_body_is_the_documented_one() {
    let receipts = [receipt("m1", "r1", Event::PushArrive), receipt("m1", "r2", Event::PushArrive)];
    let expected = json!([{
        "messageId": "m1", "appId": "30001", "taskId": "m1", "registrationIds": "r1,r2",
        "eventTime": "1700000000000", "param": "my-param", "eventType": "push_arrive",
    }]);
    assert_eq!(body::array(&receipts, ReceiptSpace::NoSpace), expected);
    assert_eq!(body::array(&receipts, ReceiptSpace::Space)[0]["registrationIds"], "r1, r2");
}

#[test]
fn only_the_same_push_and_event_share_an_item_and_no_param_is_no_member() {
    let other = Receipt { param: None, ..receipt("m2", "r1", Event::PushArrive) };
    let receipts = [
        receipt("m1", "r1", Event::PushArrive),
        receipt("m1", "r2", Event::RegidInvalid),
        other.clone(),
        other,
    ];
    let array = body::array(&receipts, ReceiptSpace::Space);
    let posted: Vec<(&Value, &Value)> =
        array.as_array().unwrap().iter().map(|item| (&item["registrationIds"], &item["eventType"])).collect();
    assert_eq!(
        posted,
        [
            (&json!("r1"), &json!("push_arrive")),
            (&json!("r2"), &json!("regid_invalid")),
            (&json!("r1"), &json!("push_arrive"))
        ]
    );
    assert_eq!(array[2].get("param"), None);
}

#[test]
fn this_machine_is_loopback_and_nothing_that_looks_like_it() {
    for url in ["http://127.0.0.1:80/x", "https://LOCALHOST./", "http://[::1]/", "http://[::ffff:127.9.9.9]/"]
    {
        assert!(is_on_this_machine(url), "{url}");
    }
    for url in [
        "http://127.0.0.1.example.com/",
        "http://localhost.example.com/",
        "http://10.0.0.1/",
        "http://127.0.0.1@example.com/",
        "http://0.0.0.0/",
        "nonsense",
    ] {
        assert!(!is_on_this_machine(url), "{url}");
    }
}

proptest! {
    #[test]
    fn any_url_is_judged(url in ".*") {
        let _ = is_on_this_machine(&url);
        let _ = is_on_this_machine(&format!("http://{url}/"));
    }
}
