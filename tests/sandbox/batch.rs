//! unicast_batch: each item answered for itself, in its place (OPPO reference, section 4.2).

use serde_json::{Value, json};

use super::harness::{APP_ID, NOW, Sandbox};
use super::wire::Reply;
use super::{phones, wire};

fn batch(sandbox: &Sandbox, messages: &Value) -> Reply {
    let fields = [format!("auth_token={}", sandbox.token()), format!("messages={messages}")];
    sandbox.form("/server/v1/message/notification/unicast_batch", &fields)
}

#[test]
fn the_references_example_reaches_both_phones() {
    let sandbox = Sandbox::new();
    let reg_ids = [1, 2].map(|n| format!("OPPO_CN_{n:032}"));
    reg_ids.iter().for_each(|reg_id| phones::add_reg_id(&sandbox.state, APP_ID, reg_id));
    let insert = "INSERT INTO token (token, app_id, created_ms) VALUES ('demo-auth-token', ?1, ?2)";
    sandbox.state.with(|tx| tx.execute(insert, (APP_ID, NOW))).unwrap();
    let reply =
        wire::exchange(sandbox.addr, &super::tokens::close(include_bytes!("wire/unicast_batch.http"))).json();
    for (at, reg_id) in reg_ids.iter().enumerate() {
        let arrived = phones::arrived(&sandbox.state, reg_id);
        assert_eq!(arrived.len(), 1);
        assert_eq!(reply["data"][at], json!({ "messageId": arrived[0].0, "registrationId": reg_id }));
    }
    assert_eq!(sandbox.last_call().dialects, [""; 0]);
}

#[test]
fn items_fail_for_themselves_and_keep_their_places() {
    let sandbox = Sandbox::new();
    let good = sandbox.message(json!({ "title": "a" }));
    let mut unknown = good.clone();
    unknown["target_value"] = json!("nobody");
    let mut untitled = good.clone();
    untitled["notification"]["title"] = json!("");
    let answer = batch(&sandbox, &json!([unknown, good, untitled, good])).json();
    assert_eq!((answer["code"].as_i64(), answer["data"].as_array().map(Vec::len)), (Some(0), Some(4)));
    let codes: Vec<Option<i64>> = (0..4).map(|at| answer["data"][at]["errorCode"].as_i64()).collect();
    assert_eq!(codes, [Some(10000), None, Some(40), None]);
    assert_eq!(answer["data"][0]["registrationId"], json!("nobody"));
    assert_eq!(answer["data"][0]["errorMessage"], json!("Invalid Registration_id"));
    assert!(answer["data"][0]["messageId"].is_string());
    let arrived = phones::arrived(&sandbox.state, &sandbox.reg_id);
    let ids: Vec<&Value> = [1, 3].map(|at| &answer["data"][at]["messageId"]).into();
    assert_eq!(ids, [&json!(arrived[0].0), &json!(arrived[1].0)]);
    let call = sandbox.last_call();
    let failed: Vec<&str> =
        call.checks.iter().filter(|check| !check.ok).map(|check| check.name.as_str()).collect();
    assert_eq!(failed, ["messages[2].title", "messages[0].reg_id"]);
}

#[test]
fn a_failed_item_can_have_no_message_id_and_an_alias_can_stand_for_itself() {
    for (rules, named, has_id) in [
        (&[][..], None, true),
        (
            &["batch-failed-message-id=no".to_owned(), "batch-alias-answer=alias".to_owned()],
            Some("alice"),
            false,
        ),
    ] {
        let sandbox = Sandbox::with_rules(rules);
        phones::set_alias(&sandbox.state, APP_ID, &sandbox.reg_id, "alice");
        let mut to_alias = sandbox.message(json!({}));
        to_alias["target_type"] = json!(5);
        to_alias["target_value"] = json!("alice");
        let mut unknown = to_alias.clone();
        unknown["target_value"] = json!("nobody");
        let answer = batch(&sandbox, &json!([to_alias, unknown])).json();
        assert_eq!(answer["data"][0]["registrationId"], json!(named.unwrap_or(&sandbox.reg_id)));
        assert_eq!(answer["data"][1]["messageId"].is_string(), has_id);
        assert_eq!(answer["data"][1]["errorCode"], json!(10002));
    }
}

#[test]
fn the_same_app_message_id_in_one_batch_notifies_once() {
    let sandbox = Sandbox::new();
    let message = sandbox.message(json!({ "app_message_id": "once" }));
    let answer = batch(&sandbox, &json!([message, message])).json();
    assert_eq!(answer["data"][0], answer["data"][1]);
    assert_eq!(phones::arrived(&sandbox.state, &sandbox.reg_id).len(), 1);
}

/// 1,000 messages as long as they may be, each character three bytes and encoded as nine.
#[test]
fn a_batch_of_the_longest_legal_messages_is_taken() {
    let sandbox = Sandbox::new();
    let more = json!({
        "title": "字".repeat(50), "content": "字".repeat(50),
        "action_parameters": json!({ "k": "x".repeat(1000) }).to_string(),
    });
    let messages = vec![sandbox.message(more); 1000];
    let answer = batch(&sandbox, &json!(messages)).json();
    let data = answer["data"].as_array().unwrap();
    assert_eq!(data.len(), 1000);
    assert!(data.iter().all(|item| item.get("errorCode").is_none()), "{}", data[0]);
    assert_eq!(phones::arrived(&sandbox.state, &sandbox.reg_id).len(), 1000);
}
