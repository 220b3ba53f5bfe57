//! Accepted messages: the answer, what reaches the phone, repeats, aliases, and the reference's unicast example.

use serde_json::{Value, json};

use super::harness::{APP_ID, NOW, Sandbox, register_as};
use super::tokens::close;
use super::{phones, wire};

#[test]
fn the_references_unicast_example_is_accepted_and_arrives() {
    let sandbox = Sandbox::new();
    let reg_id = "OPPO_CN_00000000000000000000000000000001";
    phones::add_reg_id(&sandbox.state, APP_ID, reg_id);
    sandbox
        .state
        .with(|tx| {
            tx.execute(
                "INSERT INTO token (token, app_id, created_ms) VALUES ('demo-auth-token', ?1, ?2)",
                (APP_ID, NOW),
            )
        })
        .unwrap();
    let reply = wire::exchange(sandbox.addr, &close(include_bytes!("wire/unicast.http")));
    assert_eq!(reply.code(), 0);
    assert_eq!(sandbox.last_call().dialects, [""; 0]);
    let arrived = phones::arrived(&sandbox.state, reg_id);
    assert_eq!(arrived.len(), 1);
    assert_eq!(reply.json()["data"]["messageId"], json!(arrived[0].0));
    assert_eq!(arrived[0].1["title"], json!("A & B + 50%"));
    assert_eq!(arrived[0].1["content"], json!("hello 你好"));
}

#[test]
fn a_message_id_has_the_app_id_and_24_hex_digits() {
    let sandbox = Sandbox::new();
    let token = sandbox.token();
    let answer = sandbox.unicast(&token, &sandbox.message(json!({}))).json();
    assert_eq!(answer["message"], json!(""));
    let id = answer["data"]["messageId"].as_str().unwrap();
    let hex = id.strip_prefix("30001-1-1-").unwrap();
    assert!(hex.len() == 24 && hex.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)), "{id}");
    let again = sandbox.unicast(&token, &sandbox.message(json!({}))).json();
    assert_ne!(answer, again);
}

#[test]
fn what_arrives_is_canonical() {
    let sandbox = Sandbox::new();
    let token = sandbox.token();
    let message = sandbox.message(json!({
        "clickActionType": "4", "clickActionActivity": "a.B", "actionParameters": {"k": "v"}, "offLine": "true",
        "channelId": "c", "offLineTtl": 9_999_999, "subTitle": "", "stranger": 1,
    }));
    assert_eq!(sandbox.unicast(&token, &message).code(), 0);
    let arrived = phones::arrived(&sandbox.state, &sandbox.reg_id).pop().unwrap().1;
    let expected = json!({
        "title": "T", "content": "C", "style": 1, "click_action_type": 4, "click_action_activity": "a.B",
        "action_parameters": "{\"k\":\"v\"}", "off_line": true, "off_line_ttl": 864_000, "channel_id": "c",
    });
    assert_eq!(arrived, expected);
}

#[test]
fn the_default_ttl_is_a_rule() {
    let sandbox = Sandbox::with_rules(&["off-line-ttl-default=10m".into()]);
    sandbox.unicast(&sandbox.token(), &sandbox.message(json!({})));
    assert_eq!(phones::arrived(&sandbox.state, &sandbox.reg_id)[0].1["off_line_ttl"], json!(600));
}

#[test]
fn the_same_app_message_id_notifies_a_target_once() {
    let sandbox = Sandbox::new();
    let token = sandbox.token();
    let message = sandbox.message(json!({ "app_message_id": "once" }));
    let first = sandbox.unicast(&token, &message).json();
    sandbox.move_clock(3_600_000);
    let second = sandbox.unicast(&token, &message).json();
    assert_eq!(first, second);
    assert_eq!(phones::arrived(&sandbox.state, &sandbox.reg_id).len(), 1);

    let mut other_target = message.clone();
    other_target["target_value"] = json!(phones::add_phone(&sandbox.state, APP_ID));
    assert_ne!(sandbox.unicast(&token, &other_target).json(), first);
    let other_id = sandbox.message(json!({ "app_message_id": "twice" }));
    assert_ne!(sandbox.unicast(&token, &other_id).json(), first);
    assert_eq!(phones::arrived(&sandbox.state, &sandbox.reg_id).len(), 2);
}

