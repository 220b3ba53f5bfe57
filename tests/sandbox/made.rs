//! What the control API says of saved messages, broadcasts, pictures, and of pushes that are not kept any more.

use serde_json::{Value, json};

use super::harness::{NOW, Sandbox};
use super::uploads::{MULTIPART, multipart};

const PATH: &str = "/server/v1/message/notification";

fn post(sandbox: &Sandbox, call: &str, fields: &[&str]) -> Value {
    let token = format!("auth_token={}", sandbox.token());
    let fields: Vec<String> =
        [token.as_str()].into_iter().chain(fields.iter().copied()).map(str::to_owned).collect();
    let answer = sandbox.form(&format!("{PATH}/{call}"), &fields).json();
    assert_eq!(answer["code"], 0, "{answer}");
    answer["data"].clone()
}

fn items(sandbox: &Sandbox, path: &str) -> Vec<Value> {
    sandbox.control("GET", path, json!({}))["items"].as_array().unwrap().clone()
}

#[test]
fn a_call_is_shown_with_what_it_made() {
    let sandbox = Sandbox::new();
    let parts =
        [format!("auth_token={}", sandbox.token()), "picture_ttl=60".into(), "file=@png:144x144:900".into()];
    let path = "/server/v1/media/upload/small_picture";
    let picture = sandbox.send("POST", path, &[MULTIPART.into()], &multipart(&parts)).json();
    let picture = picture["data"]["small_picture_id"].as_str().unwrap();
    let named = format!("small_picture_id={picture}");
    let url = "call_back_url=http://127.0.0.1:9/receipts/0123456789abcdef";
    let saved =
        post(&sandbox, "save_message_content", &["title=T", "content=C", "channel_id=chat", &named, url]);
    let message_id = saved["message_id"].as_str().unwrap();
    let target = format!("target_value={};nobody", sandbox.reg_id);
    let fields = [format!("message_id={message_id}"), "target_type=2".to_owned(), target];
    let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
    let task = post(&sandbox, "broadcast", &fields)["task_id"].clone();
    let again = post(&sandbox, "broadcast", &fields)["task_id"].clone();
    sandbox.control("POST", "/phones/phone-1/tap", json!({}));

    let uploaded = &items(&sandbox, "/pictures")[0];
    let wanted = json!({"id": 1, "picture_id": picture, "app_id": "30001", "kind": "small", "format": "png",
        "width": 144, "height": 144, "bytes": 900, "at_ms": NOW, "until_ms": NOW + 60_000});
    assert_eq!(uploaded, &wanted);
    let kept = &items(&sandbox, "/saved")[0];
    assert_eq!(
        (&kept["message_id"], &kept["notification"]["small_picture_id"]),
        (&saved["message_id"], &json!(picture))
    );
    assert_eq!(kept["notification"]["call_back_url"], "http://127.0.0.1:9/receipts/***");
    let tasks = items(&sandbox, "/broadcasts");
    let counts = |at: usize| {
        ["targets", "valid", "sent", "arrived", "shown", "opened"]
            .map(|name| tasks[at][name].as_i64().unwrap())
    };
    assert_eq!((counts(0), counts(1)), ([2, 1, 1, 1, 1, 0], [2, 1, 1, 1, 1, 1]));
    assert_eq!([&tasks[0]["task_id"], &tasks[1]["task_id"]], [&task, &again]);
    assert_eq!(items(&sandbox, "/broadcasts?after=1"), tasks[1..]);

    // Each call has what it made itself; of two broadcasts of one message only its own pushes.
    let calls = items(&sandbox, "/calls");
    let shown = |end: &str| {
        let of = calls.iter().filter(|call| call["path"].as_str().unwrap().ends_with(end));
        of.map(|call| sandbox.control("GET", &format!("/calls/{}", call["id"]), json!({})))
            .collect::<Vec<_>>()
    };
    assert_eq!(shown("small_picture")[0]["picture"], wanted);
    assert_eq!(&shown("save_message_content")[0]["saved"], kept);
    for (call, task) in shown("/broadcast").iter().zip(&tasks) {
        assert_eq!((&call["broadcast"], &call["saved"]), (task, &json!(null)));
        let of: Vec<&Value> =
            call["messages"].as_array().unwrap().iter().map(|message| &message["task_id"]).collect();
        assert_eq!(of, [&task["task_id"]]);
    }
    let phone = sandbox.control("GET", "/phones/phone-1", json!({}));
    assert_eq!(phone["pictures"], json!([wanted]));
}

/// The newest 1,000 of a phone are kept; the numbers of the others stay, by what became of them.
#[test]
fn pushes_that_are_not_kept_any_more_are_counted() {
    let sandbox = Sandbox::new();
    let batch = json!(vec![sandbox.message(json!({"channel_id": "chat"})); 1000]).to_string();
    let messages = format!("messages={batch}");
    post(&sandbox, "unicast_batch", &[&messages]);
    let forgotten = || {
        let info = sandbox.control("GET", "/info", json!({}))["forgotten"].clone();
        assert_eq!(sandbox.control("GET", "/phones/phone-1", json!({}))["forgotten"], info);
        info
    };
    assert_eq!(forgotten(), json!({}));
    sandbox.control("PATCH", "/phones/phone-1", json!({"notifications_enabled": false}));
    post(&sandbox, "unicast_batch", &[&messages]);
    post(&sandbox, "unicast_batch", &[&messages]);
    let kept = sandbox.control("GET", "/phones/phone-1", json!({}))["dropped"].as_array().unwrap().len();
    assert_eq!(forgotten(), json!({"shown": 1000, "dropped": 2000 - kept}));
    assert!((1000..1064).contains(&kept), "{kept}");
}
