//! `opush oppo alias | tag | quota | statistics | invalid-reg-ids` against the sandbox, and against a vendor whose answers are odd.

use serde_json::{Value, json};

use super::harness::Home;
use super::send::{REG_ID, demo, granted};
use super::vendor::{Received, Reply, Vendor, json as body};

/// A sandbox with one phone, and its regId.
fn with_phone() -> (Home, String) {
    let home = Home::new().variable("OPUSH_PROFILE", "sandbox");
    let (code, phone) = home.json(&["sandbox", "phone", "add", "--name", "find-x"]);
    assert_eq!(code, 0);
    (home, phone["reg_id"].as_str().unwrap().to_owned())
}

/// Auth works, and everything else is answered with this.
fn answering(answer: &'static str) -> Vendor {
    Vendor::start(move |request, _| if request.is_auth() { granted() } else { Reply::Keep(body(answer)) })
}

fn calls(vendor: &Vendor) -> Vec<Received> {
    vendor.received().into_iter().filter(|request| !request.is_auth()).collect()
}

#[test]
fn an_alias_that_is_set_gets_the_push_and_one_that_is_deleted_does_not() {
    let (home, reg_id) = with_phone();
    let push = ["send", "--alias", "alice", "--title", "Hello", "--content", "x"];
    home.run(&push).expect(5);
    let (code, set) = home.json(&["oppo", "alias", "set", "alice", "--reg-id", &reg_id]);
    assert_eq!((code, &set["done"], &set["reg_id"]), (0, &json!(true), &json!(reg_id)));
    home.run(&push).expect(0);
    home.run(&["oppo", "alias", "delete", "alice"]).expect(0);
    let (code, refused) = home.json(&["oppo", "alias", "delete", "alice"]);
    assert_eq!((code, &refused["error"]["code"]), (5, &json!(10002)));
    home.run(&push).expect(5);
}

