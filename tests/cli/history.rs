//! `opush history`: what was sent, what OPPO answered, what was held back; secrets masked.

use serde_json::{Value, json};

use super::harness::Home;
use super::masks::plain;
use super::send::{NOBODY, accepted, demo, granted, send};
use super::vendor::{Reply, Vendor, json as body};

/// One of each end: accepted, refused, unknown, not sent, held back.
fn storied() -> (Vendor, Home) {
    let vendor = Vendor::start(|request, before| match (request.is_auth(), before) {
        (true, _) => granted(),
        (false, 0) => accepted(),
        (false, 1) => Reply::Keep(body(r#"{"code":10000,"message":"Invalid\u001b[31m Registration_id"}"#)),
        (false, _) => Reply::Keep(body("{\"code\":0,\"x\":\"\u{1b}[2J\"}")),
    });
    let home = demo(&vendor.url());
    home.run(&send(&["--app-message-id", "first"])).expect(0);
    home.run(&send(&[])).expect(5);
    home.run(&send(&[])).expect(6);
    let toml = home.read("opush.toml");
    home.write("opush.toml", toml.replace(&vendor.url(), NOBODY));
    home.run(&send(&["--app-message-id", "fourth"])).expect(6);
    home.run(&["send", "--user", "alice", "--title", "a", "--content", "b"]).expect(9);
    home.run(&["send", "--profile", "sandbox", "--alias", "bob", "--title", "a", "--content", "b"]).expect(5);
    (vendor, home)
}

#[test]
fn list_is_newest_first_and_names_every_end() {
    let (_vendor, home) = storied();
    let ran = home.run(&["history", "list"]);
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush history list
    ID  AT (UTC)             PROFILE            CERT  TO                                   TITLE  MESSAGE_ID                          STATUS
    6   <date> <time>  sandbox (sandbox)  1     bob                                  a                                          refused 10002
    5   <date> <time>  demo (cn)                alice                                                                           not_sent no-report
    4   <date> <time>  demo (cn)          7005  CN_0123456789abcdef0123456789abcdef  Hello                                      not_sent
    3   <date> <time>  demo (cn)          7005  CN_0123456789abcdef0123456789abcdef  Hello                                      unknown
    2   <date> <time>  demo (cn)          7005  CN_0123456789abcdef0123456789abcdef  Hello                                      refused 10000
    1   <date> <time>  demo (cn)          7005  CN_0123456789abcdef0123456789abcdef  Hello  30001-1-1-<24 hex>  accepted
    exit code 0
    "#);
    let (code, list) = home.json(&["history", "list"]);
    let items = list["items"].as_array().unwrap();
    let statuses: Vec<&str> = items.iter().map(|item| item["status"].as_str().unwrap()).collect();
    assert_eq!(
        (code, statuses),
        (0, vec!["refused", "not_sent", "not_sent", "unknown", "refused", "accepted"])
    );
    assert_eq!((&items[4]["code"], &items[1]["decision"]), (&json!(10000), &json!("no-report")));
}

#[test]
fn list_can_be_narrowed() {
    let (_vendor, home) = storied();
    let count = |more: &[&str]| {
        let (code, list) = home.json(&[&["history", "list"], more].concat());
        assert_eq!(code, 0);
        list["items"].as_array().unwrap().len()
    };
    assert_eq!((count(&[]), count(&["--limit", "2"]), count(&["--limit", "0"])), (6, 2, 0));
    assert_eq!((count(&["--status", "not_sent"]), count(&["--status", "pending"])), (2, 0));
    assert_eq!((count(&["--profile", "sandbox"]), count(&["--profile", "demo"])), (1, 5));
}

#[test]
fn an_empty_history_shows_the_first_command() {
    let home = demo(NOBODY);
    let ran = home.run(&["history", "list"]);
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush history list
    No push yet. Send one: opush send --reg-id REGID --title Hello --content 'first push'
    exit code 0
    "#);
    assert_eq!(home.json(&["history", "list"]).1, json!({ "items": [], "error": null }));
}

#[test]
fn show_has_the_whole_request_and_answer_without_the_token() {
    let (_vendor, home) = storied();
    let ran = home.run(&["history", "show", "first"]);
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush history show first
      id              1
      at              <time>
      status          accepted
      profile         demo (cn), certificate 7005
      to              CN_0123456789abcdef0123456789abcdef
      message_id      30001-1-1-<24 hex>
      app_message_id  first
      decision        push
      took            <n> ms, 1 try
      request         POST http://127.0.0.1:<port>/server/v1/message/notification/unicast
                      Content-Type: application/x-www-form-urlencoded; charset=UTF-8
                      Accept: application/json
                      User-Agent: opush/0.1.0

                      auth_token=********
                      message={"target_type":2,"target_value":"CN_0123456789abcdef0123456789abcdef","notification":{"app_message_id":"first","title":"Hello","content":"first push","click_action_type":0,"channel_id":"tuikit"}}
      answer          {"code":0,"message":"","data":{"messageId":"30001-1-1-<24 hex>"}}
    exit code 0
    "#);
    let (_, by_number) = home.json(&["history", "show", "1"]);
    let (_, by_name) = home.json(&["history", "show", "first"]);
    let (_, by_id) = home.json(&["history", "show", "30001-1-1-0123456789abcdef01234567"]);
    assert_eq!((&by_number, &by_number), (&by_name, &by_id));
    assert!(by_number["request"].as_str().unwrap().contains("auth_token=********"));
    assert!(time(&by_number["completed_at"]) >= time(&by_number["at"]));
}

/// As text they would not compare: a whole second is printed without a fraction.
pub fn time(value: &Value) -> jiff::Timestamp {
    value.as_str().unwrap().parse().unwrap()
}

#[test]
fn show_says_why_something_was_refused_unknown_or_not_sent() {
    let (_vendor, home) = storied();
    let of = |number: &str| home.json(&["history", "show", number]).1;
    let refused = of("2");
    assert_eq!(
        (&refused["code"], &refused["words"]),
        (&json!(10000), &json!("Invalid\u{1b}[31m Registration_id"))
    );
    let reasons = [("3", "not JSON"), ("4", "no connection"), ("5", "no token report")];
    for (number, reason) in reasons {
        let shown = of(number);
        assert!(shown["reason"].as_str().unwrap().contains(reason), "{shown:#}");
    }
    assert_eq!((&of("4")["tries"], &of("4")["app_message_id"]), (&json!(0), &json!("fourth")));
    assert_eq!((&of("5")["request"], &of("5")["answer"]), (&json!(""), &Value::Null));
    // A vendor's answer draws nothing on the terminal.
    for number in ["2", "3"] {
        let ran = home.run(&["history", "show", number]).expect(0);
        assert!(!ran.stdout.contains('\u{1b}'), "{ran}");
    }
}
