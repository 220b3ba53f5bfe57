//! `opush presence`, and `opush send --user` with it: what is said of an app decides, by name and ground.

use serde_json::Value;

use crate::harness::{Home, Sandbox};

const PHONE: &str = "CN_0123456789abcdef0123456789abcdef";
const PAD: &str = "CN_1123456789abcdef0123456789abcdef";

fn home() -> Home {
    Home::new().variable("OPUSH_PROFILE", "sandbox")
}

fn report(home: &Home, user: &str, device: &str, reg_id: &str) {
    home.run(&["token", "report", "--user", user, "--device", device, "--reg-id", reg_id]).expect(0);
}

fn set(home: &Home, user: &str, device: Option<&str>, state: &str) -> Value {
    let mut args = vec!["presence", "set", "--user", user, state];
    args.extend(device.iter().flat_map(|device| ["--device", device]));
    let (code, value) = home.json(&args);
    assert_eq!(code, 0, "{value}");
    value
}

/// Device and decision of each item.
fn decisions(value: &Value) -> Vec<(String, String)> {
    let word = |value: &Value| value.as_str().unwrap_or("null").to_owned();
    let items = value["items"].as_array().unwrap();
    items.iter().map(|item| (word(&item["device"]), word(&item["decision"]))).collect()
}

fn pair(device: &str, decision: &str) -> (String, String) {
    (device.into(), decision.into())
}

#[test]
fn set_and_show_print_both_words_for_every_state() {
    let home = home();
    let rows = [
        ("online", "Online", "ONLINE"),
        ("background", "Online", "ONLINE"),
        ("killed", "PushOnline", "OFFLINE"),
        ("logged-out", "Offline", "UNLOGINED"),
        ("kicked", "Offline", "UNLOGINED"),
    ];
    for (state, rest, sdk) in rows {
        let value = set(&home, "bob", None, state);
        let item = &value["items"][0];
        assert_eq!((&item["device"], &item["told_by"]), (&Value::from("default"), &Value::from("hand")));
        assert_eq!(item["source"], "by-hand");
        assert!(item["since"].is_string() && item["seen_at"].is_string(), "{item}");
        assert_eq!((item["rest"].as_str(), item["sdk"].as_str()), (Some(rest), Some(sdk)));
        let shown = home.run(&["presence", "show", "--user", "bob"]).expect(0);
        assert!([state, rest, sdk].iter().all(|word| shown.stdout.contains(word)), "{shown}");
    }
    let (_, shown) = home.json(&["presence", "show"]);
    assert_eq!(shown["items"][0]["state"], "kicked");
    assert!(shown["items"][0]["last_login_at"].is_string());
}

#[test]
fn a_user_is_named_with_or_without_the_flag() {
    let home = home();
    report(&home, "alice", "find-x", PHONE);
    report(&home, "bob", "pad", PAD);
    for command in ["presence show", "presence explain", "token show", "token list"] {
        let words: Vec<&str> = command.split(' ').collect();
        let with = home.json(&[&words[..], &["--user", "alice"]].concat());
        assert_eq!(home.json(&[&words[..], &["alice"]].concat()), with, "{command}");
        assert!(with.1["items"].as_array().is_some_and(|items| items.len() == 1), "{command}: {}", with.1);
        home.run(&[&words[..], &["bob", "--user", "alice"]].concat()).expect(2);
    }
    home.run(&["token", "show"]).expect(2);
}

#[test]
fn a_report_alone_is_shown_as_not_known() {
    let home = home();
    report(&home, "alice", "phone", PHONE);
    let (_, shown) = home.json(&["presence", "show", "--user", "alice"]);
    let item = &shown["items"][0];
    assert_eq!((item["state"].as_str(), item["rest"].as_str()), (Some("unknown"), None));
    assert_eq!((item["reported"].as_bool(), item["told_by"].as_str()), (Some(true), Some("report")));
    let nobody = home.run(&["presence", "show", "--user", "nobody"]).expect(0);
    assert!(nobody.stdout.contains("Nothing is known of user nobody"), "{nobody}");
}

#[test]
fn a_login_kicks_the_other_device_and_a_report_lifts_it() {
    let home = home();
    report(&home, "alice", "pad", PAD);
    report(&home, "alice", "phone", PHONE);
    let value = set(&home, "alice", Some("phone"), "online");
    assert_eq!(value["kicked"][0]["reason"], "device phone logged in");
    let explain = ["presence", "explain", "--user", "alice"];
    assert_eq!(decisions(&home.json(&explain).1), [pair("pad", "kicked"), pair("phone", "online")]);
    report(&home, "alice", "pad", PAD);
    assert_eq!(decisions(&home.json(&explain).1), [pair("pad", "push"), pair("phone", "online")]);
    // Said of both at once, nobody is kicked, and a warning says what is odd about it.
    let (_, value) = home.json(&["presence", "set", "--user", "alice", "killed"]);
    assert_eq!(value["warnings"].as_array().unwrap().len(), 1);
    assert_eq!(decisions(&home.json(&explain).1), [pair("pad", "push"), pair("phone", "push")]);
}

