//! `opush oppo token`: the token alone, from the cache where there is one, and a request by hand that can be run.

use std::process::Command;

use serde_json::json;

use super::send::{demo, send, willing};

#[test]
fn the_token_alone_is_on_stdout_and_is_kept_for_the_next() {
    let vendor = willing();
    let home = demo(&vendor.url());
    let ran = home.run(&["oppo", "token"]).expect(0);
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("t-1\n", ""));
    let (code, granted) = home.json(&["oppo", "token", "--certificate", "7005"]);
    let expected = json!({
        "auth_token": "t-1", "profile": "demo", "region": "cn", "certificate_id": 7005, "endpoint": vendor.url(), "error": null,
    });
    let mut expected = expected;
    if granted.get("error").is_none() {
        expected.as_object_mut().unwrap().remove("error");
    }
    assert_eq!((code, granted), (0, expected));
    assert_eq!(vendor.connections(), 1, "the second is from the cache");
    let ran = home.run(&["oppo", "token", "--verbose"]).expect(0);
    assert!(!ran.stderr.contains("t-1"), "{ran}");
}

#[test]
fn a_dry_run_with_curl_can_be_run_with_it() {
    let vendor = willing();
    let home = demo(&vendor.url());
    let token = home.run(&["oppo", "token"]).expect(0).stdout;
    let curl = home.run(&send(&["--dry-run", "--curl"])).expect(0).stdout;
    let script = format!("curl() {{ printf '%s\\0' \"$@\"; }}\n{curl}");
    let output =
        Command::new("sh").args(["-c", &script]).env("OPUSH_AUTH_TOKEN", token.trim_end()).output().unwrap();
    assert!(String::from_utf8(output.stdout).unwrap().split('\0').any(|word| word == "auth_token=t-1"));
}

#[test]
fn without_a_secret_or_a_vendor_there_is_none() {
    let home = demo("http://127.0.0.1:9");
    home.run(&["oppo", "token"]).expect(6);
    home.run(&["oppo", "token", "--certificate", "9"]).expect(3);
    let home = demo("http://127.0.0.1:9").variable("DEMO_SECRET", "");
    home.run(&["oppo", "token"]).expect(3);
}
