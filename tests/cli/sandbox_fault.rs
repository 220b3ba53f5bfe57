//! `opush sandbox fault set | list | clear` and `sandbox calls`: words, JSON and exit codes, and what a command of ours then meets.

use serde_json::{Value, json};

use super::harness::Home;
use super::masks::plain;

fn fault<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["sandbox", "fault"], more].concat()
}

fn set(home: &Home, more: &[&str]) -> Value {
    let (code, value) = home.json(&fault(&[&["set"], more].concat()));
    assert_eq!(code, 0, "{value}");
    value
}

/// A push to the built-in phone.
fn push(home: &Home) -> (i32, Value) {
    let (_, phone) = home.json(&["sandbox", "phone", "show", "demo"]);
    let reg_id = phone["reg_id"].as_str().unwrap().to_owned();
    home.json(&["send", "--profile", "sandbox", "--reg-id", &reg_id, "--title", "a", "--content", "b"])
}

#[test]
fn a_fault_is_set_listed_and_cleared() {
    let home = Home::new();
    let ran = home.run(&fault(&["set", "code=33", "--call", "unicast", "--count", "2"]));
    insta::assert_snapshot!(plain(&home, &ran), @r"
    $ opush sandbox fault set code=33 --call unicast --count 2
    Fault 1: code=33, for unicast, 2 times
    Clear it: opush sandbox fault clear 1
    stderr: profile sandbox (built in)
    exit code 0
    ");
    home.run(&fault(&["set", "lost-push", "--phone", "demo", "--share", "20"])).expect(0);
    home.run(&fault(&["set", "clock=+15m"])).expect(0);
    let ran = home.run(&fault(&["list"]));
    insta::assert_snapshot!(plain(&home, &ran), @r"
    $ opush sandbox fault list
    ID  FAULT       FOR                                        SHARE  STRUCK  OF
    1   code=33     unicast                                    100 %  0/2     0
    2   lost-push   regId CN_<32 hex>  20 %   0       0
    3   clock=+<n>m  every call of OPPO's                       100 %  0       0
    stderr: profile sandbox (built in)
    exit code 0
    ");
    let (code, list) = home.json(&fault(&["list"]));
    assert_eq!((code, list["items"].as_array().unwrap().len(), list.get("known")), (0, 3, None));
    let ran = home.run(&fault(&["clear", "1"]));
    insta::assert_snapshot!(plain(&home, &ran), @r"
    $ opush sandbox fault clear 1
    Cleared fault 1.
    stderr: profile sandbox (built in)
    exit code 0
    ");
    let (_, cleared) = home.json(&fault(&["clear"]));
    assert_eq!(cleared["cleared"], json!([2, 3]));
    let ran = home.run(&fault(&["list"]));
    insta::assert_snapshot!(plain(&home, &ran), @r"
    $ opush sandbox fault list
    No fault is set. See what there is: opush sandbox fault list --known
    stderr: profile sandbox (built in)
    exit code 0
    ");
    home.run(&fault(&["clear"])).expect(0);
}

#[test]
fn the_known_faults_are_listed_and_in_the_help() {
    let home = Home::new();
    let (code, list) = home.json(&fault(&["list", "--known"]));
    let known = list["known"].as_array().unwrap();
    assert_eq!((code, known[0]["fault"].as_str(), known[0]["value"].as_str()), (0, Some("code"), Some("=N")));
    let text = home.run(&fault(&["list", "--known"])).expect(0).stdout;
    let help = home.run(&fault(&["set", "--help"])).expect(0).stdout;
    for row in known {
        let form = format!("{}{}", row["fault"].as_str().unwrap(), row["value"].as_str().unwrap());
        assert!(text.contains(&form) && help.contains(&form), "{form}");
    }
    assert!(help.contains("fetch_invalid_regidList"), "{help}");
}

#[test]
fn every_mistake_is_named_with_its_flag() {
    let home = Home::new();
    let ran = home.run(&fault(&["set", "reste", "--share", "0", "--count", "0"]));
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush sandbox fault set reste --share 0 --count 0
    stderr: profile sandbox (built in)
    stderr: error: FAULT: there is no fault "reste"; the faults are: code=N, delay=DURATION, reset, drop, garbage, status=N, clock=+DURATION or =-DURATION, quota[=N], daily-limit[=N], night-control, stale-reg-id, lost-push, lost-receipts, not-imported, oppo-brand-only, second-process, blocked, system-message
    stderr:   see the faults, and what each strikes: opush sandbox fault list --known
    stderr: error: --share: 0 is not a percentage from 1 to 100
    stderr:   give 1 to 100
    stderr: error: --count: 0 is not a number of times from 1 on
    stderr:   give 1 or more, or leave it out
    exit code 2
    "#);
    for (args, code, kind, place) in [
        (&["set", "lost-push", "--call", "auth"][..], 2, "malformed-flag", "--call"),
        (&["set", "code=13", "--user", "bob"], 2, "malformed-flag", "--user"),
        (&["set", "code=70107", "--call", "im", "--reg-id", "r"], 2, "malformed-flag", "--reg-id"),
        (&["set", "reset", "--app", "4711"], 4, "not-found", "--app"),
        (&["set", "reset", "--phone", "nobody"], 4, "not-found", "NAME"),
        (&["set", "reset", "--phone", "demo", "--reg-id", "r"], 2, "conflicting-flags", "--phone"),
        (&["clear", "7"], 4, "not-found", "ID"),
    ] {
        let (exit, failure) = home.json(&fault(args));
        let error = &failure["error"];
        assert_eq!((exit, error["kind"].as_str().unwrap()), (code, kind), "{args:?}: {failure}");
        assert_eq!(error["place"], place, "{failure}");
    }
    let (_, list) = home.json(&fault(&["list"]));
    assert_eq!(list["items"], json!([]));
}

/// Each is what a send or a check of ours makes of it, with nothing running: the state is the same file.
#[test]
fn opush_commands_meet_the_faults() {
    let home = Home::new();
    for (args, exit, kind) in [
        (&["code=33"][..], 5, "vendor-refused"),
        (&["code=16", "--call", "auth"], 5, "credentials-refused"),
        (&["reset", "--call", "auth"], 6, "bad-answer"),
        (&["garbage"], 6, "bad-answer"),
        (&["status=503"], 6, "bad-answer"),
        (&["drop", "--call", "unicast"], 6, "outcome-unknown"),
        (&["clock=+15m"], 5, "vendor-refused"),
    ] {
        // A token that is kept would save the auth call.
        let home_of_its_own = Home::new();
        set(&home_of_its_own, args);
        let (code, failure) = push(&home_of_its_own);
        assert_eq!(code, exit, "{args:?}: {failure}");
        assert_eq!(failure["error"]["kind"], kind, "{args:?}: {failure}");
    }
    set(&home, &["lost-push", "--phone", "demo"]);
    assert_eq!(push(&home).0, 0);
    let (_, phone) = home.json(&["sandbox", "phone", "show", "demo"]);
    assert_eq!((&phone["notifications"], &phone["dropped"]), (&json!([]), &json!([])));
    let (_, list) = home.json(&fault(&["list"]));
    assert_eq!((&list["items"][0]["struck"], &list["items"][0]["met"]), (&json!(1), &json!(1)));
    home.run(&["sandbox", "reset"]).expect(0);
    let (_, list) = home.json(&fault(&["list"]));
    assert_eq!(list["items"], json!([]));
}

#[test]
fn a_running_sandbox_gets_faults_over_http_and_logs_what_struck() {
    let home = Home::new();
    let sandbox = home.sandbox(&["--ephemeral"]);
    set(&home, &["code=33", "--call", "unicast"]);
    assert_eq!(push(&home).0, 5);
    let ran = home.run(&["sandbox", "calls"]);
    insta::assert_snapshot!(plain(&home, &ran), @r"
    $ opush sandbox calls
    ID  AT (UTC)             APP    CALL                                          CODE  MADE  FAILED
    1   <date> <time>  30001  POST /server/v1/auth                          0
    2   <date> <time>  30001  POST /server/v1/message/notification/unicast  33          fault: code=33 struck (fault 1)
    stderr: profile sandbox (built in)
    exit code 0
    ");
    let (code, calls) = home.json(&["sandbox", "calls", "--after", "1"]);
    let call = &calls["items"][0];
    assert_eq!((code, &call["id"], &call["code"]), (0, &json!(2), &json!(33)));
    assert!(!calls.to_string().contains("sandbox-demo-master-secret"));
    home.run(&["sandbox", "calls", "--limit", "0"]).expect(2);
    let calls: Value = serde_json::from_str(&sandbox.get("/_sandbox/v1/calls")).unwrap();
    let checks = calls["items"].as_array().unwrap().last().unwrap()["checks"].to_string();
    assert!(checks.contains("code=33 struck (fault 1)"), "{checks}");
}

#[test]
fn a_phone_does_not_disturb_and_days_go_by() {
    let home = Home::new();
    home.run(&["sandbox", "phone", "set", "demo", "--do-not-disturb", "on"]).expect(0);
    assert_eq!(push(&home).0, 0);
    let ran = home.run(&["sandbox", "phone", "show", "demo"]);
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush sandbox phone show demo
    Phone demo
      phone          OPPO Find X, Android 14
      regId          CN_<32 hex>
      alias          none
      app            com.example.demo (AppId 30001)
      channels       tuikit (default)
      activities     com.example.demo.MainActivity (android.intent.action.MAIN)
                     com.example.demo.SplashActivity
      network        wifi
      notifications  on, Do Not Disturb
      IM user        none
    shown
      30001-1-1-<24 hex>  "a: b"
        quiet-do-not-disturb: it is in the shade, but Do Not Disturb keeps it from sounding and popping up
    stderr: profile sandbox (built in)
    exit code 0
    "#);
    home.run(&["sandbox", "phone", "login", "demo", "--user", "bob"]).expect(0);
    home.run(&["sandbox", "phone", "kill", "demo"]).expect(0);
    let (code, phone) = home.json(&["sandbox", "phone", "elapse", "demo", "8d"]);
    assert_eq!((code, &phone["session"]["state"]), (0, &json!("expired")));
    home.run(&["sandbox", "phone", "elapse", "demo", "soon"]).expect(2);
}
