//! Phones in bulk: rows that take pushes as any phone does.

use serde_json::{Value, json};

use super::harness::{APP_ID, Sandbox};

fn control(sandbox: &Sandbox, method: &str, path: &str, body: &Value) -> (u16, Value) {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let reply = sandbox.send(method, &format!("/_sandbox/v1{path}"), &[], body.as_bytes());
    (reply.status, reply.json())
}

fn like() -> Value {
    json!({"app_id": APP_ID, "channel_id": "orders"})
}

fn push(sandbox: &Sandbox, reg_id: &str) -> Value {
    let mut message = sandbox.message(json!({"channel_id": "orders"}));
    message["target_value"] = reg_id.into();
    sandbox.unicast(&sandbox.token(), &message).json()
}

#[test]
fn a_pattern_makes_phones_that_show_what_is_pushed_and_are_not_listed_until_they_are_changed() {
    let sandbox = Sandbox::new();
    let many = json!({"pattern": "OPPO_CN_{}", "count": 1234, "phone": like()});
    assert_eq!(control(&sandbox, "POST", "/phones/bulk", &many), (201, json!({"added": 1234, "known": 0})));
    let reg_id = format!("OPPO_CN_{:032x}", 1234);
    assert_eq!(push(&sandbox, &reg_id)["code"], 0);
    let (_, messages) = control(&sandbox, "GET", "/messages", &Value::Null);
    let message = &messages["items"][0];
    assert_eq!((&message["stage"], &message["reg_id"]), (&json!("shown"), &json!(reg_id)));
    let path = format!("/phones/{}", message["phone"].as_str().unwrap());
    let (_, phone) = control(&sandbox, "GET", &path, &Value::Null);
    assert_eq!(phone["channels"], json!([{"id": "orders", "importance": "default"}]));
    assert_eq!(phone["notifications"].as_array().unwrap().len(), 1);

    let listed = || control(&sandbox, "GET", "/phones", &Value::Null).1["items"].as_array().unwrap().len();
    assert_eq!(listed(), 1, "the one of the harness");
    let (status, changed) = control(&sandbox, "PATCH", &path, &json!({"network": "off"}));
    assert_eq!((status, &changed["channels"]), (200, &phone["channels"]));
    assert_eq!(listed(), 2);
    push(&sandbox, &reg_id);
    let (_, held) = control(&sandbox, "GET", "/messages?stage=held", &Value::Null);
    assert_eq!(held["items"].as_array().unwrap().len(), 1, "{held}");
}

#[test]
fn of_a_list_of_reg_ids_those_that_are_known_are_left_out() {
    let sandbox = Sandbox::new();
    let new = format!("CN_{:032x}", 7);
    let many = json!({"reg_ids": [new, sandbox.reg_id, new], "phone": like()});
    assert_eq!(control(&sandbox, "POST", "/phones/bulk", &many), (201, json!({"added": 1, "known": 2})));
    assert_eq!(push(&sandbox, &new)["code"], 0);
}

#[test]
fn what_makes_no_phones_is_refused() {
    let sandbox = Sandbox::new();
    let of = |more: Value| {
        let mut many = json!({"phone": like()});
        more.as_object().unwrap().iter().for_each(|(name, value)| many[name] = value.clone());
        many
    };
    for (body, id, field) in [
        (of(json!({})), "bad-value", "reg_ids"),
        (of(json!({"reg_ids": [], "count": 1})), "bad-value", "reg_ids"),
        (of(json!({"reg_ids": ["x"]})), "bad-value", "reg_ids"),
        (of(json!({"pattern": "CN_{}"})), "bad-value", "reg_ids"),
        (of(json!({"pattern": "CN_{}", "count": 0})), "bad-value", "count"),
        (of(json!({"pattern": "CN_{}", "count": 10_000_001})), "bad-value", "count"),
        (of(json!({"pattern": "CN_", "count": 1})), "bad-value", "pattern"),
        (of(json!({"pattern": "x{}", "count": 1})), "bad-value", "pattern"),
        (of(json!({"pattern": "CN_{}", "count": 1, "more": 1})), "bad-body", ""),
        (json!({"pattern": "CN_{}", "count": 1}), "bad-body", ""),
        (of(json!({"pattern": "CN_{}", "count": 1, "phone": {"app_id": "1"}})), "unknown-app", ""),
        (
            of(json!({"pattern": "CN_{}", "count": 1, "phone": {"app_id": APP_ID, "name": "n"}})),
            "bad-value",
            "phone.name",
        ),
        (
            of(json!({"pattern": "CN_{}", "count": 1, "phone": {"app_id": APP_ID, "alias": "n"}})),
            "bad-value",
            "phone.alias",
        ),
        (
            of(json!({"pattern": "CN_{}", "count": 1, "phone": {"app_id": APP_ID, "android": 99}})),
            "bad-value",
            "android",
        ),
    ] {
        let (status, answer) = control(&sandbox, "POST", "/phones/bulk", &body);
        let error = &answer["error"];
        assert!((400..500).contains(&status), "{body}: {answer}");
        assert_eq!(
            (error["id"].as_str().unwrap(), error["fields"][0]["field"].as_str().unwrap_or_default()),
            (id, field),
            "{body}"
        );
    }
    let (_, phones) = control(&sandbox, "GET", "/phones", &Value::Null);
    assert_eq!(phones["items"].as_array().unwrap().len(), 1);
}
