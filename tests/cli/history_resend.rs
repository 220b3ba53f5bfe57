//! `opush history resend`: the same message once more, what was masked, and what can't be sent again.

use serde_json::{Value, json};

use super::harness::Home;
use super::prompts::Prompted;
use super::send::{NOBODY, REG_ID, demo, message, send, willing};

const URL: &str = "https://example.com/receipts/0123456789abcdef0123";

#[test]
fn a_push_is_sent_again_as_it_was_with_an_id_of_its_own() {
    let vendor = willing();
    let home = demo(&vendor.url());
    let odd = ["--ext", "extKey=it's 你好", "--click", "activity:.Page", "--set", "colour=1", "--ttl", "2h"];
    home.run(&send(&odd)).expect(0);
    let (code, result) = home.json(&["history", "resend", "1"]);
    assert_eq!((code, &result["status"], &result["history_id"]), (0, &json!("accepted"), &json!(2)));
    let [first, second] = &vendor.unicasts().iter().map(message).collect::<Vec<_>>()[..] else { panic!() };
    let without_id = |message: &Value| {
        let mut message = message.clone();
        (message["notification"].as_object_mut().unwrap().remove("app_message_id").unwrap(), message)
    };
    let ((id, first), (new_id, second)) = (without_id(first), without_id(second));
    assert_eq!(first, second);
    assert!(id != new_id && result["app_message_id"] == new_id);
    let other = ["history", "resend", "1", "--same-id", "--set", "title=\"Other\""];
    let (_, kept) = home.json(&other);
    assert_eq!(kept["app_message_id"], id);
    assert_eq!(kept["warnings"][0]["id"], "set-unknown-field", "{kept:#}");
    let warnings = kept["warnings"].as_array().unwrap();
    assert!(warnings.iter().any(|warning| warning["id"] == "repeated-app-message-id"), "{kept:#}");
    assert_eq!(message(&vendor.unicasts()[2])["notification"]["title"], "Other");
}

#[test]
fn a_masked_secret_is_named_asked_for_or_given() {
    let vendor = willing();
    let home = demo(&vendor.url());
    home.run(&send(&["--callback-url", URL, "--callback-parameter", "p"])).expect(0);
    let (code, refused) = home.json(&["history", "resend", "1"]);
    assert_eq!((code, &refused["error"]["place"]), (2, &json!("--callback-url")), "{refused:#}");
    assert!(refused["error"]["message"].as_str().unwrap().contains("call_back_url"), "{refused:#}");
    home.write("receipts.url", format!("{URL}\n"));
    home.run(&["history", "resend", "1", "--callback-url", "@receipts.url"]).expect(0);
    let sent = message(&vendor.unicasts()[1]);
    assert_eq!(
        (&sent["notification"]["call_back_url"], &sent["notification"]["call_back_parameter"]),
        (&json!(URL), &json!("p"))
    );
    let toml = home.read("opush.toml").replace("{ env = \"DEMO_SECRET\" }", "\"demo-master-secret\"");
    home.write("opush.toml", toml);
    let mut terminal = Prompted::start(&home, 100, &["history", "resend", "1"]);
    terminal.answer("call_back_url", URL);
    let (code, seen) = terminal.leave();
    assert_eq!(code, 0, "{seen}");
    assert_eq!(message(&vendor.unicasts()[2])["notification"]["call_back_url"], URL);
}

#[test]
fn what_cannot_be_sent_again_is_named() {
    let home = demo(NOBODY);
    home.run(&["send", "--user", "alice", "--title", "a", "--content", "b"]).expect(9);
    home.run(&send(&[])).expect(6);
    let (code, held) = home.json(&["history", "resend", "1"]);
    assert_eq!((code, &held["error"]["kind"]), (4, &json!("not-found")), "{held:#}");
    home.run(&["history", "resend", "7"]).expect(4);
    let (code, other) = home.json(&["history", "resend", "2", "--profile", "sandbox"]);
    assert_eq!((code, &other["error"]["place"]), (2, &json!("--profile")), "{other:#}");
    let toml = home.read("opush.toml");
    home.write("opush.toml", toml.replace("profile.demo", "profile.other"));
    let (code, gone) = home.json(&["history", "resend", "2"]);
    assert_eq!((code, &gone["error"]["kind"]), (3, &json!("unknown-profile")), "{gone:#}");
    home.write("opush.toml", toml.replace("7005", "7006"));
    let (code, renumbered) = home.json(&["history", "resend", "2"]);
    assert_eq!((code, &renumbered["error"]["kind"]), (3, &json!("unknown-certificate")));
    home.run(&["history", "resend", "2", "--certificate", "7006"]).expect(6);
}

/// The user of the first push is the user of the second.
#[test]
fn a_push_to_a_user_is_sent_again_to_the_same_phone() {
    let vendor = willing();
    let home: Home = demo(&vendor.url());
    home.run(&["token", "report", "--user", "alice", "--reg-id", REG_ID]).expect(0);
    home.run(&["presence", "set", "--user", "alice", "killed"]).expect(0);
    home.run(&["send", "--user", "alice", "--title", "a", "--content", "b"]).expect(0);
    let (code, again) = home.json(&["history", "resend", "1"]);
    assert_eq!((code, &again["user"], &again["reg_id"]), (0, &json!("alice"), &json!(REG_ID)));
}
