//! `opush send --user`: each device that reported a token, the offline-push rule's answers, partly done, and the list
//! that `--json` always prints. The rule itself is tested in `push`.

use serde_json::{Value, json};

use super::harness::Home;
use super::masks::plain;
use super::send::{accepted, demo, demo_with, granted, message, willing};
use super::vendor::{Reply, Vendor, json as body};

const PHONE: &str = "CN_00000000000000000000000000000001";
const PAD: &str = "CN_00000000000000000000000000000002";

const TO_ALICE: [&str; 7] = ["send", "--user", "alice", "--title", "Hello", "--content", "first push"];

fn to_alice<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&TO_ALICE, more].concat()
}

fn reported(home: &Home, device: &str, reg_id: &str, more: &[&str]) {
    let args = ["token", "report", "--user", "alice", "--device", device, "--reg-id", reg_id];
    home.run(&[&args[..], more].concat()).expect(0);
}

/// alice with a phone and a pad.
fn two_devices(home: &Home) {
    reported(home, "phone", PHONE, &[]);
    reported(home, "pad", PAD, &[]);
}

/// Takes everything but what goes to the pad.
fn not_the_pad() -> Vendor {
    Vendor::start(|request, _| match request.is_auth() {
        true => granted(),
        false if message(request)["target_value"] == PAD => {
            Reply::Keep(body(r#"{"code":10000,"message":"Invalid Registration_id"}"#))
        }
        false => accepted(),
    })
}

#[test]
fn it_goes_to_each_device() {
    let vendor = willing();
    let home = demo(&vendor.url());
    two_devices(&home);
    let ran = home.run(&to_alice(&[]));
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush send --user alice --title Hello --content first push
    accepted   30001-1-1-<24 hex>   alice (device pad), demo (cn), certificate 7005, <n> ms
      push (presence unknown): a token was reported, and the app's state is unknown: none was recorded
    accepted   30001-1-1-<24 hex>   alice (device phone), demo (cn), certificate 7005, <n> ms
      push (presence unknown): a token was reported, and the app's state is unknown: none was recorded
    exit code 0
    "#);
    let (code, result) = home.json(&to_alice(&[]));
    assert_eq!((code, &result["error"]), (0, &Value::Null));
    let items = result["items"].as_array().unwrap();
    let told: Vec<Value> = items
        .iter()
        .map(|item| json!([item["status"], item["user"], item["device"], item["reg_id"]]))
        .collect();
    assert_eq!(
        told,
        [json!(["accepted", "alice", "pad", PAD]), json!(["accepted", "alice", "phone", PHONE])]
    );
    let ids: Vec<&Value> = items.iter().map(|item| &item["app_message_id"]).collect();
    assert_ne!(ids[0], ids[1], "each device's push is one of its own");
    assert_eq!((vendor.auths(), vendor.unicasts().len()), (1, 4));
}

#[test]
fn where_one_device_fails_it_is_partly_done() {
    let vendor = not_the_pad();
    let home = demo(&vendor.url());
    two_devices(&home);
    let ran = home.run(&to_alice(&[]));
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush send --user alice --title Hello --content first push
    refused   10000 Invalid Registration_id   alice (device pad), demo (cn), certificate 7005, <n> ms
      push (presence unknown): a token was reported, and the app's state is unknown: none was recorded
    accepted   30001-1-1-<24 hex>   alice (device phone), demo (cn), certificate 7005, <n> ms
      push (presence unknown): a token was reported, and the app's state is unknown: none was recorded
    stderr: error: 1 of 2 pushes was not accepted
    stderr:   pad  OPPO refused the push: 10000 Invalid Registration_id (the regId is malformed or not valid)
    stderr:       let the app register again on that phone and report the new regId: opush snippet token
    exit code 7
    "#);
    let (code, result) = home.json(&to_alice(&[]));
    assert_eq!((code, &result["error"]["kind"]), (7, &json!("partly-done")));
    assert_eq!(result["items"][0]["error"]["code"], 10000);
    assert_eq!(result["items"][1]["error"], Value::Null);
}

#[test]
fn where_every_device_fails_the_first_decides() {
    let vendor = Vendor::start(|request, _| match request.is_auth() {
        true => granted(),
        false => Reply::Keep(body(r#"{"code":33,"message":""}"#)),
    });
    let home = demo(&vendor.url());
    two_devices(&home);
    let ran = home.run(&to_alice(&[]));
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush send --user alice --title Hello --content first push
    refused   33 The number of messages exceeds the daily limit   alice (device pad), demo (cn), certificate 7005, <n> ms
      push (presence unknown): a token was reported, and the app's state is unknown: none was recorded
    refused   33 The number of messages exceeds the daily limit   alice (device phone), demo (cn), certificate 7005, <n> ms
      push (presence unknown): a token was reported, and the app's state is unknown: none was recorded
    stderr: error: none of 2 pushes was accepted
    stderr:   pad    OPPO refused the push: 33 The number of messages exceeds the daily limit (the app's messages of today are used up)
    stderr:   phone  OPPO refused the push: 33 The number of messages exceeds the daily limit (the app's messages of today are used up)
    stderr:       wait until tomorrow, or ask OPPO for a higher limit
    exit code 5
    "#);
    let (code, result) = home.json(&to_alice(&[]));
    assert_eq!(
        (code, &result["error"]["kind"], &result["error"]["code"]),
        (5, &json!("vendor-refused"), &json!(33))
    );
}

#[test]
fn a_user_who_never_reported_is_not_pushed_to() {
    let vendor = willing();
    let home = demo(&vendor.url());
    let ran = home.run(&to_alice(&[]));
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush send --user alice --title Hello --content first push
    not_sent   no-report   alice, demo (cn)
      no-report: user alice has no token report in profile demo
    stderr: error: no-report: user alice has no token report in profile demo
    stderr:   let the app report after its login; where opush does not hear of it, say what it reported: opush token report --user alice --certificate 7005 --reg-id REGID
    exit code 9
    "#);
    for more in [&[][..], &["--dry-run"]] {
        let (code, result) = home.json(&to_alice(more));
        assert_eq!((code, &result["error"]["kind"]), (9, &json!("not-pushed")));
        let item = &result["items"][0];
        assert_eq!((&item["status"], &item["decision"]), (&json!("not_sent"), &json!("no-report")));
        assert_eq!(
            (&item["profile"], &item["region"], &item["user"]),
            (&json!("demo"), &json!("cn"), &json!("alice"))
        );
        assert_eq!(item["error"], result["error"]);
    }
    assert_eq!(vendor.connections(), 0);
    let (_, list) = home.json(&["history", "list"]);
    assert_eq!(list["items"].as_array().unwrap().len(), 2, "a no is recorded, a dry run is not");
    assert_eq!(list["items"][0]["decision"], "no-report");
}

#[test]
fn a_certificate_that_is_not_yet_active_prevents_the_push_unless_forced() {
    let vendor = willing();
    let home = demo_with(&vendor.url(), "saved_at = 9999-01-01T00:00:00Z\n");
    reported(&home, "phone", PHONE, &[]);
    let ran = home.run(&to_alice(&[]));
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush send --user alice --title Hello --content first push
    not_sent   certificate-not-yet-active   alice (device phone), demo (cn), certificate 7005
      certificate-not-yet-active: certificate 7005 was saved less than 10 minutes ago; the IM server uses it from 9999-01-01T00:10:00Z on
    stderr: error: certificate-not-yet-active: certificate 7005 was saved less than 10 minutes ago; the IM server uses it from 9999-01-01T00:10:00Z on
    stderr:   wait until then, or add --force; OPPO itself does not wait, so a push to the regId goes out at once
    exit code 9
    "#);
    let (code, result) = home.json(&to_alice(&["--dry-run"]));
    assert_eq!((code, &result["items"][0]["decision"]), (9, &json!("certificate-not-yet-active")));
    assert_eq!(vendor.connections(), 0);
    let (code, result) = home.json(&to_alice(&["--force"]));
    assert_eq!(
        (code, &result["items"][0]["status"], &result["items"][0]["decision"]),
        (0, &json!("accepted"), &json!("push"))
    );
}

#[test]
fn a_removed_certificate_prevents_the_push_even_with_force() {
    let vendor = willing();
    let home = demo(&vendor.url());
    reported(&home, "phone", PHONE, &[]);
    home.write("opush.toml", home.read("opush.toml").replace("7005", "7006"));
    let ran = home.run(&to_alice(&["--force"]));
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush send --user alice --title Hello --content first push --force
    not_sent   certificate-missing   alice (device phone), demo (cn), certificate 7005
      certificate-missing: user alice reported certificate 7005, which profile demo does not have
    stderr: error: certificate-missing: user alice reported certificate 7005, which profile demo does not have
    stderr:   add it again, or report with one that exists: opush cert add --id 7005
    exit code 9
    "#);
    let (code, result) = home.json(&to_alice(&[]));
    assert_eq!((code, &result["items"][0]["decision"]), (9, &json!("certificate-missing")));
    assert_eq!(vendor.connections(), 0);
}

/// One device is held back, the other is pushed to; channel and click come from each report's own certificate.
#[test]
fn each_report_is_sent_with_its_own_certificate() {
    let second = "saved_at = 9999-01-01T00:00:00Z\n[[profile.demo.certificate]]\nid = 7006\napp_id = \"30002\"\n\
                  app_key = \"other-key\"\nmaster_secret = { env = \"DEMO_SECRET\" }\nchannel_id = \"other\"\n";
    let vendor = willing();
    let home = demo_with(&vendor.url(), second);
    reported(&home, "pad", PAD, &["--certificate", "7006"]);
    reported(&home, "phone", PHONE, &["--certificate", "7005"]);
    let ran = home.run(&to_alice(&[]));
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush send --user alice --title Hello --content first push
    accepted   30001-1-1-<24 hex>   alice (device pad), demo (cn), certificate 7006, <n> ms
      push (presence unknown): a token was reported, and the app's state is unknown: none was recorded
    not_sent   certificate-not-yet-active   alice (device phone), demo (cn), certificate 7005
      certificate-not-yet-active: certificate 7005 was saved less than 10 minutes ago; the IM server uses it from 9999-01-01T00:10:00Z on
    exit code 0
    "#);
    assert_eq!(message(&vendor.unicasts()[0])["notification"]["channel_id"], "other");
    let (code, dry) = home.json(&to_alice(&["--dry-run"]));
    assert_eq!((code, &dry["error"]), (0, &json!(null)));
    let statuses: Vec<&Value> = dry["items"].as_array().unwrap().iter().map(|item| &item["status"]).collect();
    assert_eq!(statuses, ["dry_run", "not_sent"]);
    let text = home.run(&to_alice(&["--dry-run"])).expect(0).stdout;
    let decision =
        |line: &&str| line.starts_with("alice (device ") && line.contains("push (presence unknown): ");
    assert_eq!(text.lines().filter(decision).count(), 1, "{text}");
    let curl = home.run(&to_alice(&["--dry-run", "--curl"])).expect(0).stdout;
    assert_eq!(curl.lines().filter(decision).count(), 0, "{curl}");
    let (code, one) = home.json(&to_alice(&["--certificate", "7006"]));
    assert_eq!((code, one["items"].as_array().unwrap().len()), (0, 1));
}

/// The shape that scripts rely on, whatever goes wrong.
#[test]
fn json_is_always_a_list_with_an_error() {
    let home = demo("http://127.0.0.1:9");
    let long = "x".repeat(51);
    let cases: [(&[&str], i32, &str); 6] = [
        (&["send", "--user", "alice", "--bogus"], 2, "usage"),
        (&["send", "--user=alice", "--ttl", "5"], 2, "malformed-flag"),
        (&["send", "--user", "alice", "--alias", "b"], 2, "conflicting-flags"),
        (&["send", "--user", "alice", "--profile", "nope"], 3, "unknown-profile"),
        (&["send", "--user", "alice", "--title", &long, "--click", "activity:Foo"], 4, "bad-activity"),
        (&["send", "--user", "", "--title", "a", "--content", "b"], 4, "empty"),
    ];
    for (args, exit, kind) in cases {
        let (code, result) = home.json(args);
        assert_eq!((code, &result["error"]["kind"]), (exit, &json!(kind)), "{args:?}\n{result:#}");
        assert_eq!(result["items"], json!([]), "{args:?}");
    }
    let (_, several) = home.json(cases[4].0);
    assert_eq!(several["error"]["problems"].as_array().unwrap().len(), 3, "every problem at once");
}

#[test]
fn only_a_send_to_a_user_prints_a_list_when_it_can_not_be_parsed() {
    let home = Home::new();
    for args in [
        ["im", "send", "--user", "bob", "--json"],
        ["token", "list", "--user=bob", "--send", "--json"],
        ["snippet", "sender", "--bogus", "--user", "--json"],
    ] {
        let printed = home.json(&args).1;
        assert!(printed["items"].is_null() && !printed["error"].is_null(), "{args:?}: {printed}");
    }
    let printed = home.json(&["--profile", "demo", "send", "--bogus", "--user=bob"]).1;
    assert_eq!((&printed["items"], &printed["error"]["kind"]), (&json!([]), &json!("usage")), "{printed}");
}
