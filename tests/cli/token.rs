//! `opush token`: report, list, show, remove, check, as a person and a script see them.

use serde_json::{Value, json};

use super::harness::Home;
use super::history::time;
use super::masks::plain;
use super::send::demo;

const FIRST: &str = "CN_00000000000000000000000000000001";
const SECOND: &str = "CN_00000000000000000000000000000002";
const ABROAD: &str = "OPPO_IN_00000000000000000000000000000003";

fn home() -> Home {
    demo("http://127.0.0.1:9")
}

fn report<'a>(user: &'a str, reg_id: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["token", "report", "--user", user, "--reg-id", reg_id], more].concat()
}

#[test]
fn a_report_is_taken_and_says_how_to_send_to_it() {
    let home = home();
    let ran = home.run(&report("alice", FIRST, &["--certificate", "7005", "--brand", "OPPO"]));
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush token report --user alice --reg-id CN_00000000000000000000000000000001 --certificate 7005 --brand OPPO
    alice (device default) reported certificate 7005 with regId CN_00000000000000000000000000000001 in profile demo (cn).
    Send to it: opush send --user alice --title Hello --content "first push"
    exit code 0
    "#);
    let ran = home.run(&report("alice", FIRST, &["--profile", "sandbox"]));
    assert!(ran.stdout.contains("opush --profile sandbox send --user alice"), "{ran}");
    let (code, result) = home.json(&report("bob", SECOND, &["--brand", "Realme", "--device", "pad"]));
    assert_eq!((code, &result["outcome"], &result["warnings"]), (0, &json!("new"), &json!([])));
    let told = ["user", "device", "certificate_id", "reg_id", "brand", "profile", "region", "state"];
    let told: Vec<&Value> = told.iter().map(|key| &result["report"][key]).collect();
    assert_eq!(json!(told), json!(["bob", "pad", 7005, SECOND, "realme", "demo", "cn", "current"]));
}

#[test]
fn reporting_the_same_again_changes_nothing() {
    let home = home();
    home.run(&report("alice", FIRST, &[])).expect(0);
    let (code, again) = home.json(&report("alice", FIRST, &[]));
    assert_eq!((code, &again["outcome"]), (0, &json!("unchanged")));
    let (_, list) = home.json(&["token", "list"]);
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
    let report = &list["items"][0];
    assert!(time(&report["last_reported_at"]) >= time(&report["reported_at"]));
}

#[test]
fn a_new_reg_id_of_the_same_device_takes_the_old_one_s_place() {
    let home = home();
    home.run(&report("alice", FIRST, &[])).expect(0);
    let ran = home.run(&report("alice", SECOND, &[]));
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush token report --user alice --reg-id CN_00000000000000000000000000000002
    alice (device default) reported certificate 7005 with regId CN_00000000000000000000000000000002 in profile demo (cn).
    It takes the place of CN_00000000000000000000000000000001 (certificate 7005) on this device.
    Send to it: opush send --user alice --title Hello --content "first push"
    exit code 0
    "#);
    let ran = home.run(&["token", "show", "--user", "alice"]);
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush token show --user alice
    profile demo (cn)
    USER   DEVICE   CERTIFICATE  REGID                                BRAND  REPORTED (UTC)       STATE
    alice  default  7005         CN_00000000000000000000000000000002         <date> <time>  current
    alice  default  7005         CN_00000000000000000000000000000001         <date> <time>  superseded: regId CN_00000000000000000000000000000002 was reported instead
    exit code 0
    "#);
    let (_, list) = home.json(&["token", "list", "--user", "alice"]);
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
    assert_eq!(list["items"][0]["reg_id"], SECOND);
}

