//! A message saved once and sent to all, to lists and to tags (OPPO reference, sections 4.3 to 4.5).

use serde_json::{Value, json};

use super::harness::{APP_ID, NOW, Sandbox, register_as};
use super::{phones, wire};

const PATH: &str = "/server/v1/message/notification";

/// Saves a message; the fields are written `name=value`.
fn save(sandbox: &Sandbox, fields: &[&str]) -> Value {
    let token = format!("auth_token={}", sandbox.token());
    let plain = [token.as_str(), "title=T", "content=C"].into_iter().chain(fields.iter().copied());
    let fields: Vec<String> = plain.map(str::to_owned).collect();
    sandbox.form(&format!("{PATH}/save_message_content"), &fields).json()
}

fn saved(sandbox: &Sandbox, fields: &[&str]) -> String {
    let answer = save(sandbox, fields);
    answer["data"]["message_id"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
}

fn broadcast(sandbox: &Sandbox, message_id: &str, fields: &[&str]) -> Value {
    let fixed = [format!("auth_token={}", sandbox.token()), format!("message_id={message_id}")];
    let fields: Vec<String> = fixed.into_iter().chain(fields.iter().map(|f| (*f).to_owned())).collect();
    sandbox.form(&format!("{PATH}/broadcast"), &fields).json()
}

fn count(sandbox: &Sandbox, reg_id: &str) -> usize {
    phones::arrived(&sandbox.state, reg_id).len()
}

#[test]
fn the_references_example_is_saved_and_sent() {
    let sandbox = Sandbox::new();
    let reg_ids = [1, 2].map(|n| format!("OPPO_CN_{n:032}"));
    reg_ids.iter().for_each(|reg_id| phones::add_reg_id(&sandbox.state, APP_ID, reg_id));
    let insert = "INSERT INTO token (token, app_id, created_ms) VALUES ('demo-auth-token', ?1, ?2)";
    sandbox.state.with(|tx| tx.execute(insert, (APP_ID, NOW))).unwrap();
    let saving = super::tokens::close(include_bytes!("wire/save.http"));
    assert_eq!(wire::exchange(sandbox.addr, &saving).code(), 0);
    assert_eq!(sandbox.last_call().dialects, [""; 0]);
    phones::save_message(&sandbox.state, APP_ID, "demo-message-id", json!({}));
    let sending = super::tokens::close(include_bytes!("wire/broadcast.http"));
    let answer = wire::exchange(sandbox.addr, &sending).json();
    assert_eq!((&answer["code"], &answer["data"]["message_id"]), (&json!(0), &json!("demo-message-id")));
    assert_eq!(answer["data"]["status"], json!("call_success"));
    for reg_id in &reg_ids {
        assert_eq!(phones::arrived(&sandbox.state, reg_id)[0].0, "demo-message-id");
    }
}

#[test]
fn a_message_is_sent_as_it_was_saved_and_saved_once_per_app_message_id() {
    let sandbox = Sandbox::new();
    let first =
        saved(&sandbox, &["app_message_id=m", "sub_title=S", "notify_id=7", "off_line=false", "list=a"]);
    let again = saved(&sandbox, &["app_message_id=m", "sub_title=other"]);
    assert_eq!(first, again);
    assert_ne!(saved(&sandbox, &["app_message_id=n"]), first);
    let target = format!("target_value={}", sandbox.reg_id);
    assert_eq!(broadcast(&sandbox, &first, &["target_type=2", &target])["code"], json!(0));
    let expected = json!({
        "app_message_id": "m", "style": 1, "title": "T", "content": "C", "sub_title": "S", "notify_id": 7,
        "click_action_type": 0, "off_line": false, "off_line_ttl": 86_400,
    });
    assert_eq!(phones::arrived(&sandbox.state, &sandbox.reg_id)[0].1, expected);
}

#[test]
fn each_way_of_naming_all_reaches_every_phone_of_the_app_that_is_subscribed() {
    let sandbox = Sandbox::new();
    let second = phones::add_phone(&sandbox.state, APP_ID);
    let off = phones::add_phone(&sandbox.state, APP_ID);
    phones::unsubscribe(&sandbox.state, &off);
    register_as(&sandbox.state, "30002", "other-app-key");
    let other = phones::add_phone(&sandbox.state, "30002");
    let message_id = saved(&sandbox, &[]);
    for (at, fields) in
        [&["target_type=1"][..], &["target_type=1", "target_value="], &["target_type=1", "target_value=null"]]
            .iter()
            .enumerate()
    {
        let answer = broadcast(&sandbox, &message_id, fields);
        assert_eq!(answer["code"], json!(0), "{answer}");
        let counts = [&sandbox.reg_id, &second, &off, &other].map(|reg_id| count(&sandbox, reg_id));
        assert_eq!(counts, [at + 1, at + 1, 0, 0]);
    }
}

#[test]
fn targets_that_fail_are_listed_by_their_code() {
    let sandbox = Sandbox::new();
    let off = phones::add_phone(&sandbox.state, APP_ID);
    phones::unsubscribe(&sandbox.state, &off);
    let message_id = saved(&sandbox, &[]);
    let list = format!("target_value={0};nobody;{off};{0};nowhere", sandbox.reg_id);
    let answer = broadcast(&sandbox, &message_id, &["target_type=2", &list]);
    let data = &answer["data"];
    assert_eq!(answer["code"], json!(0));
    assert_eq!(data["10000"], json!(["nobody", "nowhere"]));
    assert_eq!(data["10001"], json!([off]));
    assert_eq!(data["10004"], json!([sandbox.reg_id]));
    assert!(data["task_id"].is_string() && data["message_id"] == json!(message_id));
    assert_eq!(count(&sandbox, &sandbox.reg_id), 1);
}

#[test]
fn lists_are_separated_by_semicolons_or_commas_and_an_alias_may_have_a_comma() {
    let sandbox = Sandbox::new();
    let second = phones::add_phone(&sandbox.state, APP_ID);
    phones::set_alias(&sandbox.state, APP_ID, &sandbox.reg_id, "a,b");
    phones::set_alias(&sandbox.state, APP_ID, &second, "c");
    let message_id = saved(&sandbox, &[]);
    let both = format!("target_value={},{second}", sandbox.reg_id);
    for (fields, expected, dialects) in [
        (["target_type=2", both.as_str()], [1, 1], &["comma-separated-targets"][..]),
        (["target_type=5", "target_value=a,b"], [2, 1], &[]),
        (["target_type=3", "target_value=c"], [2, 2], &["target-type-3"]),
    ] {
        let answer = broadcast(&sandbox, &message_id, &fields);
        assert_eq!(answer["data"].as_object().unwrap().len(), 3, "{answer}");
        assert_eq!([&sandbox.reg_id, &second].map(|reg_id| count(&sandbox, reg_id)), expected);
        assert_eq!(sandbox.last_call().dialects, dialects);
    }
}

#[test]
fn tags_are_named_by_an_expression_or_by_the_older_list() {
    for (rule, fields, expected) in [
        ("any", ["target_type=6", r#"target_value={"and":["red", "round"]}"#], [0, 1, 0]),
        ("any", ["target_type=6", r#"target_value={ "or" : [ "red" , "square" ] }"#], [1, 1, 1]),
        ("any", ["target_type=6", r#"target_value={"and":["red"],"not":["round"]}"#], [1, 0, 0]),
        ("any", ["target_type=4", "target_value=round;square"], [0, 1, 1]),
        ("all", ["target_type=4", "target_value=red;round"], [0, 1, 0]),
        ("any", ["target_type=6", "target_value=square"], [0, 0, 1]),
        ("any", ["target_type=6", "target_value={\"and\":[\"none\"]}"], [0, 0, 0]),
    ] {
        let sandbox = Sandbox::with_rules(&[format!("tag-list={rule}")]);
        let second = phones::add_phone(&sandbox.state, APP_ID);
        let third = phones::add_phone(&sandbox.state, APP_ID);
        for (reg_id, tag) in
            [(&sandbox.reg_id, "red"), (&second, "red"), (&second, "round"), (&third, "square")]
        {
            phones::add_tag(&sandbox.state, APP_ID, reg_id, tag);
        }
        let answer = broadcast(&sandbox, &saved(&sandbox, &[]), &fields);
        assert_eq!(answer["code"], json!(0), "{answer}");
        let counts = [&sandbox.reg_id, &second, &third].map(|reg_id| count(&sandbox, reg_id));
        assert_eq!(counts, expected, "{fields:?}");
    }
}

#[test]
fn a_scheduled_push_goes_at_its_time() {
    let sandbox = Sandbox::new();
    let start = format!("push_start_time={}", NOW + 60_000);
    let message_id = saved(&sandbox, &["push_time_type=1", &start]);
    let answer = broadcast(&sandbox, &message_id, &["target_type=1"]);
    assert!(answer["data"]["task_id"].is_string(), "{answer}");
    // One that is there by then is one of all users.
    let late = phones::add_phone(&sandbox.state, APP_ID);
    let arrived = || {
        let path = format!("/_sandbox/v1/messages?message_id={message_id}");
        sandbox.send("GET", &path, &[], b"").json()["items"].as_array().unwrap().len()
    };
    sandbox.move_clock(59_999);
    assert_eq!(arrived(), 0);
    sandbox.move_clock(1);
    assert_eq!(arrived(), 2);
    assert_eq!([count(&sandbox, &sandbox.reg_id), count(&sandbox, &late)], [1, 1]);
}

#[test]
fn a_saved_message_can_be_too_old() {
    let sandbox = Sandbox::with_rules(&["saved-message-lifetime=1h".into()]);
    let message_id = saved(&sandbox, &["app_message_id=m"]);
    sandbox.move_clock(3_599_999);
    assert_eq!(broadcast(&sandbox, &message_id, &["target_type=1"])["code"], json!(0));
    sandbox.move_clock(1);
    assert_eq!(broadcast(&sandbox, &message_id, &["target_type=1"])["code"], json!(31));
    assert_ne!(saved(&sandbox, &["app_message_id=m"]), message_id);
}

/// More phones than go at once are pushed to a moment later, each once.
#[test]
fn all_users_are_reached_however_many_they_are() {
    let sandbox = Sandbox::new();
    sandbox.add_phones(10_050);
    let answer = broadcast(&sandbox, &saved(&sandbox, &[]), &["target_type=1"]);
    assert_eq!(answer["code"], json!(0), "{answer}");
    let wanted = "SELECT count(*), count(DISTINCT phone) FROM delivery";
    let counts = || sandbox.state.with(|tx| tx.query_row(wanted, [], |row| Ok((row.get(0)?, row.get(1)?))));
    let due = "SELECT EXISTS (SELECT 1 FROM broadcast WHERE due_at IS NOT NULL)";
    while sandbox.state.with(|tx| tx.query_row(due, [], |row| row.get::<_, bool>(0))).unwrap() {
        std::thread::yield_now();
    }
    assert_eq!(counts().unwrap(), (10_051, 10_051));
}
