//! `opush sandbox phone` with nothing running: phones that are kept between commands, what they show and drop, taps.

use serde_json::{Value, json};

use super::harness::Home;
use super::masks::plain;

/// The arguments of `opush sandbox phone …`.
fn phone<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["sandbox", "phone"], more].concat()
}

/// A push to an alias of the built-in app.
fn push<'a>(alias: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let args =
        ["send", "--profile", "sandbox", "--alias", alias, "--title", "Alice", "--content", "see you at 8?"];
    [&args, more].concat()
}

/// A home with a phone of this name, that its alias is too.
fn with(name: &str, more: &[&str]) -> Home {
    let home = Home::new();
    home.run(&[&phone(&["add", "--name", name, "--alias", name])[..], more].concat()).expect(0);
    home
}

fn shown(home: &Home, name: &str) -> Value {
    let (code, value) = home.json(&phone(&["show", name]));
    assert_eq!(code, 0);
    value
}

#[test]
fn the_built_in_app_has_a_phone_from_the_beginning() {
    let home = Home::new();
    let ran = home.run(&phone(&["list"]));
    insta::assert_snapshot!(plain(&home, &ran), @r"
    $ opush sandbox phone list
    NAME  MODEL        ANDROID  REGID                                ALIAS  PACKAGE           SHOWN  STATE  IM USER  REST / SDK
    demo  OPPO Find X  14       CN_<32 hex>         com.example.demo  0      ok
    stderr: profile sandbox (built in)
    exit code 0
    ");
    let (code, list) = home.json(&phone(&["list"]));
    let item = &list["items"][0];
    assert_eq!((code, &item["name"], &item["package"]), (0, &json!("demo"), &json!("com.example.demo")));
    let reg_id = item["reg_id"].as_str().unwrap().to_owned();
    let hex = reg_id.strip_prefix("CN_").unwrap();
    assert!(hex.len() == 32 && hex.chars().all(|c| c.is_ascii_hexdigit()), "{reg_id}");
    let args = ["send", "--profile", "sandbox", "--reg-id", &reg_id, "--title", "a", "--content", "b"];
    home.run(&args).expect(0);
    assert_eq!(shown(&home, "demo")["notifications"].as_array().unwrap().len(), 1);
}

#[test]
fn a_new_phone_fits_the_profile_and_the_next_step_is_printed() {
    let home = Home::new();
    let ran = home.run(&phone(&["add", "--name", "find-x", "--alias", "alice"]));
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush sandbox phone add --name find-x --alias alice
    Phone find-x
      phone          OPPO Find X, Android 14
      regId          CN_<32 hex>
      alias          alice
      app            com.example.demo (AppId 30001)
      channels       tuikit (default)
      activities     com.example.demo.MainActivity (android.intent.action.MAIN)
                     com.example.demo.SplashActivity
      network        wifi
      notifications  on
      IM user        none
    Send to it, then tap:
      opush send --profile sandbox --alias alice --title Hello --content "first push"
      opush sandbox phone tap find-x
    stderr: profile sandbox (built in)
    exit code 0
    "#);
    let (code, made) = home.json(&phone(&["add"]));
    assert_eq!((code, &made["name"], &made["profile"]), (0, &json!("phone-1"), &json!("sandbox")));
}

/// Nothing runs, and every command finds what the one before it left.
#[test]
fn add_send_show_tap_work_one_after_another() {
    let home = with("alice", &[]);
    home.run(&push("alice", &["--ext", "extKey=ext content", "--ext", "n=1"])).expect(0);
    let ran = home.run(&phone(&["show", "alice"]));
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush sandbox phone show alice
    Phone alice
      phone          OPPO Find X, Android 14
      regId          CN_<32 hex>
      alias          alice
      app            com.example.demo (AppId 30001)
      channels       tuikit (default)
      activities     com.example.demo.MainActivity (android.intent.action.MAIN)
                     com.example.demo.SplashActivity
      network        wifi
      notifications  on
      IM user        none
    shown
      30001-1-1-<24 hex>  "Alice: see you at 8?"
    stderr: profile sandbox (built in)
    exit code 0
    "#);
    let value = shown(&home, "alice");
    let message = &value["notifications"][0];
    let told = ["title", "content", "channel_id"].map(|key| message[key].as_str().unwrap().to_owned());
    assert_eq!(told, ["Alice", "see you at 8?", "tuikit"]);
    assert_eq!((&value["dropped"], &value["held"]), (&json!([]), &json!([])));
    let ran = home.run(&phone(&["tap", "alice"]));
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush sandbox phone tap alice
    opened   com.example.demo.SplashActivity
      key = extKey :value = ext content
      key = n :value = 1
    stderr: profile sandbox (built in)
    exit code 0
    "#);
    let ran = home.run(&phone(&["tap", "alice"]));
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush sandbox phone tap alice
    nothing opened   nothing-shown
      the phone shows no notification
    stderr: profile sandbox (built in)
    exit code 0
    "#);
}

#[test]
fn a_tap_says_where_it_landed_and_with_which_extras() {
    let home = with("alice", &[]);
    let (_, sent) = home.json(&push("alice", &["--ext", "extKey=ext content"]));
    home.run(&push("alice", &["--click", "url:https://example.com/a", "--ext", "b=c d"])).expect(0);
    let id = sent["message_id"].as_str().unwrap();
    let (code, tap) = home.json(&phone(&["tap", "alice", "--message-id", id]));
    assert_eq!(code, 0);
    let expected = json!({
        "opened": true, "target": "com.example.demo.SplashActivity", "extras": { "extKey": "ext content" },
        "reason": null, "message_id": id, "log": ["key = extKey :value = ext content"],
        "profile": "sandbox", "region": "sandbox", "error": null,
    });
    assert_eq!(tap, expected);
    let (_, web) = home.json(&phone(&["tap", "alice"]));
    assert_eq!((&web["opened"], &web["extras"]), (&json!(true), &json!({})));
    assert_eq!(web["target"], "https://example.com/a?b=c%20d");
}

#[test]
fn a_target_that_cannot_be_opened_is_refused_with_the_reason() {
    let home = with(
        "alice",
        &[
            "--activity",
            "com.example.demo.Inner:not-exported",
            "--activity",
            "com.example.demo.Main:android.intent.action.MAIN",
        ],
    );
    for (target, reason) in [
        ("activity:com.example.demo.Missing", "activity-missing"),
        ("activity:com.example.demo.Inner", "activity-not-exported"),
        ("intent:com.example.demo.NONE", "no-activity-for-action"),
    ] {
        home.run(&push("alice", &["--click", target])).expect(0);
        let (code, tap) = home.json(&phone(&["tap", "alice"]));
        assert_eq!((code, &tap["opened"], &tap["reason"]), (0, &json!(false), &json!(reason)), "{target}");
    }
    let ran = home.run(&phone(&["tap", "alice"]));
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush sandbox phone tap alice
    nothing opened   no-activity-for-action
      no activity has a filter with this action
    stderr: profile sandbox (built in)
    exit code 0
    "#);
}

/// OPPO accepts the push; the phone says why nothing is shown.
#[test]
fn a_broken_phone_drops_the_push_for_a_named_reason() {
    for (flags, reason) in [
        (&["--channel", "none"][..], "channel-missing"),
        (&["--channel", "tuikit:none"], "channel-disabled"),
        (&["--channel", "other"], "channel-missing"),
        (&["--notifications", "off"], "notifications-off"),
    ] {
        let home = with("alice", flags);
        home.run(&push("alice", &[])).expect(0);
        let value = shown(&home, "alice");
        assert_eq!(value["dropped"][0]["reason"], reason, "{flags:?}");
        assert_eq!(value["notifications"], json!([]), "{flags:?}");
    }
    let home = with("alice", &["--channel", "none"]);
    home.run(&push("alice", &[])).expect(0);
    let ran = home.run(&phone(&["show", "alice"]));
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush sandbox phone show alice
    Phone alice
      phone          OPPO Find X, Android 14
      regId          CN_<32 hex>
      alias          alice
      app            com.example.demo (AppId 30001)
      channels       none
      activities     com.example.demo.MainActivity (android.intent.action.MAIN)
                     com.example.demo.SplashActivity
      network        wifi
      notifications  on
      IM user        none
    dropped
      30001-1-1-<24 hex>  "Alice: see you at 8?"
        channel-missing: the app has not created the channel that the push names
    stderr: profile sandbox (built in)
    exit code 0
    "#);
    // Android 7 has no channels.
    let home = with("alice", &["--channel", "none", "--android", "7"]);
    home.run(&push("alice", &[])).expect(0);
    assert_eq!(shown(&home, "alice")["notifications"].as_array().unwrap().len(), 1);
}

#[test]
fn a_phone_that_is_offline_gets_it_when_it_is_back() {
    let home = with("alice", &["--network", "off"]);
    home.run(&push("alice", &["--ttl", "1h"])).expect(0);
    let value = shown(&home, "alice");
    assert_eq!(
        (&value["held"][0]["reason"], &value["network"]),
        (&json!("waits-for-network"), &json!("off"))
    );
    home.run(&phone(&["set", "alice", "--network", "mobile"])).expect(0);
    let value = shown(&home, "alice");
    assert_eq!((value["notifications"].as_array().unwrap().len(), &value["held"]), (1, &json!([])));
}

#[test]
fn set_changes_a_phone_and_a_new_reg_id_leaves_the_old_one_stale() {
    let home = with("alice", &[]);
    let old = shown(&home, "alice")["reg_id"].as_str().unwrap().to_owned();
    let ran = home.run(&phone(&["set", "alice", "--notifications", "off", "--android", "13", "--alias", ""]));
    insta::assert_snapshot!(plain(&home, &ran), @r"
    $ opush sandbox phone set alice --notifications off --android 13 --alias
    Phone alice
      phone          OPPO Find X, Android 13
      regId          CN_<32 hex>
      alias          none
      app            com.example.demo (AppId 30001)
      channels       tuikit (default)
      activities     com.example.demo.MainActivity (android.intent.action.MAIN)
                     com.example.demo.SplashActivity
      network        wifi
      notifications  off
      IM user        none
    stderr: profile sandbox (built in)
    exit code 0
    ");
    let (code, set) = home.json(&phone(&["set", "alice", "--new-reg-id", "--notifications", "on"]));
    assert_eq!(code, 0);
    assert_ne!(set["reg_id"], old.as_str());
    let to_old = ["send", "--profile", "sandbox", "--reg-id", &old, "--title", "a", "--content", "b"];
    home.run(&to_old).expect(0);
    let value = shown(&home, "alice");
    assert_eq!(
        (&value["notifications"], &value["dropped"][0]["reason"]),
        (&json!([]), &json!("stale-reg-id"))
    );
}

#[test]
fn dismiss_swipes_away_and_remove_unsubscribes() {
    let home = with("alice", &[]);
    home.run(&push("alice", &[])).expect(0);
    let ran = home.run(&phone(&["dismiss", "alice"]));
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush sandbox phone dismiss alice
    Swiped 30001-1-1-<24 hex> away.
    stderr: profile sandbox (built in)
    exit code 0
    "#);
    let (code, none) = home.json(&phone(&["dismiss", "alice"]));
    assert_eq!((code, &none["dismissed"]), (0, &json!(false)));
    let reg_id = shown(&home, "alice")["reg_id"].as_str().unwrap().to_owned();
    let ran = home.run(&phone(&["remove", "alice"]));
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush sandbox phone remove alice
    Removed phone alice.
    stderr: profile sandbox (built in)
    exit code 0
    "#);
    let args = ["send", "--profile", "sandbox", "--reg-id", &reg_id, "--title", "a", "--content", "b"];
    let (code, result) = home.json(&args);
    assert_eq!((code, &result["status"]), (5, &json!("refused")));
}

#[test]
fn reset_starts_again_even_from_a_file_that_cannot_be_read() {
    let home = with("alice", &[]);
    let ran = home.run(&["sandbox", "reset"]);
    insta::assert_snapshot!(plain(&home, &ran), @r#"
    $ opush sandbox reset
    The sandbox is as at the beginning (~/.local/state/opush/sandbox.db).
    stderr: profile sandbox (built in)
    exit code 0
    "#);
    let names = |home: &Home| {
        let (_, list) = home.json(&phone(&["list"]));
        list["items"].as_array().unwrap().iter().map(|item| item["name"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(&home), ["demo"]);
    let state = home.state_home().join("sandbox.db");
    for ending in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(state.with_file_name(format!("sandbox.db{ending}")));
    }
    std::io::Write::write_all(&mut std::fs::File::create(&state).unwrap(), b"no database at all, by far")
        .unwrap();
    let (code, broken) = home.json(&phone(&["list"]));
    assert_eq!((code, &broken["error"]["kind"]), (1, &json!("sandbox")));
    assert!(broken["error"]["hint"].as_str().unwrap().contains("opush sandbox reset"));
    home.run(&["sandbox", "reset"]).expect(0);
    assert_eq!(names(&home), ["demo"]);
}

/// The app's own scheme, as `--activity` declares it, and as a certificate has it.
#[test]
fn a_scheme_url_opens_the_activity_that_declares_it() {
    let home = Home::new().variable("OPUSH_PROFILE", "sandbox");
    let activity = "com.example.demo.Deep:data=command://test/a*";
    home.run(&["sandbox", "phone", "add", "--name", "deep", "--alias", "deep", "--activity", activity])
        .expect(0);
    let send = |url: &str| {
        let click = format!("scheme:{url}");
        home.run(&[
            "send",
            "--alias",
            "deep",
            "--title",
            "T",
            "--content",
            "C",
            "--ext",
            "k=v",
            "--click",
            &click,
        ])
        .expect(0);
        home.json(&["sandbox", "phone", "tap", "deep"]).1
    };
    for url in ["command://test/abc?key1=val1", "intent://test/a#Intent;scheme=command;end"] {
        let tap = send(url);
        assert_eq!(
            (&tap["target"], &tap["extras"]["k"]),
            (&json!("com.example.demo.Deep"), &json!("v")),
            "{tap:#}"
        );
    }
    assert_eq!(send("command://other/a")["reason"], "filter-lacks-data-host");
    let bare = "com.example.demo.Deep:action=android.intent.action.VIEW,category=DEFAULT,data=command";
    home.run(&["sandbox", "phone", "set", "deep", "--activity", bare]).expect(0);
    assert_eq!(send("command://test")["reason"], "filter-lacks-browsable-category");
}