#[test]
fn a_reg_id_that_moves_to_another_user_leaves_the_first_and_says_so() {
    let home = home();
    home.run(&report("alice", FIRST, &["--device", "phone"])).expect(0);
    let ran = home.run(&report("bob", FIRST, &[]));
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush token report --user bob --reg-id CN_00000000000000000000000000000001
    bob (device default) reported certificate 7005 with regId CN_00000000000000000000000000000001 in profile demo (cn).
    It was alice's (device phone) before, and is bound to bob alone now.
    Send to it: opush send --user bob --title Hello --content "first push"
    exit code 0
    "#);
    let (_, moved) = home.json(&["token", "check", FIRST]);
    let states: Vec<Value> = moved["reports"]
        .as_array()
        .unwrap()
        .iter()
        .map(|report| json!([report["user"], report["state"]]))
        .collect();
    assert_eq!(states, [json!(["alice", "unbound"]), json!(["bob", "current"])]);
    let (code, none) = home.json(&["token", "list", "--user", "alice"]);
    assert_eq!((code, &none["items"], &none["profile"]), (0, &json!([]), &json!("demo")));
}

/// "token is empty": the causes are listed, for JSON too.
#[test]
fn an_empty_reg_id_is_explained() {
    let home = home();
    let ran = home.run(&report("alice", "", &[]));
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush token report --user alice --reg-id
    stderr: error: 1 value is not usable; nothing was recorded
    stderr:   --reg-id  the regId is empty: at that moment the app had no token to report
    stderr:       log code and regId in the app's onRegister, and report once the regId is there; usual causes:
    stderr:       - register was not called, or its onRegister has not come yet: report inside onRegister as well as after login
    stderr:       - onRegister came with a code other than 0: log it; 14 is a wrong AppKey, 16 a wrong AppSecret, -1 a service that is away
    stderr:       - the manifest lacks OPPO's two services or its permissions: then register never answers
    stderr:       - register or isSupportPush was called before init
    stderr:       - the app is not approved for PUSH in OPPO's console, or the phone has no ColorOS 3.1 or later
    stderr:       - the app reported before its login had succeeded: the IM server answers that with 21005
    exit code 4
    "#);
    let (code, result) = home.json(&report("alice", "", &[]));
    assert_eq!((code, &result["error"]["kind"]), (4, &json!("empty-token")));
    assert!(result["error"]["hint"].as_str().unwrap().contains("21005"));
}

#[test]
fn a_reg_id_of_another_brand_is_refused_with_the_platform_it_needs() {
    let home = home();
    let ran = home.run(&report("alice", FIRST, &["--brand", "Xiaomi"]));
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush token report --user alice --reg-id CN_00000000000000000000000000000001 --brand Xiaomi
    stderr: error: 1 value is not usable; nothing was recorded
    stderr:   --brand  a phone of brand "Xiaomi" is not reached through OPPO; it needs a certificate of platform Xiaomi
    stderr:       let the app choose the certificate by brand: OPPO's for oppo, realme and oneplus, one of platform Xiaomi for this phone, with that platform's own token
    exit code 4
    "#);
    assert_eq!(home.json(&["token", "list"]).1["items"], json!([]), "nothing was recorded");
}

#[test]
fn a_reg_id_from_overseas_needs_a_profile_of_that_region() {
    let home = home();
    let (code, result) = home.json(&report("alice", ABROAD, &[]));
    assert_eq!((code, &result["error"]["kind"]), (4, &json!("wrong-region")));
    home.write("opush.toml", home.read("opush.toml").replace("\"cn\"", "\"intl\""));
    home.run(&report("alice", ABROAD, &[])).expect(0);
    let (code, result) = home.json(&report("alice", FIRST, &[]));
    assert_eq!((code, &result["error"]["kind"]), (4, &json!("wrong-region")));
}