#[test]
fn tags_are_made_given_listed_and_taken() {
    let (home, reg_id) = with_phone();
    let tags = |home: &Home| home.json(&["oppo", "tag", "list", "--reg-id", &reg_id]).1["tags"].clone();
    home.run(&["oppo", "tag", "add", "sport", "--desc", "news of sport"]).expect(0);
    home.run(&["oppo", "tag", "add", "sport"]).expect(5);
    home.run(&["oppo", "tag", "subscribe", "sport", "体育", "--reg-id", &reg_id]).expect(0);
    assert_eq!(tags(&home), json!(["sport", "体育"]));
    home.run(&["oppo", "tag", "unsubscribe", "体育", "--reg-id", &reg_id]).expect(0);
    assert_eq!(tags(&home), json!(["sport"]));
    // Whether the answer is an object or the list alone is not known.
    let lists = answering(r#"{"code":0,"data":["a","b"]}"#);
    let (code, listed) = demo(&lists.url()).json(&["oppo", "tag", "list", "--reg-id", REG_ID]);
    assert_eq!((code, &listed["tags"], &listed["answer"]), (0, &json!(["a", "b"]), &json!(["a", "b"])));
}

#[test]
fn a_device_call_is_json_with_the_token_in_a_header_alone() {
    let vendor = answering(r#"{"code":0,"message":"success"}"#);
    let home = demo(&vendor.url());
    let ran = home.run(&["oppo", "tag", "subscribe", "a", "b", "--reg-id", REG_ID, "-v"]).expect(0);
    assert!(!ran.stderr.contains("t-1"), "{ran}");
    let asked = &calls(&vendor)[0];
    assert!(asked.head.starts_with("POST /server/v1/device/subscribe_tags HTTP/1.1\r\n"), "{}", asked.head);
    let head = asked.head.to_ascii_lowercase();
    assert!(head.contains("content-type: application/json") && head.contains("auth_token: t-1"), "{head}");
    let sent: Value = serde_json::from_str(&asked.body).unwrap();
    assert_eq!(sent, json!({ "registration_id": REG_ID, "tags": "a;b" }));
}

#[test]
fn quota_and_statistics_are_shown_as_they_came() {
    let (home, reg_id) = with_phone();
    let (_, quota) = home.json(&["oppo", "quota"]);
    assert_eq!(
        (&quota["unconfirmed"], &quota["answer"]["total_count"]),
        (&json!(true), &json!(100_000)),
        "{quota}"
    );
    let (_, pushed) = home.json(&["send", "--reg-id", &reg_id, "--title", "Hello", "--content", "x"]);
    let message = pushed["message_id"].as_str().unwrap();
    let (code, statistics) = home.json(&["oppo", "statistics", message]);
    assert_eq!((code, &statistics["answer"]["sendCount"]), (0, &json!(1)), "{statistics}");
    home.run(&["oppo", "statistics", "30001-1-1-000000000000000000000000"]).expect(5);
    let auth = r#"{"code":0,"data":{"auth_token":"s3cret-auth-token"}}"#;
    let odd = r#"{"code":0,"data":{"left":{"a":"\u001b[31ms3cret-auth-token"},"b":7,"\u001b[2J":null}}"#;
    let odd = Vendor::start(move |request, _| Reply::Keep(body(if request.is_auth() { auth } else { odd })));
    let ran = demo(&odd.url()).run(&["oppo", "quota"]).expect(0);
    assert!(ran.stdout.contains("left") && ran.stdout.contains('7'), "{ran}");
    assert!(!ran.stdout.contains('\u{1b}') && !ran.stdout.contains("s3cret"), "{ran}");
}

#[test]
fn a_question_is_asked_again_and_a_change_that_may_be_done_is_not() {
    for (command, tries) in [
        (vec!["oppo", "quota"], 3),
        (vec!["oppo", "alias", "set", "a", "--reg-id", REG_ID], 3),
        (vec!["oppo", "alias", "delete", "a"], 1),
        (vec!["oppo", "invalid-reg-ids"], 1),
    ] {
        let vendor = Vendor::start(|request, _| {
            if request.is_auth() {
                granted()
            } else {
                Reply::Close(b"HTTP/1.1 200 OK\r\nContent-Len".to_vec())
            }
        });
        demo(&vendor.url()).run(&command).expect(6);
        assert_eq!(calls(&vendor).len(), tries, "{command:?}");
    }
}

/// A vendor that lists these as invalid, and a home where so many of so many were reported.
fn listed(dead: usize, all: usize) -> (Vendor, Home) {
    let reg_id = |number: usize| format!("CN_{number:032}");
    let list: Vec<String> = (0..dead).map(reg_id).collect();
    let answer = json!({ "code": 0, "data": { "registration_ids": list, "totalCount": dead } }).to_string();
    let vendor = Vendor::start(
        move |request, _| {
            if request.is_auth() { granted() } else { Reply::Keep(body(&answer)) }
        },
    );
    let home = demo(&vendor.url());
    let rows: Vec<String> = (0..all).map(|number| format!("u{number},7005,{}", reg_id(number))).collect();
    home.write("tokens.csv", format!("user,certificate_id,reg_id\n{}\n", rows.join("\n")));
    home.run(&["token", "import", "tokens.csv"]).expect(0);
    (vendor, home)
}

fn current(home: &Home) -> usize {
    home.json(&["token", "list"]).1["items"].as_array().unwrap().len()
}

#[test]
fn a_prune_ends_the_reports_of_listed_reg_ids_and_a_list_alone_ends_none() {
    let (_vendor, home) = listed(2, 12);
    let (code, list) = home.json(&["oppo", "invalid-reg-ids"]);
    assert_eq!((code, &list["pruned"], &list["total"]), (0, &json!(null), &json!(2)));
    assert_eq!(list["items"][1]["user"], "u1");
    assert_eq!(current(&home), 12);
    let (code, pruned) = home.json(&["oppo", "invalid-reg-ids", "--prune"]);
    assert_eq!((code, &pruned["pruned"], &pruned["items"][0]["removed"]), (0, &json!(2), &json!(true)));
    assert_eq!(current(&home), 10);
    let (_, history) = home.json(&["token", "show", "--user", "u0"]);
    let ended = history["items"].as_array().unwrap().iter().find(|item| item["user"] == "u0").unwrap();
    assert_eq!(
        (&ended["state"], &ended["ended_reason"]),
        (&json!("removed"), &json!("OPPO lists the regId as invalid"))
    );
}

#[test]
fn over_a_fifth_is_not_pruned_without_a_yes_and_the_list_is_printed_all_the_same() {
    let (_vendor, home) = listed(6, 12);
    let (code, refused) = home.json(&["oppo", "invalid-reg-ids", "--prune"]);
    assert_eq!((code, &refused["error"]["place"]), (2, &json!("--yes")));
    assert_eq!(refused["items"].as_array().unwrap().len(), 6);
    assert_eq!(current(&home), 12);
    home.run(&["oppo", "invalid-reg-ids", "--prune", "--yes"]).expect(0);
    assert_eq!(current(&home), 6);
}

#[test]
fn overseas_has_no_host_for_them() {
    let toml = "[profile.far]\nregion = \"intl\"\n[[profile.far.certificate]]\nid = 7005\napp_id = \"30001\"\n\
                app_key = \"k\"\nmaster_secret = { env = \"DEMO_SECRET\" }\nchannel_id = \"c\"\n";
    let home = Home::with_config(toml).variable("DEMO_SECRET", "s");
    for (words, key) in [(vec!["quota"], "feedback"), (vec!["alias", "delete", "a"], "device")] {
        let (code, value) = home.json(&[&["oppo"][..], &words].concat());
        assert_eq!((code, &value["error"]["kind"]), (3, &json!("missing-key")), "{value}");
        assert!(value["error"]["hint"].as_str().unwrap().contains(key), "{value}");
    }
}
