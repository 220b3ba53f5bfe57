//! `opush device kill`: home, the end of the app, a push, a look at the shade; never by force.

use super::{home, phone};
use crate::harness::Home;

/// A sandbox with a phone that reported a regId, as the profile has it.
fn with_sandbox() -> (Home, crate::harness::Sandbox, String) {
    let home = home(14);
    let sandbox = home.sandbox(&[]);
    home.run(&["sandbox", "phone", "add", "--name", "p", "--brand", "oppo"]).expect(0);
    let (_, shown) = home.json(&["sandbox", "phone", "show", "p"]);
    let reg_id = shown["reg_id"].as_str().unwrap().to_owned();
    (home, sandbox, reg_id)
}

/// The second look at the shade finds a notification of the app with this title.
fn shown_later(home: &Home, title: &str) {
    let name = "dumpsys_notification_--noredact";
    let record = format!(
        "    NotificationRecord(0x1: pkg=com.example.chat user=UserHandle{{0}} id=1 tag=null importance=4 key=0|com.example.chat|1|null|10123: Notification(channel=tuikit shortcut=null contentView=null))\n      extras={{\n          android.title=String ({title})\n      }}\n"
    );
    let text = home.read(&format!("bin/phone/{name}"));
    let text = text.replacen("  Notification List:\n", &format!("  Notification List:\n{record}"), 1);
    phone::edit(home, &format!("{name}.then"), "", &text).unwrap();
}

#[test]
fn a_push_that_the_phone_shows_passes_the_test() {
    let (home, _sandbox, reg_id) = with_sandbox();
    shown_later(&home, "opush");
    let (code, report) = home.json(&["device", "kill", "--reg-id", &reg_id]);
    assert_eq!((code, report["shown"].as_bool()), (0, Some(true)), "{report:#}");
    assert_eq!(report["channel"], "tuikit");
    assert_eq!(report["pushes"][0]["status"], "accepted");
    let asked = phone::asked(&home);
    assert_eq!(asked[..2], ["input keyevent KEYCODE_HOME", "am kill com.example.chat"]);
    assert!(!asked.iter().any(|line| line.contains("force-stop")), "{asked:?}");
}

/// A notification of the app's own, such as a player's, is not the push.
#[test]
fn a_push_that_the_phone_does_not_show_fails_in_time() {
    let (home, _sandbox, reg_id) = with_sandbox();
    shown_later(&home, "now playing");
    let ran = home.run(&["device", "kill", "--reg-id", &reg_id, "--wait", "1s"]).expect(8);
    assert!(ran.stdout.contains("not shown") && ran.stderr.contains("did not show it within 1s"), "{ran}");
    assert!(ran.stderr.contains("opush device check"), "{ran}");
}

#[test]
fn an_app_that_stays_is_told_and_nothing_is_sent() {
    let home = home(14);
    std::fs::remove_file(home.file("bin/phone/pidof_com.example.chat.exit")).unwrap();
    phone::edit(&home, "pidof_com.example.chat", "", "4321\n").unwrap();
    let (code, report) = home.json(&["device", "kill", "--no-send"]);
    assert_eq!((code, report["ended"].as_bool()), (8, Some(false)), "{report:#}");
    assert!(report["error"]["hint"].as_str().unwrap().contains("does not stop it by force"), "{report:#}");
    let (_, report) = home.json(&["device", "kill", "--reg-id", "0123456789abcdef0123456789abcdef"]);
    assert_eq!(report["pushes"], serde_json::json!([]), "{report:#}");
}

#[test]
fn without_a_push_it_only_ends_the_app() {
    let (code, report) = home(14).json(&["device", "kill", "--no-send"]);
    assert_eq!(
        (code, report["ended"].as_bool(), report["shown"].is_null()),
        (0, Some(true), true),
        "{report:#}"
    );
    let (code, report) = home(14).json(&["device", "kill"]);
    assert_eq!((code, report["error"]["kind"].as_str()), (2, Some("missing-flag")), "{report:#}");
}
