//! Tests of reading a callback: the documented form, what is taken beside it, and anything at all.
//! What is answered is tested over sockets, in tests/cli/receipt.rs.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

/// The sample of the reference, section 6.
const SAMPLE: &str = r#"[{"messageId":"m1","appId":"a1","taskId":"t1","registrationIds":"r1,r2","eventTime":"1700000000000","param":"my-param","eventType":"push_arrive"}]"#;

fn receipts(body: impl AsRef<[u8]>) -> Vec<NewReceipt> {
    parse(body.as_ref()).unwrap().receipts
}

fn why(body: impl AsRef<[u8]>) -> String {
    parse(body.as_ref()).unwrap_err()
}

fn sample(field: &str, value: Value) -> String {
    let mut array: Value = serde_json::from_str(SAMPLE).unwrap();
    array[0][field] = value;
    array.to_string()
}

#[test]
fn the_documented_form_is_read_one_receipt_for_each_reg_id() {
    let [first, second] = &receipts(SAMPLE)[..] else { panic!() };
    let expected = NewReceipt {
        event: "push_arrive".into(),
        message_id: "m1".into(),
        task_id: Some("t1".into()),
        app_id: Some("a1".into()),
        reg_id: "r1".into(),
        parameter: Some("my-param".into()),
        event_time: "1700000000000".into(),
        event_at: Some(Timestamp::from_millisecond(1_700_000_000_000).unwrap()),
    };
    assert_eq!(first, &expected);
    assert_eq!(second, &NewReceipt { reg_id: "r2".into(), ..expected });
}

#[test]
fn what_is_unambiguous_is_taken() {
    let ids = |value: Value| -> Vec<String> {
        receipts(sample("registrationIds", value)).into_iter().map(|receipt| receipt.reg_id).collect()
    };
    assert_eq!(ids(json!("r1, r2 ,,r1, ")), ["r1", "r2"]);
    assert_eq!(ids(json!(["r1", " r3 "])), ["r1", "r3"]);
    let time = |value: Value| receipts(sample("eventTime", value))[0].event_at.map(|at| at.as_millisecond());
    assert_eq!(time(json!(1_700_000_000_123_u64)), Some(1_700_000_000_123));
    assert_eq!(time(json!("1700000000")), Some(1_700_000_000_000));
    for odd in [json!("soon"), json!("99999999999999999"), json!(null), json!("")] {
        assert_eq!(time(odd), None);
    }
    let odd = receipts(sample("eventType", json!("push_burnt")));
    assert_eq!(odd[0].event, "push_burnt");
    assert_eq!(receipts(sample("shelf", json!({"a": [1, {}]}))), receipts(SAMPLE));
    assert_eq!(receipts(sample("param", json!("")))[0].parameter, None);
    assert_eq!(receipts(sample("messageId", json!(null)))[0].message_id, "t1");
    let alone = SAMPLE.trim_start_matches('[').trim_end_matches(']');
    assert_eq!(receipts(alone), receipts(SAMPLE));
}

#[test]
fn what_is_not_a_receipt_is_refused_with_the_reason() {
    for (body, expected) in [
        (b"".to_vec(), "the body is empty"),
        (b" \n".to_vec(), "the body is empty"),
        (vec![b'[', 0xff], "the body is not UTF-8"),
        (b"[]".to_vec(), "the array is empty"),
        (b"17".to_vec(), "the body is neither an array nor an object"),
        (b"[1]".to_vec(), "item 1: it is not an object"),
        (b"{}".to_vec(), "item 1: messageId is missing"),
        (sample("eventType", json!("")).into(), "item 1: eventType is missing"),
        (sample("registrationIds", json!(" , ")).into(), "item 1: registrationIds is missing"),
        (sample("registrationIds", json!({})).into(), "item 1: registrationIds is not a text"),
        (sample("eventTime", json!([])).into(), "item 1: eventTime is not a text"),
        (sample("messageId", json!("\u{1b}[2J")).into(), "item 1: messageId has control characters"),
        (sample("messageId", json!("m".repeat(257))).into(), "item 1: messageId has more than 256 bytes"),
        (sample("param", json!("p".repeat(1025))).into(), "item 1: param has more than 1024 bytes"),
    ] {
        assert_eq!(why(&body), expected, "{}", String::from_utf8_lossy(&body));
    }
    assert!(why("[{]").starts_with("the body is not JSON: "));
    assert!(why(format!("{SAMPLE} x")).starts_with("the body is not JSON: "));
    assert!(why("[".repeat(100_000)).contains("recursion limit"));
    assert!(why("{},{}").starts_with("the body is not JSON"));
    let many = format!("[{}]", ["{}"; 9].join(","));
    assert!(why(many).ends_with("item 5: messageId is missing; and 4 more"));
    let ids: Vec<String> = (0..=MOST).map(|n| n.to_string()).collect();
    assert!(why(sample("registrationIds", json!(ids.join(",")))).contains("more than 10000 receipts"));
    assert_eq!(receipts(sample("registrationIds", json!(ids[1..].join(",")))).len(), MOST);
}

#[test]
fn one_bad_item_does_not_cost_the_others() {
    let mut array: Value = serde_json::from_str(SAMPLE).unwrap();
    array.as_array_mut().unwrap().push(json!({"eventType": "push_arrive"}));
    let parsed = parse(array.to_string().as_bytes()).unwrap();
    assert_eq!(parsed.receipts, receipts(SAMPLE));
    assert_eq!(parsed.fault.as_deref(), Some("item 2: messageId is missing"));
}

proptest! {
    /// Whatever comes, it is read or refused, and what is read is whole.
    #[test]
    fn anything_at_all_is_read_or_refused(body in any::<Vec<u8>>(), at in 0..SAMPLE.len(), byte in any::<u8>()) {
        let _ = parse(&body);
        let mut near = SAMPLE.as_bytes().to_vec();
        near[at] = byte;
        for receipt in parse(&near).map(|parsed| parsed.receipts).unwrap_or_default() {
            prop_assert!(!receipt.event.is_empty() && !receipt.message_id.is_empty() && !receipt.reg_id.is_empty());
            prop_assert_ne!(receipt.parameter.as_deref(), Some(""));
        }
    }

    /// Every item and every regId is there once, in order, whatever is around them.
    #[test]
    fn every_reg_id_of_every_item_is_there(
        items in prop::collection::vec((prop::collection::vec("[A-Za-z0-9_]{1,40}", 1..8), "[a-z_]{1,20}"), 1..8),
        comma in "( )?,( )?",
    ) {
        let body: Vec<Value> = items.iter().enumerate().map(|(number, (ids, event))| json!({
            "messageId": format!("m{number}"), "registrationIds": ids.join(&comma), "eventType": event,
        })).collect();
        let parsed = parse(json!(body).to_string().as_bytes()).unwrap();
        let found: Vec<_> = parsed.receipts.iter().map(|r| (r.message_id.clone(), r.reg_id.clone(), r.event.clone())).collect();
        let mut expected = Vec::new();
        for (number, (ids, event)) in items.iter().enumerate() {
            let mut seen = HashSet::new();
            for id in ids.iter().filter(|id| seen.insert(id.as_str())) {
                expected.push((format!("m{number}"), id.clone(), event.clone()));
            }
        }
        prop_assert_eq!(found, expected);
        prop_assert_eq!(parsed.fault, None);
    }
}
