//! `opush device log`: lines of push, a regId with the command that reports it, no secret, and its three ends.

use std::process::Stdio;

use super::{home, phone};
use crate::processes::{signal, until};

const REG_ID: &str = "CN_0123456789abcdef0123456789abcdef";

/// The phone's log goes on after what it holds.
fn endless(home: &crate::harness::Home) {
    let script = "#!/bin/sh\n[ \"$1\" = devices ] && exec cat \"$(dirname \"$0\")/phone/devices\"\ncat \"$(dirname \"$0\")/phone/logcat\"\nexec sleep 1000\n";
    home.write_untrusted("bin/adb", script);
}

#[test]
fn it_shows_lines_of_push_once_each_and_offers_the_report() {
    let home = home(14);
    endless(&home);
    let ran = home.run(&["device", "log", "--all", "--limit", "3"]).expect(0);
    assert_eq!(ran.stdout.lines().count(), 3, "{ran}");
    assert!(!ran.stdout.contains("WifiService") && ran.stdout.contains("appSecret=********"), "{ran}");
    assert!(!ran.transcript().contains("5d8e1f4a7b0c3d6e9f2a5b8c3b6f9a2c"), "{ran}");
    let offer = format!("opush token report --user USER --reg-id {REG_ID}");
    assert_eq!(ran.stderr.matches(&offer).count(), 1, "{ran}");
    let (code, report) = home.json(&["device", "log", "--all", "--limit", "3"]);
    assert_eq!((code, report["lines"].as_u64()), (0, Some(3)), "{report:#}");
    assert_eq!(report["reg_ids"], serde_json::json!([REG_ID]));
}

#[test]
fn a_time_limit_ends_it_and_so_does_ctrl_c() {
    let home = home(14);
    endless(&home);
    let (code, report) = home.json(&["device", "log", "--all", "--timeout", "2s"]);
    assert_eq!(code, 0, "{report:#}");
    let out = home.file("out");
    let mut child = home
        .command(&["device", "log", "--all"])
        .stdin(Stdio::null())
        .stdout(std::fs::File::create(&out).unwrap())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    until("a line is printed", || std::fs::read_to_string(&out).unwrap().contains("onRegister"));
    signal(&child, "INT");
    assert_eq!(child.wait().unwrap().code(), Some(130));
}

#[test]
fn a_log_that_ends_is_an_error() {
    let home = home(14);
    phone::edit(&home, "logcat", "", "nothing of it\n").unwrap();
    let (code, report) = home.json(&["device", "log"]);
    assert_eq!((code, report["error"]["kind"].as_str()), (6, Some("adb-failed")), "{report:#}");
}