#[test]
fn a_user_that_the_sdk_would_object_to_is_warned_about() {
    let home = home();
    let ran = home.run(&report("爱丽丝", FIRST, &[])).expect(0);
    insta::assert_snapshot!(ran.stderr, @r#"
    warning: --user: the UserID holds '爱'; the IM SDK's own check takes printable ASCII only and fails with 7003
      UserIDs of printable ASCII work everywhere
    "#);
    let (_, result) = home.json(&report("爱丽丝", FIRST, &[]));
    assert_eq!(result["warnings"].as_array().unwrap().len(), 1);
}

#[test]
fn the_variable_gives_the_reg_id() {
    let home = home().variable("OPUSH_REG_ID", FIRST);
    home.run(&["token", "report", "--user", "alice"]).expect(0);
    home.run(&report("bob", SECOND, &[])).expect(0);
    let (_, list) = home.json(&["token", "list"]);
    let regs: Vec<&Value> = list["items"].as_array().unwrap().iter().map(|item| &item["reg_id"]).collect();
    assert_eq!(regs, [FIRST, SECOND]);
}

#[test]
fn list_is_of_one_profile_and_says_which() {
    let home = home();
    let ran = home.run(&["token", "list"]);
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush token list
    Profile demo has no token report. Make one: opush token report --user USER --certificate ID --reg-id REGID
    exit code 0
    "#);
    home.run(&report("alice", FIRST, &["--brand", "oppo"])).expect(0);
    home.run(&report("bob", SECOND, &["--device", "pad"])).expect(0);
    let ran = home.run(&["token", "list"]);
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush token list
    profile demo (cn)
    USER   DEVICE   CERTIFICATE  REGID                                BRAND  REPORTED (UTC)       STATE
    alice  default  7005         CN_00000000000000000000000000000001  oppo   <date> <time>  current
    bob    pad      7005         CN_00000000000000000000000000000002         <date> <time>  current
    exit code 0
    "#);
    assert_eq!(home.json(&["token", "list", "--profile", "sandbox"]).1["items"], json!([]));
    let (_, of_one) = home.json(&["token", "list", "--user", "bob", "--certificate", "7005"]);
    assert_eq!(of_one["items"].as_array().unwrap().len(), 1);
}

#[test]
fn remove_ends_one_device_s_reports_or_all() {
    let home = home();
    home.run(&report("alice", FIRST, &["--device", "phone"])).expect(0);
    home.run(&report("alice", SECOND, &["--device", "pad"])).expect(0);
    let ran = home.run(&["token", "remove", "--user", "alice", "--device", "pad"]);
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush token remove --user alice --device pad
    profile demo (cn)
    USER   DEVICE  CERTIFICATE  REGID                                BRAND  REPORTED (UTC)       STATE
    alice  pad     7005         CN_00000000000000000000000000000002         <date> <time>  removed by hand
    exit code 0
    "#);
    assert_eq!(home.json(&["token", "list"]).1["items"][0]["device"], "phone");
    home.run(&["token", "remove", "--user", "alice"]).expect(0);
    let (code, result) = home.json(&["token", "remove", "--user", "alice"]);
    assert_eq!((code, &result["error"]["kind"]), (4, &json!("not-found")));
    let (_, shown) = home.json(&["token", "show", "--user", "alice"]);
    assert!(shown["items"].as_array().unwrap().iter().all(|item| item["state"] == "removed"));
}

#[test]
fn check_shows_form_region_and_who_reported_the_reg_id() {
    let home = home();
    home.run(&report("alice", FIRST, &[])).expect(0);
    let ran = home.run(&["token", "check", FIRST]);
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush token check CN_00000000000000000000000000000001
    CN_00000000000000000000000000000001  usable in profile demo (cn), home china
    USER   DEVICE   CERTIFICATE  REGID                                BRAND  REPORTED (UTC)       STATE
    alice  default  7005         CN_00000000000000000000000000000001         <date> <time>  current
      Whether OPPO still knows it, only a push can tell.
    exit code 0
    "#);
    let ran = home.run(&["token", "check", ABROAD]);
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush token check OPPO_IN_00000000000000000000000000000003
    OPPO_IN_00000000000000000000000000000003  not usable in profile demo (cn), home overseas
      regId OPPO_IN_00000000000000000000000000000003 is from overseas; profile demo is of region cn
        use a profile of region intl for this phone; OPPO's two services do not know each other's regIds
      It was not reported here.
    exit code 4
    "#);
    let (code, result) = home.json(&["token", "check", FIRST]);
    assert_eq!((code, &result["valid"], &result["error"]), (0, &json!(true), &Value::Null));
    assert_eq!(
        (&result["home"], &result["profile"], &result["region"]),
        (&json!("china"), &json!("demo"), &json!("cn"))
    );
    let (code, result) = home.json(&["token", "check", ABROAD]);
    assert_eq!(
        (code, &result["valid"], &result["error"]["kind"]),
        (4, &json!(false), &json!("wrong-region"))
    );
    assert_eq!((&result["home"], &result["error"]), (&json!("overseas"), &result["problems"][0]));
}