#[test]
fn the_profile_sets_how_many_devices_may_be_logged_in() {
    let toml = |rule: &str| {
        format!(
            "[profile.demo]\nregion = \"cn\"\n{rule}\n[[profile.demo.certificate]]\nid = 1\napp_id = \"1\"\napp_key = \"k\"\nmaster_secret = {{ env = \"S\" }}\n"
        )
    };
    for (rule, platform, kicked) in [
        ("", "pc", 1),
        ("multi_device = \"one\"", "pc", 1),
        ("multi_device = \"per-platform\"", "pc", 0),
        ("multi_device = \"per-platform\"", "android", 1),
        ("multi_device = \"several\"", "android", 0),
    ] {
        let home = Home::with_config(&toml(rule));
        set(&home, "bob", Some("phone"), "online");
        let args = ["presence", "set", "--user", "bob", "--device", "desk", "--platform", platform, "online"];
        let (_, value) = home.json(&args);
        assert_eq!(value["kicked"].as_array().unwrap().len(), kicked, "{rule} {platform}");
    }
    let home = Home::with_config(&toml("multi_device = \"two\""));
    let ran = home.run(&["presence", "show"]).expect(3);
    assert!(ran.stderr.contains("opush.toml:3:16"), "{ran}");
}

#[test]
fn explain_walks_the_rule_and_sends_nothing() {
    let home = home();
    report(&home, "alice", "phone", PHONE);
    set(&home, "alice", None, "logged-out");
    let (code, value) = home.json(&["presence", "explain", "--user", "alice"]);
    assert_eq!(code, 0);
    let steps = value["items"][0]["steps"].as_array().unwrap();
    let went: Vec<_> = steps.iter().map(|step| step["went"].as_str().unwrap()).collect();
    assert_eq!(went[..4], ["passed", "passed", "stopped", "not-reached"]);
    assert_eq!(steps.len(), 10);
    assert_eq!(value["items"][0]["hint"], "user alice logs in again in the app");
    let forced = home.run(&["presence", "explain", "--user", "alice", "--force"]).expect(0);
    assert!(forced.stdout.contains("forced; without --force it would be logged-out"), "{forced}");
    let (_, nobody) = home.json(&["presence", "explain", "--user", "nobody"]);
    assert_eq!(decisions(&nobody), [pair("null", "no-report")]);
    assert!(home.json(&["history", "list"]).1["items"].as_array().unwrap().is_empty());
}

/// A remedy changes the world: none asks for another record of it.
#[test]
fn no_remedy_asks_to_say_something_else_of_the_app() {
    let home = home();
    report(&home, "alice", "phone", PHONE);
    for state in ["online", "logged-out", "kicked"] {
        set(&home, "alice", None, state);
        let ran = home.run(&["presence", "explain", "--user", "alice"]).expect(0);
        assert!(!ran.stdout.contains("presence set"), "{state}: {ran}");
    }
}

#[test]
fn what_was_told_by_hand_can_be_forgotten() {
    let home = home();
    report(&home, "alice", "pad", PAD);
    report(&home, "alice", "phone", PHONE);
    set(&home, "alice", Some("phone"), "online");
    set(&home, "bob", None, "killed");
    let (code, forgotten) = home.json(&["presence", "clear", "--user", "alice"]);
    let items = forgotten["items"].as_array().unwrap();
    assert_eq!((code, items.len()), (0, 2), "the kick that follows from the login too: {forgotten:#}");
    let explain = ["presence", "explain", "--user", "alice"];
    assert_eq!(decisions(&home.json(&explain).1), [pair("pad", "push"), pair("phone", "push")]);
    let ran = home.run(&["presence", "clear"]).expect(0);
    assert!(ran.stdout.starts_with("Forgotten:") && ran.stdout.contains("bob"), "{ran}");
    let ran = home.run(&["presence", "clear"]).expect(0);
    assert!(ran.stdout.contains("Nothing was set by hand"), "{ran}");
    home.run(&["presence", "clear", "--user", ""]).expect(4);
    home.run(&["presence", "clear", "--device", "pad"]).expect(2);
}

fn phone(home: &Home) -> (Sandbox, String) {
    let sandbox = home.sandbox(&[]);
    let (_, value) = home.json(&["sandbox", "phone", "add", "--name", "find-x"]);
    (sandbox, value["reg_id"].as_str().unwrap().to_owned())
}

