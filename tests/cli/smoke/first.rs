//! `opush smoke new`: the file it writes runs green as it is, and nothing is overwritten.
//! `opush smoke list`: what would run.

use super::{home, home_at, verdicts};
use crate::harness::Home;

#[test]
fn a_new_file_runs_green_in_the_sandbox() {
    let home = home();
    let written = home.run(&["smoke", "new", "--out", "smoke/first.toml"]).expect(0);
    assert!(written.stdout.ends_with("  opush smoke run smoke/first.toml\n"), "{written}");
    assert!(home.read("smoke/first.toml").contains("\nprofile = \"sandbox\"\n"));
    let (code, ran) = home.json(&["smoke", "run", "smoke/first.toml"]);
    assert_eq!((code, verdicts(&ran)), (0, vec!["pass", "pass"]), "{ran:#}");
    assert!(home.read("smoke/first.toml").starts_with("# Smoke test of profile sandbox"));
}

#[test]
fn it_runs_green_for_a_profile_of_ones_own_once_that_has_a_phone() {
    let home = Home::with_config(
        "[profile.box]\nregion = \"sandbox\"\npackage = \"com.example.box\"\n[[profile.box.certificate]]\nid = 7\napp_id = \"77\"\n\
         app_key = \"k\"\nmaster_secret = \"s3cret-of-box\"\nchannel_id = \"c\"\nclick = { action = \"url\", url = \"https://example.com/a\" }\n",
    );
    let (code, value) = home.json(&["smoke", "new"]);
    assert_eq!((code, value["error"]["kind"].as_str()), (4, Some("not-found")), "{value:#}");
    home.run(&["sandbox", "phone", "add", "--name", "mine"]).expect(0);
    let (_, value) = home.json(&["smoke", "new"]);
    assert_eq!((value["file"].as_str(), value["certificate_id"].as_i64()), (Some("smoke.toml"), Some(7)));
    assert!(value["needs"].is_null());
    let (code, ran) = home.json(&["smoke", "run", "smoke.toml"]);
    assert_eq!((code, verdicts(&ran)), (0, vec!["pass", "pass"]), "{ran:#}");
}

#[test]
fn a_real_profile_needs_a_reg_id_from_the_environment() {
    let mut home = home_at("http://127.0.0.1:9");
    let (_, value) = home.json(&["smoke", "new"]);
    assert_eq!(value["needs"], "OPUSH_REG_ID");
    let ran = home.run(&["smoke", "list", "smoke.toml"]).expect(3);
    assert!(ran.stderr.contains("OPUSH_REG_ID is not set"), "{ran}");
    home.set("OPUSH_REG_ID", "CN_0123456789abcdef0123456789abcdef");
    let (_, listed) = home.json(&["smoke", "list", "smoke.toml"]);
    assert_eq!(listed["items"].as_array().unwrap().len(), 2);
    assert_eq!(listed["items"][0]["profile"], "staging");
}

#[test]
fn an_existing_file_stays_unless_force_is_given() {
    let home = home();
    home.write("smoke.toml", "mine");
    let (code, value) = home.json(&["smoke", "new"]);
    assert_eq!((code, value["error"]["place"].as_str()), (4, Some("--out")));
    assert_eq!(home.read("smoke.toml"), "mine");
    home.run(&["smoke", "new", "--force"]).expect(0);
    assert!(home.read("smoke.toml").contains("[[case]]"));
}

#[test]
fn list_shows_the_cases_of_run_and_sends_no_request() {
    let home = home_at("http://127.0.0.1:9");
    home.write("a.toml", super::TO_REG_ID);
    home.write(
        "b.toml",
        "[target]\nuser = \"alice\"\n[notification]\ntitle = \"t\"\ncontent = \"c\"\n[[case]]\nname = \"logged out\"\nexpect = { decision = \"logged-out\" }\n[[case]]\nname = \"refused\"\nexpect = { code = 67 }\ncertificate = 7005\nretries = 0\n",
    );
    insta::assert_snapshot!(home.run(&["smoke", "list", "a.toml", "b.toml"]).expect(0).stdout, @r"
    CASE        PLACE     PROFILE  TARGET                                     EXPECTS
    a           a.toml:1  staging  regId CN_0123456789abcdef0123456789abcdef  accepted
    logged out  b.toml:6  staging  user alice                                 not_sent logged-out
    refused     b.toml:9  staging  user alice                                 refused 67
    ");
    let (_, listed) = home.json(&["smoke", "list", "b.toml", "--filter", "ref*"]);
    let item = &listed["items"][0];
    assert_eq!((item["certificate_id"].as_i64(), item["retries"].as_i64()), (Some(7005), Some(0)));
    assert!(!home.state_home().join("state.db").exists(), "nothing was opened");
}
