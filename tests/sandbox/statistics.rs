//! What the sandbox tells of pushes afterwards: statistics, the quota, tags (OPPO reference, sections 4.5 and 7).

use serde_json::{Value, json};

use super::harness::{APP_ID, Sandbox};
use super::phones;

fn counts(sandbox: &Sandbox, fields: &[&str]) -> Value {
    let token = format!("auth_token={}", sandbox.token());
    let fields: Vec<String> = std::iter::once(token).chain(fields.iter().map(|f| (*f).to_owned())).collect();
    let answer = sandbox.form("/server/v1/message/statistics", &fields).json();
    let data = &answer["data"];
    let names = ["targetCount", "validCount", "sendCount", "arriveCount", "showCount", "openCount"];
    if data.is_null() {
        answer["code"].clone()
    } else {
        names.iter().map(|name| data[name].clone()).collect()
    }
}

fn tap(sandbox: &Sandbox, phone: &str) {
    let tapped = sandbox.send("POST", &format!("/_sandbox/v1/phones/{phone}/tap"), &[], b"{}").json();
    assert_eq!(tapped["opened"], json!(true), "{tapped}");
}

#[test]
fn a_unicast_is_counted_as_it_goes() {
    let sandbox = Sandbox::new();
    let token = sandbox.token();
    let message = sandbox.message(json!({ "channel_id": "chat" }));
    let answer = sandbox.unicast(&token, &message).json();
    let id = answer["data"]["messageId"].as_str().unwrap();
    let field = format!("message_id={id}");
    assert_eq!(counts(&sandbox, &[&field]), json!([1, 1, 1, 1, 1, 0]));
    tap(&sandbox, "phone-1");
    assert_eq!(counts(&sandbox, &[&field, &format!("task_id={id}")]), json!([1, 1, 1, 1, 1, 1]));
    // Without a channel it arrives and is not shown.
    let answer = sandbox.unicast(&token, &sandbox.message(json!({}))).json();
    let field = format!("message_id={}", answer["data"]["messageId"].as_str().unwrap());
    assert_eq!(counts(&sandbox, &[&field]), json!([1, 1, 1, 1, 0, 0]));
}

#[test]
fn a_broadcast_is_counted_by_task_and_its_numbers_stay() {
    let sandbox = Sandbox::new();
    let second = phones::add_phone(&sandbox.state, APP_ID);
    let message_id = phones::save_message(&sandbox.state, APP_ID, "m", json!({ "channel_id": "chat" }));
    let send = |list: String| {
        let fields = [
            format!("auth_token={}", sandbox.token()),
            format!("message_id={message_id}"),
            "target_type=2".into(),
            format!("target_value={list}"),
        ];
        let answer = sandbox.form("/server/v1/message/notification/broadcast", &fields).json();
        format!("task_id={}", answer["data"]["task_id"].as_str().unwrap_or_else(|| panic!("{answer}")))
    };
    assert_eq!(counts(&sandbox, &["message_id=m"]), json!([0, 0, 0, 0, 0, 0]), "saved, not sent");
    let task = send(format!("{};{second};nobody", sandbox.reg_id));
    let other = send(second.clone());
    assert_eq!(counts(&sandbox, &["message_id=m", &task]), json!([3, 2, 2, 2, 2, 0]));
    tap(&sandbox, "phone-1");
    assert_eq!(counts(&sandbox, &["message_id=m", &task]), json!([3, 2, 2, 2, 2, 1]));
    assert_eq!(counts(&sandbox, &["message_id=m", &other]), json!([1, 1, 1, 1, 1, 0]));
    assert_eq!(counts(&sandbox, &["message_id=m"]), json!([4, 3, 3, 3, 3, 1]));
    assert_eq!(sandbox.send("DELETE", "/_sandbox/v1/phones/phone-1", &[], b"").status, 200);
    assert_eq!(counts(&sandbox, &["message_id=m", &task]), json!([3, 2, 2, 2, 2, 1]));
    assert_eq!(counts(&sandbox, &["message_id=m", "task_id=none"]), json!(31));
}

#[test]
fn the_quota_that_is_left_goes_down_with_each_push() {
    for (rule, left) in
        [("permit-names=snake-case", "remain_count"), ("permit-names=camel-case", "remainCount")]
    {
        let sandbox = Sandbox::with_rules(&["daily-quota=3".into(), rule.into()]);
        let token = sandbox.token();
        let remaining = || {
            let headers = [format!("auth_token: {token}")];
            sandbox.send("GET", "/server/v1/feedback/fetch_push_permit", &headers, b"").json()["data"][left]
                .clone()
        };
        let codes: Vec<(Value, i64)> = (0..4)
            .map(|_| (remaining(), sandbox.unicast(&token, &sandbox.message(json!({}))).code()))
            .collect();
        assert_eq!(codes, [(json!(3), 0), (json!(2), 0), (json!(1), 0), (json!(0), 33)]);
        sandbox.move_clock(86_400_000);
        let headers = ["Authorization: key=demo-app-key".to_owned()];
        let by_key = sandbox.send("GET", "/server/v1/feedback/fetch_push_permit", &headers, b"").json();
        assert_eq!(by_key["data"][left], json!(3), "{by_key}");
    }
}

#[test]
fn tags_come_and_go_with_their_calls() {
    for (rule, shape) in [("object", true), ("list", false)] {
        let sandbox = Sandbox::with_rules(&[format!("all-tags-answer={rule}")]);
        let headers =
            ["Content-Type: application/json".to_owned(), format!("auth_token: {}", sandbox.token())];
        let device = |call: &str, tags: Value| {
            let body = json!({ "registration_id": sandbox.reg_id, "tags": tags }).to_string();
            let answer =
                sandbox.send("POST", &format!("/server/v1/device/{call}"), &headers, body.as_bytes());
            assert_eq!(answer.code(), 0);
            answer.json()["data"].clone()
        };
        device("subscribe_tags", json!("b;a"));
        device("subscribe_tags", json!(["c", "a"]));
        device("unsubscribe_tags", json!("b;never"));
        let all = device("get_all_tags", json!(null));
        assert_eq!(if shape { &all["tags"] } else { &all }, &json!(["a", "c"]));
    }
}

/// The first thousand go at once, the next a second later.
#[test]
fn a_fixed_speed_lets_so_many_go_each_second() {
    let sandbox = Sandbox::new();
    sandbox.add_phones(1500);
    phones::save_message(&sandbox.state, APP_ID, "m", json!({ "fix_speed": true, "fix_speed_rate": 1000 }));
    let fields =
        [format!("auth_token={}", sandbox.token()), "message_id=m".to_owned(), "target_type=1".to_owned()];
    assert_eq!(sandbox.form("/server/v1/message/notification/broadcast", &fields).code(), 0);
    let sent = || {
        sandbox.send("GET", "/_sandbox/v1/info", &[], b"");
        let count = "SELECT count(*) FROM delivery";
        sandbox.state.with(|tx| tx.query_row(count, [], |row| row.get::<_, i64>(0))).unwrap()
    };
    assert_eq!(sent(), 1000);
    sandbox.move_clock(999);
    assert_eq!(sent(), 1000);
    sandbox.move_clock(1);
    assert_eq!(sent(), 1501);
}