#[test]
fn a_send_follows_the_rule_and_force_ignores_presence() {
    let home = home();
    let (_sandbox, reg_id) = phone(&home);
    report(&home, "alice", "phone", &reg_id);
    let send = ["send", "--user", "alice", "--title", "Alice", "--content", "see you at 8?"];
    let sent = home.run(&send).expect(0);
    assert!(sent.stdout.contains("push (presence unknown): a token was reported"), "{sent}");
    for (state, decision, code) in [
        ("killed", "push", 0),
        ("background", "push", 0),
        ("online", "online", 9),
        ("kicked", "kicked", 9),
        ("logged-out", "logged-out", 9),
    ] {
        set(&home, "alice", None, state);
        let (exit, value) = home.json(&send);
        assert_eq!((exit, decisions(&value)), (code, vec![pair("phone", decision)]), "{state}");
        assert!(value["items"][0]["ground"].as_str().is_some_and(|ground| !ground.is_empty()));
        let dry: Vec<&str> = send.iter().copied().chain(["--dry-run"]).collect();
        let (exit, value) = home.json(&dry);
        assert_eq!((exit, decisions(&value)), (code, vec![pair("phone", decision)]), "{state}, dry run");
    }
    let forced: Vec<&str> = send.iter().copied().chain(["--force"]).collect();
    let (code, value) = home.json(&forced);
    assert_eq!((code, value["items"][0]["status"].as_str()), (0, Some("accepted")));
    assert!(value["items"][0]["ground"].as_str().unwrap().contains("without --force"));
}

#[test]
fn one_device_that_gets_no_push_beside_one_that_does_is_not_a_failure() {
    let home = home();
    let (_sandbox, reg_id) = phone(&home);
    report(&home, "alice", "pad", PAD);
    report(&home, "alice", "phone", &reg_id);
    set(&home, "alice", Some("phone"), "online");
    set(&home, "alice", Some("phone"), "killed");
    let (code, value) =
        home.json(&["send", "--user", "alice", "--title", "Alice", "--content", "see you at 8?"]);
    assert_eq!(code, 0, "{value}");
    assert_eq!(decisions(&value), [pair("pad", "kicked"), pair("phone", "push")]);
    assert_eq!(value["items"][0]["error"]["kind"], "not-pushed");
    assert!(value["error"].is_null());
    let (_, direct) = home.json(&["send", "--reg-id", &reg_id, "--title", "t", "--content", "c"]);
    assert!(direct["ground"].is_null());
}

#[test]
fn bad_input_is_refused_with_its_place() {
    let long = "u".repeat(33);
    let huge = "u".repeat(200);
    let wide = "中".repeat(11);
    let device = "d".repeat(65);
    let rows: Vec<(Vec<&str>, i32, &str, &str)> = vec![
        (vec!["set", "online"], 2, "missing-flag", "--user"),
        (vec!["set", "--user", "bob"], 2, "missing-flag", ""),
        (vec!["set", "--user", "bob", "away"], 2, "malformed-flag", ""),
        (vec!["set", "--user", "bob", "Online"], 2, "malformed-flag", ""),
        (vec!["set", "--user", "bob", "unknown"], 2, "malformed-flag", ""),
        (vec!["set", "--user", "bob", "expired-7-days"], 2, "malformed-flag", ""),
        (vec!["set", "--user", "bob", "--platform", "oppo", "online"], 2, "malformed-flag", "--platform"),
        (vec!["set", "--user", "", "online"], 4, "empty", "--user"),
        (vec!["set", "--user", "  ", "online"], 4, "empty", "--user"),
        (vec!["set", "--user", " bob", "online"], 4, "surrounding-space", "--user"),
        (vec!["set", "--user", "bo\tb", "online"], 4, "control-character", "--user"),
        (vec!["set", "--user", &long, "online"], 4, "too-long", "--user"),
        (vec!["set", "--user", &huge, "killed"], 4, "too-long", "--user"),
        (vec!["set", "--user", &wide, "killed"], 4, "too-long", "--user"),
        (vec!["set", "--user", "bob", "--device", "", "online"], 4, "empty", "--device"),
        (vec!["set", "--user", "bob", "--device", &device, "online"], 4, "too-long", "--device"),
        (vec!["set", "--user", "bob", "--device", "a\nb", "online"], 4, "control-character", "--device"),
        (vec!["explain"], 2, "missing-flag", "USER|--user"),
        (vec!["explain", "--user", "bob", "--certificate", "0"], 2, "malformed-flag", "--certificate"),
        (vec!["explain", "--user", "bob", "--certificate", "x"], 2, "malformed-flag", "--certificate"),
        (vec!["show", "--profile", "nowhere"], 3, "unknown-profile", ""),
        (vec!["show", "bob", "alice"], 2, "usage", ""),
        (vec!["forget"], 2, "usage", ""),
    ];
    for (args, code, kind, place) in rows {
        let home = home();
        let all: Vec<&str> = ["presence"].into_iter().chain(args.iter().copied()).collect();
        let (exit, value) = home.json(&all);
        let error = &value["error"];
        assert_eq!((exit, error["kind"].as_str()), (code, Some(kind)), "{args:?}: {value}");
        if !place.is_empty() {
            assert_eq!(error["place"], place, "{args:?}");
        }
        assert!(!home.state_home().join("state.db").exists() || code == 4, "{args:?}");
    }
    // An emoji is no bad user: the server takes it.
    set(&home(), "🙂", None, "killed");
}
