//! What clients in the field put on the wire (OPPO reference, section 11): accepted by default, and noted.

use serde_json::{Value, json};

use super::harness::{APP_ID, FORM, Sandbox};
use super::{phones, wire};

const UNICAST: &str = "/server/v1/message/notification/unicast";

/// Sends and returns the dialects noted, after seeing that the message was accepted and arrived.
fn accepted(sandbox: &Sandbox, headers: &[&str], fields: &[String]) -> Vec<String> {
    let headers: Vec<String> = headers.iter().map(|header| (*header).to_owned()).collect();
    let before = phones::arrived(&sandbox.state, &sandbox.reg_id).len();
    let reply = sandbox.send("POST", UNICAST, &headers, wire::form(fields).as_bytes());
    let call = sandbox.last_call();
    assert_eq!(reply.code(), 0, "{:?}", call.checks);
    assert_eq!(phones::arrived(&sandbox.state, &sandbox.reg_id).len(), before + 1);
    call.dialects
}

fn unicast(sandbox: &Sandbox, message: &Value) -> Vec<String> {
    let fields = [format!("auth_token={}", sandbox.token()), format!("message={message}")];
    accepted(sandbox, &[FORM], &fields)
}

#[test]
fn the_token_as_a_header_even_with_a_leading_space() {
    let sandbox = Sandbox::new();
    let (token, message) = (sandbox.token(), sandbox.message(json!({})));
    for header in [format!("auth_token: {token}"), format!("Auth_Token:   {token}")] {
        let noted = accepted(&sandbox, &[FORM, &header], &[format!("message={message}")]);
        assert_eq!(noted, ["token-in-header"]);
    }
}

#[test]
fn camel_case_at_both_levels() {
    let sandbox = Sandbox::new();
    let message = json!({
        "targetType": 2, "targetValue": sandbox.reg_id, "verifyRegistrationId": true,
        "notification": { "title": "T", "content": "C", "offLineTtl": 60, "callBackParameter": "p" },
    });
    assert_eq!(unicast(&sandbox, &message), ["camel-case-keys"]);
    let arrived = phones::arrived(&sandbox.state, &sandbox.reg_id).pop().unwrap().1;
    assert_eq!((&arrived["off_line_ttl"], &arrived["call_back_parameter"]), (&json!(60), &json!("p")));
}

#[test]
fn numbers_and_booleans_as_strings() {
    let sandbox = Sandbox::new();
    let mut message = sandbox.message(json!({ "off_line": "false", "notify_id": "7" }));
    message["target_type"] = json!("2");
    message["verify_registration_id"] = json!("true");
    assert_eq!(unicast(&sandbox, &message), ["numbers-as-strings", "booleans-as-strings"]);
    let arrived = phones::arrived(&sandbox.state, &sandbox.reg_id).pop().unwrap().1;
    assert_eq!((&arrived["off_line"], &arrived["notify_id"]), (&json!(false), &json!(7)));
}

#[test]
fn a_stringified_notification_and_parameters_as_an_object() {
    let sandbox = Sandbox::new();
    let notification = json!({ "title": "T", "content": "C", "action_parameters": { "a": "b" } });
    let message =
        json!({ "target_type": 2, "target_value": sandbox.reg_id, "notification": notification.to_string() });
    assert_eq!(unicast(&sandbox, &message), ["stringified-notification", "action-parameters-object"]);
}

#[test]
fn a_numeric_app_message_id_is_the_same_as_its_digits() {
    let sandbox = Sandbox::new();
    let numeric = sandbox.message(json!({ "app_message_id": 7 }));
    assert_eq!(unicast(&sandbox, &numeric), ["numeric-app-message-id"]);
    let text = sandbox.message(json!({ "app_message_id": "7" }));
    sandbox.unicast(&sandbox.token(), &text);
    assert_eq!(phones::arrived(&sandbox.state, &sandbox.reg_id).len(), 1);
}

#[test]
fn unknown_fields_at_every_level() {
    let sandbox = Sandbox::new();
    let mut message = sandbox.message(json!({ "sound": "x" }));
    message["registration_id"] = json!("");
    let fields = [
        format!("auth_token={}", sandbox.token()),
        format!("message={message}"),
        "sdk_version=JAVA_SDK_V1.1.0".into(),
    ];
    assert_eq!(
        accepted(&sandbox, &[FORM], &fields),
        ["unknown-fields: sdk_version", "unknown-fields: registration_id", "unknown-fields: sound"]
    );
}

/// The Java client of 2018: header, target_type as a string with the old number, every field it knows sent.
#[test]
fn the_oldest_java_client_as_a_whole() {
    let sandbox = Sandbox::new();
    phones::set_alias(&sandbox.state, APP_ID, &sandbox.reg_id, "alice");
    let message = json!({
        "target_type": "3", "target_value": "alice",
        "notification": {
            "app_message_id": "1", "title": "T", "sub_title": "", "content": "C", "click_action_type": 0,
            "click_action_activity": "", "click_action_url": "", "action_parameters": { "a": "b" },
            "show_time_type": 0, "show_start_time": 0, "show_end_time": 0, "off_line": true, "off_line_ttl": 86400,
            "push_time_type": 0, "push_start_time": 0, "fix_speed": false, "fix_speed_rate": 0,
        },
    });
    let token = format!("auth_token: {}", sandbox.token());
    let noted = accepted(&sandbox, &[FORM, &token], &[format!("message={message}")]);
    assert_eq!(
        noted,
        [
            "token-in-header",
            "numbers-as-strings",
            "target-type-3",
            "empty-values",
            "zero-values",
            "action-parameters-object"
        ]
    );
}

/// The strictest client sends title and content beside a private template.
#[test]
fn a_template_beside_title_and_content() {
    let sandbox = Sandbox::new();
    let message = sandbox.message(json!({
        "category": "IM", "notify_level": 2, "channel_id": "messages", "private_msg_template_id": "t",
        "action_parameters": "{\"a\":\"b\"}", "off_line": true, "off_line_ttl": 86400, "notify_id": 42,
        "app_message_id": "m",
    }));
    assert_eq!(unicast(&sandbox, &message), [""; 0]);
}
