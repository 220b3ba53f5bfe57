//! `opush broadcast` against the sandbox, and against a vendor that loses answers: who gets it, and that nobody gets it twice.

use serde_json::{Value, json};

use super::harness::Home;
use super::send::{REG_ID, demo, granted};
use super::vendor::{Received, Reply, Vendor, json as body};

const SAVE: [&str; 6] = ["broadcast", "save", "--title", "Hello", "--content", "news"];

/// A sandbox with these phones, which have aliases of their names; and their regIds.
fn with_phones(names: &[&str]) -> (Home, Vec<String>) {
    let home = Home::new().variable("OPUSH_PROFILE", "sandbox");
    let add = |name: &&str| {
        let (code, phone) = home.json(&["sandbox", "phone", "add", "--name", name, "--alias", name]);
        assert_eq!(code, 0, "{phone}");
        phone["reg_id"].as_str().unwrap().to_owned()
    };
    let reg_ids = names.iter().map(add).collect();
    (home, reg_ids)
}

/// How many notifications a phone shows.
fn shown(home: &Home, phone: &str) -> i64 {
    home.json(&["sandbox", "phone", "show", phone]).1["shown"].as_i64().unwrap()
}

fn saved(home: &Home, more: &[&str]) -> Value {
    let (code, saved) = home.json(&[&SAVE[..], more].concat());
    assert_eq!(code, 0, "{saved}");
    saved
}