#[test]
fn a_refused_message_is_not_remembered() {
    let sandbox = Sandbox::new();
    let token = sandbox.token();
    let wrong = sandbox.message(json!({ "app_message_id": "once", "style": 9 }));
    assert_eq!(sandbox.unicast(&token, &wrong).code(), 41);
    assert_eq!(sandbox.unicast(&token, &sandbox.message(json!({ "app_message_id": "once" }))).code(), 0);
    assert_eq!(phones::arrived(&sandbox.state, &sandbox.reg_id).len(), 1);
}

#[test]
fn a_repeat_after_the_window_notifies_again() {
    let sandbox = Sandbox::with_rules(&["repeat-window=1h".into()]);
    let token = sandbox.token();
    let message = sandbox.message(json!({ "app_message_id": "once" }));
    let send = |after: i64| {
        sandbox.move_clock(after);
        sandbox.unicast(&token, &message).json()["data"]["messageId"].clone()
    };
    let (first, within, after): (Value, Value, Value) = (send(0), send(3_599_999), send(1));
    assert_eq!(first, within);
    assert_ne!(first, after);
    assert_eq!(phones::arrived(&sandbox.state, &sandbox.reg_id).len(), 2);
}

#[test]
fn an_alias_moves_to_the_newest_reg_id_and_goes_when_deleted() {
    let sandbox = Sandbox::new();
    let (token, second) = (sandbox.token(), phones::add_phone(&sandbox.state, APP_ID));
    let headers = ["Content-Type: application/json".to_owned(), format!("auth_token: {token}")];
    let device = |call: &str, body: Value| {
        sandbox
            .send("POST", &format!("/server/v1/device/{call}"), &headers, body.to_string().as_bytes())
            .json()
    };
    let mut message = sandbox.message(json!({}));
    message["target_type"] = json!(5);
    message["target_value"] = json!("carol");
    for reg_id in [&sandbox.reg_id, &second] {
        let answer = device("set_alias", json!({ "registration_id": reg_id, "alias": "carol" }));
        assert_eq!(answer, json!({ "code": 0, "message": "success" }));
        assert_eq!(sandbox.unicast(&token, &message).code(), 0);
        assert_eq!(phones::arrived(&sandbox.state, reg_id).len(), 1);
    }
    assert_eq!(device("delete_alias", json!({ "alias": "carol" }))["code"], json!(0));
    assert_eq!(sandbox.unicast(&token, &message).code(), 10002);
}

#[test]
fn an_app_reaches_only_its_own_aliases() {
    let sandbox = Sandbox::new();
    register_as(&sandbox.state, "30002", "other-app-key");
    let other = phones::add_phone(&sandbox.state, "30002");
    phones::set_alias(&sandbox.state, "30002", &other, "dave");
    let mut message = sandbox.message(json!({}));
    message["target_type"] = json!(5);
    message["target_value"] = json!("dave");
    assert_eq!(sandbox.unicast(&sandbox.token(), &message).code(), 10002);
}

#[test]
fn the_order_of_checks_is_credentials_message_target() {
    let sandbox = Sandbox::new();
    let token = sandbox.token();
    let mut message = json!({ "target_type": 2, "target_value": "nobody", "notification": { "style": 9 } });
    assert_eq!(sandbox.unicast("nobody", &message).code(), 11);
    assert_eq!(sandbox.unicast(&token, &message).code(), 40);
    let failed: Vec<String> =
        sandbox.last_call().checks.into_iter().filter(|check| !check.ok).map(|check| check.name).collect();
    assert_eq!(failed, ["title", "content", "style"], "all that is wrong is in the log");
    message["notification"] = json!({ "title": "T", "content": "C", "style": 9 });
    assert_eq!(sandbox.unicast(&token, &message).code(), 41);
    message["notification"] = json!({ "title": "T", "content": "C" });
    assert_eq!(sandbox.unicast(&token, &message).code(), 10000);
    message["target_value"] = json!(sandbox.reg_id);
    assert_eq!(sandbox.unicast(&token, &message).code(), 0);
}

#[test]
fn a_message_without_a_channel_can_land_in_the_one_for_content() {
    for (rule, channel) in [("lost", json!(null)), ("content", json!("push_oplus_category_content"))] {
        let sandbox = Sandbox::with_rules(&[format!("without-channel={rule}")]);
        for empty in [json!({}), json!({ "channel_id": "" })] {
            assert_eq!(sandbox.unicast(&sandbox.token(), &sandbox.message(empty)).code(), 0);
            let arrived = phones::arrived(&sandbox.state, &sandbox.reg_id).pop().unwrap().1;
            assert_eq!(arrived["channel_id"], channel, "{rule}");
        }
    }
}