/// Auth works, a save gives `m-1`, and a broadcast is answered by this, which is given how many came before.
fn vendor(answer: impl Fn(usize) -> Reply + Send + Sync + 'static) -> Vendor {
    let sent = std::sync::atomic::AtomicUsize::new(0);
    Vendor::start(move |request, _| match request.head.split(' ').nth(1).unwrap_or_default() {
        path if path.ends_with("/auth") => granted(),
        path if path.ends_with("/save_message_content") => {
            Reply::Keep(body(r#"{"code":0,"data":{"message_id":"m-1"}}"#))
        }
        _ => answer(sent.fetch_add(1, std::sync::atomic::Ordering::SeqCst)),
    })
}

fn taken() -> Reply {
    Reply::Keep(body(r#"{"code":0,"data":{"message_id":"m-1","task_id":"t-9"}}"#))
}

fn lost() -> Reply {
    Reply::Close(b"HTTP/1.1 200 OK\r\nContent-Len".to_vec())
}

fn broadcasts(vendor: &Vendor) -> Vec<Received> {
    let all = vendor.received().into_iter();
    all.filter(|request| request.head.contains("/message/notification/broadcast ")).collect()
}

fn field(request: &Received, name: &str) -> String {
    let mut pairs = url::form_urlencoded::parse(request.body.as_bytes());
    pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned()).unwrap_or_default()
}

#[test]
fn a_saved_message_goes_to_lists_tags_and_everyone() {
    let (home, reg_ids) = with_phones(&["a", "b"]);
    home.write("phones.txt", format!("{}\n", reg_ids[0]));
    home.write("aliases.txt", "b\n");
    let message = saved(&home, &[]);
    assert_eq!((&message["number"], &message["error"]), (&json!(1), &json!(null)));
    assert_eq!((shown(&home, "a"), shown(&home, "b")), (0, 0), "saving sends nothing");
    let (code, sent) = home.json(&["broadcast", "send", "1", "--reg-ids", "phones.txt"]);
    assert_eq!((code, &sent["items"][0]["status"]), (0, &json!("accepted")), "{sent}");
    assert_eq!((shown(&home, "a"), shown(&home, "b")), (1, 0));
    home.run(&["broadcast", "send", message["message_id"].as_str().unwrap(), "--aliases", "aliases.txt"])
        .expect(0);
    assert_eq!((shown(&home, "a"), shown(&home, "b")), (1, 1));
    home.run(&["oppo", "tag", "subscribe", "sport", "--reg-id", &reg_ids[1]]).expect(0);
    saved(&home, &[]);
    home.run(&["broadcast", "send", "2", "--tags", "sport"]).expect(0);
    assert_eq!((shown(&home, "a"), shown(&home, "b")), (1, 2));
    saved(&home, &[]);
    home.run(&["broadcast", "send", "3", "--all", "--confirm", "com.example.demo"]).expect(0);
    assert_eq!((shown(&home, "a"), shown(&home, "b")), (2, 3));
    let (_, status) = home.json(&["broadcast", "status", "3"]);
    assert_eq!((&status["calls"][0]["audience"], &status["answer"]["sendCount"]), (&json!("all"), &json!(3)));
}

#[test]
fn targets_that_fail_inside_an_accepted_call_are_named_by_code_and_the_exit_is_7() {
    let (home, reg_ids) = with_phones(&["a"]);
    home.write("phones.txt", format!("{}\n{REG_ID}\n", reg_ids[0]));
    home.write("dead.txt", REG_ID);
    saved(&home, &[]);
    let (code, sent) = home.json(&["broadcast", "send", "1", "--reg-ids", "phones.txt"]);
    assert_eq!((code, &sent["refused_targets"]), (7, &json!({ "10000": 1 })), "{sent}");
    assert_eq!(sent["items"][0]["refused_targets"], json!({ "10000": [REG_ID] }));
    let (code, sent) = home.json(&["broadcast", "send", "1", "--reg-ids", "dead.txt"]);
    assert_eq!((code, &sent["error"]["code"]), (5, &json!(10000)), "{sent}");
}

#[test]
fn a_lost_answer_is_unknown_and_no_later_command_repeats_it_unasked() {
    let vendor = vendor(|before| if before == 0 { lost() } else { taken() });
    let home = demo(&vendor.url());
    home.write("phones.txt", REG_ID);
    saved(&home, &[]);
    let send = ["broadcast", "send", "1", "--reg-ids", "phones.txt"];
    for _ in 0..2 {
        let (code, sent) = home.json(&send);
        assert_eq!((code, &sent["items"][0]["status"]), (6, &json!("unknown")), "{sent}");
        assert_eq!(broadcasts(&vendor).len(), 1, "it is not sent again");
    }
    let (_, list) = home.json(&["history", "list", "--status", "unknown"]);
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
    let (code, sent) = home.json(&[&send[..], &["--retry-unknown"]].concat());
    assert_eq!((code, &sent["items"][0]["task_id"]), (0, &json!("t-9")), "{sent}");
    let (code, sent) = home.json(&send);
    assert_eq!((code, &sent["items"][0]["status"]), (0, &json!("already_sent")), "{sent}");
    assert_eq!(broadcasts(&vendor).len(), 2);
    home.run(&[&send[..], &["--again"]].concat()).expect(0);
    assert_eq!(broadcasts(&vendor).len(), 3);
}

#[test]
fn a_long_list_is_split_and_goes_on_where_it_stopped() {
    let limit = r#"{"code":33,"message":"The number of messages exceeds the daily limit"}"#;
    let vendor = vendor(move |before| if before == 1 { Reply::Keep(body(limit)) } else { taken() });
    let home = demo(&vendor.url());
    let list: String = (0..2500).map(|number| format!("CN_{number:032}\n")).collect();
    home.write("phones.txt", list);
    saved(&home, &[]);
    let send = ["broadcast", "send", "1", "--reg-ids", "phones.txt"];
    let statuses = |sent: &Value| -> Vec<String> {
        let items = sent["items"].as_array().unwrap();
        items.iter().map(|item| item["status"].as_str().unwrap().to_owned()).collect()
    };
    let (code, sent) = home.json(&send);
    assert_eq!((code, statuses(&sent)), (7, vec!["accepted".into(), "refused".into(), "not_sent".into()]));
    assert_eq!(broadcasts(&vendor).len(), 2, "nothing is sent after a refusal");
    let (code, sent) = home.json(&send);
    assert_eq!(
        (code, statuses(&sent)),
        (0, vec!["already_sent".into(), "accepted".into(), "accepted".into()])
    );
    let sizes: Vec<usize> =
        broadcasts(&vendor).iter().map(|one| field(one, "target_value").split(';').count()).collect();
    assert_eq!(sizes, [1000, 1000, 1000, 500]);
    assert_eq!(field(&broadcasts(&vendor)[0], "target_type"), "2");
    let (_, push) = home.json(&["history", "show", "1"]);
    let request = push["request"].as_str().unwrap();
    assert!(request.contains("(1000 in all)") && request.len() < 1500, "{request}");
}

#[test]
fn a_broadcast_to_everyone_wants_the_package_of_the_app() {
    let vendor = vendor(|_| taken());
    let home = demo(&vendor.url());
    saved(&home, &[]);
    let all = |more: &[&str]| home.json(&[&["broadcast", "send", "1", "--all"], more].concat());
    let (code, refused) = all(&[]);
    assert_eq!((code, &refused["error"]["place"]), (2, &json!("--confirm")), "{refused}");
    let (code, refused) = all(&["--confirm", "com.example.other"]);
    assert_eq!((code, &refused["error"]["kind"]), (4, &json!("bad-name")), "{refused}");
    assert!(broadcasts(&vendor).is_empty());
    assert_eq!(all(&["--confirm", "com.example.demo"]).0, 0);
    assert_eq!(field(&broadcasts(&vendor)[0], "target_type"), "1");
}

#[test]
fn a_dry_run_needs_no_network_and_shows_the_requests() {
    let home = demo("http://127.0.0.1:9");
    let ran = home.run(&[&SAVE[..], &["--dry-run", "--speed", "2000"]].concat()).expect(0);
    for part in [
        "save_message_content",
        "title=Hello",
        "fix_speed=true",
        "fix_speed_rate=2000",
        "auth_token=********",
    ] {
        assert!(ran.stdout.contains(part), "{part} in {ran}");
    }
    home.write("phones.txt", REG_ID);
    let ran =
        home.run(&["broadcast", "send", "m-7", "--reg-ids", "phones.txt", "--dry-run", "--curl"]).expect(0);
    assert!(ran.stdout.contains("curl -sS") && ran.stdout.contains(REG_ID), "{ran}");
    home.run(&["broadcast", "send", "m-7", "--all", "--dry-run"]).expect(0);
}

#[test]
fn a_message_with_a_time_goes_to_everyone_alone() {
    let (home, _) = with_phones(&["a"]);
    let message = saved(&home, &["--at", "2099-01-01T00:00:00Z"]);
    assert_eq!(message["scheduled_at"], "2099-01-01T00:00:00Z");
    let (code, refused) = home.json(&["broadcast", "send", "1", "--tags", "sport"]);
    assert_eq!((code, &refused["error"]["kind"]), (4, &json!("contradictory-fields")), "{refused}");
    let (code, sent) = home.json(&["broadcast", "send", "1", "--all", "--confirm", "com.example.demo"]);
    assert_eq!((code, &sent["scheduled_at"], shown(&home, "a")), (0, &json!("2099-01-01T00:00:00Z"), 0));
}

/// The head of a PNG of this size; nobody reads further.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    let head = [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], &width.to_be_bytes(), &height.to_be_bytes()];
    [&head.concat()[..], &[8, 6, 0, 0, 0, 0, 0, 0, 0]].concat()
}

#[test]
fn pictures_are_judged_uploaded_and_used_by_a_message() {
    let (home, _) = with_phones(&["a"]);
    home.write("banner.png", png(876, 324));
    home.write("icon.png", png(144, 144));
    let upload = |more: &[&str]| {
        home.json(&[&["oppo", "picture", "upload", "icon.png", "--kind", "small-picture"], more].concat())
    };
    let (code, first) = upload(&[]);
    assert_eq!((code, &first["cached"], &first["format"]), (0, &json!(false), &json!("png")), "{first}");
    let (_, again) = upload(&["--again"]);
    assert_ne!(again["picture_id"], first["picture_id"]);
    let message = saved(&home, &["--big-picture", "banner.png", "--small-picture", "icon.png"]);
    assert!(message["big_picture_id"].is_string() && message["small_picture_id"].is_string(), "{message}");
    home.run(&["broadcast", "send", "1", "--all", "--confirm", "com.example.demo"]).expect(0);
    assert_eq!(shown(&home, "a"), 1);
}
